/* build.h -- what the pieces of minutes_build share; nobody else's business. */
#ifndef MINUTES_BUILD_H
#define MINUTES_BUILD_H

#include "minutes/called.h"
#include "minutes/marks.h"
#include "minutes/minutes.h"
#include "minutes/words.h"

struct builder {
    const struct minutes_source *source;
    enum locale locale; /* Never LOCALE_NOT. */
    struct document *d;
    bool is_public;
    bool nameless; /* What may be a name is replaced, unless somebody has said that it stays. */
    struct marks *marks;                /* Where it is public; */
    enum marks_place place;             /* and what kind of text is being added. */
    struct called *called;              /* How the source's seats go, in their order. */
    const struct minutes_point **by_id; /* The points that have a text, sorted by their ids. */
    size_t by_id_count;
};

/* Our own words in the minutes' language. */
const char *own(const struct builder *b, enum word w);
void say(struct builder *b, enum mark mark, enum word w);
void say_number(struct builder *b, enum mark mark, int64_t number);

/* The sections, and the seven answers, in the order in which the agenda lays the minutes out: place
 * 0 is the first; past the last comes SECTION_NOT, ANSWER_NOT. */
enum section layout_section_at(const struct builder *b, size_t place);
enum answer layout_answer_at(const struct builder *b, size_t place);

/* What the agenda calls a section, else `w`; and the same as a heading over it, of level 2. */
void layout_say(struct builder *b, enum mark mark, enum section section, enum word w);
void layout_heading(struct builder *b, enum section section, enum word w);

/* What people call one of the seven answers, in this agenda's minutes; and a part: by its title,
 * else by its method. */
void say_answer(struct builder *b, enum mark mark, enum answer answer);
void say_part(struct builder *b, const struct part *part);

/* A block with nothing but our own words in it. */
void block(struct builder *b, enum node_kind kind, enum mark mark, enum word w);
void heading(struct builder *b, int level, enum word w);

/* Begins a table: its caption, and its first row; at most four heads, WORD_COUNT ends them. */
void open_table(struct builder *b, enum word caption, const enum word heads[static 4]);

/* A date in words, from "2026-11-17". */
void say_date(struct builder *b, const char *date);

/* The seat with this number, or NULL. */
const struct minutes_seat *seat_find(const struct builder *b, int64_t seat);

/* What somebody is called, told apart from others; NULL where nothing is known. */
const struct text *seat_called(const struct builder *b, const struct minutes_seat *seat);

/* The same with the function after it: "Mette, lærer"; once where they are one. */
void say_person(struct builder *b, enum mark mark, const struct minutes_seat *seat);

/* Begins a new line with `w` and quotes these points in short.  Points that are gone are left out,
 * and so are those whose words stand in `said`; without any other, nothing is written. */
void quote_points(struct builder *b, enum word w, const struct uuid *ids, size_t count,
                  const struct text *said);

/* A section of what came of the tasks that the meeting before left; nothing where it left none. */
void came_add(struct builder *b);

/* public.c: what is otherwise in the public edition.  Begins to look through all that people wrote;
 * false when memory is exhausted. */
bool public_begin(struct builder *b);

/* Functions, and how many of each were there. */
void public_participants(struct builder *b);

/* Whoever has a task, without a name. */
void public_owner(struct builder *b, const struct task *t);

/* Whether a point stands in the public edition: of a summary, or chosen. */
bool public_has(const struct minutes_point *point);

/* Whether the minutes have a section of decisions. */
bool decisions_wanted(const struct builder *b);

/* Whether an answer has been given, and not been left open. */
bool decisions_settled(const struct builder *b, enum answer answer);

/* That section: the seven answers, who is to be involved, tasks, what is still open. */
void decisions_add(struct builder *b);

/* What each part was to take and took: the facilitator's alone. */
void timing_add(struct builder *b);

/* Whether something was presented in a part; and writes it, tables as they were on the wall. */
bool exhibits_any(const struct builder *b, size_t index);
void exhibits_add(struct builder *b, size_t index);

/* Whether a part has points, or a recap, that points_add would write. */
bool points_any(const struct builder *b, size_t index);

/* The points of one part, grouped as its method asks, with headings of `level` over the groups;
 * false when there are none. */
bool points_add(struct builder *b, const struct part *part, size_t index, int level);

#endif
