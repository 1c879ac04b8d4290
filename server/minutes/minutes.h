/* minutes.h -- the minutes of a meeting, as a document.
 *
 * The source is plain data, borrowed for the call.
 * The agenda is the skeleton, so that the minutes are never empty: points stand under the part
 * in which they were said, the seven answers of the decision in a table, and whatever is missing
 * there says so.  What must never be in them does not come in at all: private notes, figures that
 * are confidential or that the room has not seen, who passed, how long anyone spoke.
 */
#ifndef MINUTES_MINUTES_H
#define MINUTES_MINUTES_H

#include "minutes/dictionary.h"
#include "minutes/document.h"
#include "protocol.gen.h"

/* Who the minutes are for: the participants', with names; the facilitator's copy, which has in
 * addition how long each part was to take and took; the public one, without names: what it was
 * about, what laps and summaries came to, what was agreed, who does what by function, and single
 * points that somebody chose. */
enum edition { EDITION_PARTICIPANTS, EDITION_FACILITATOR, EDITION_PUBLIC };

/* How the minutes stand (protocol/records/standing.json): days as people read them in the meeting's
 * zone, or NULL; names as somebody gave them, or NULL. */
struct minutes_standing {
    enum standing_state state;        /* STANDING_STATE_NOT is a draft. */
    bool changed;                     /* A draft that had been approved on that day. */
    const char *approved, *published; /* "2026-11-18" */
    const struct text *approved_by, *published_by;
};

struct minutes_seat {
    int64_t seat;
    const struct text *name, *function; /* NULL where none is known. */
    enum presence presence;
    bool came;        /* False for a prepared seat that nobody took: it is not listed. */
    bool facilitated; /* Some part that was held. */
};

/* How a part stands, in the agenda's order. */
struct minutes_part {
    bool on;
    bool begun;
    bool running;        /* It has the meeting now. */
    struct span planned; /* By the agenda, whatever was changed on the way. */
    struct span used;    /* All the time that it had, over all its runs. */
};

/* A point on the board.  Its texts are borrowed; one without a text is left out. */
struct minutes_point {
    struct uuid id;
    size_t part; /* Index in the agenda's order. */
    struct post post;
    bool chosen;  /* It stands in the public edition. */
    size_t theme; /* Its group on the board, 1 to LIMIT_GROUPS; 0: in none that has a */
    const struct text *theme_title; /* title. */
};

/* What a lap of a spiral came to. */
struct minutes_recap {
    size_t part;
    int64_t lap;
    const struct text *text;
};

/* What was presented: seen on the wall, or a text, which everybody could read before. */
struct minutes_exhibit {
    size_t part;              /* In which it was seen first. */
    const struct text *title; /* One without a title is left out. */
    const struct text *csv;   /* Its cells; NULL where it is no table. */
    const struct text *text;  /* Its words; NULL where it is no text. */
};

struct minutes_source {
    enum locale locale; /* Of the minutes' own words; LOCALE_NOT is Danish. */
    struct minutes_standing standing;
    const char *code;                                   /* The meeting's; NULL where not known. */
    int64_t made;                                       /* Now: s since 1970, UTC. */
    bool closed;                                        /* The meeting is over. */
    const struct text *title, *place, *focus, *purpose; /* NULL where there is none. */
    const char *date;                                   /* "2026-11-17", or NULL */
    const char *starts;                                 /* "09:00": as agreed, or NULL */
    const char *began, *ended;                          /* The same as it was, or NULL */
    const struct agenda *agenda;                        /* Its items and parts. */
    const struct minutes_part *parts;                   /* One for each part of the agenda. */
    const struct minutes_seat *seats;                   /* In the table's order. */
    size_t seat_count;
    const struct minutes_point *points; /* What is on the board, oldest first; of a retrospect only
                                           what has been shown, in the order shown. */
    size_t point_count;
    const struct minutes_recap *recaps;
    size_t recap_count;
    const struct minutes_exhibit *exhibits; /* Nothing confidential. */
    size_t exhibit_count;
    const struct marking *markings; /* What is to become of what is found in the public edition. */
    size_t marking_count;
    struct dictionary *dictionary; /* Tells names from ordinary words in the public edition; NULL:
                                      whatever could be a name is taken for one. */
    bool preview; /* The public edition for whoever prepares it: as json alone, with what was found
                     and what was not chosen. */
    const struct written_answer *answers[ANSWER_COUNT]; /* NULL: nothing said of it. */
};

/* Builds the document, which the caller frees.  Points of a retrospect are never attributed,
 * whatever seat the source names.  NULL when memory is exhausted. */
struct document *minutes_build(const struct minutes_source *source, enum edition edition);

/* The edition that `name` asks for in a request ("participants", "facilitator"); false, and nothing
 * written, for one that is not made. */
bool minutes_edition(const char *name, enum edition *ret_edition);

/* A form that the minutes can be fetched in. */
struct minutes_format {
    const char *name;      /* As in a request: "html", "md" */
    const char *type;      /* Content-Type */
    const char *extension; /* Of a file, without its dot. */
    /* The bytes, which the caller frees, or NULL when memory is exhausted. */
    char *(*write)(const struct document *d, size_t *ret_len);
    /* Whether there is anything in the document for it; NULL: always. */
    bool (*has_any)(const struct document *d);
};

/* NULL when there is no such format. */
const struct minutes_format *minutes_format_find(const char *name);

#endif
