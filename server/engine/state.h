/* state.h -- a meeting as it stands: the fold of its facts, as plain data.
 *
 * Anyone may read it; only the apply functions of engine/ change it.  Texts are references,
 * arrays are owned.  Parts are known by their index in the agenda's order, from 0; seats by
 * their number, from 1, with the seat's data at that number less one.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "engine/seats.h"
#include "protocol.gen.h"

enum {
    PART_NONE = -1,
    PARTS_MAX = LIMIT_ITEMS * LIMIT_PARTS,
    /* More than there are figures, for those that were taken away may come back by undo. */
    SHOWINGS_MAX = 4 * LIMIT_DATA,
};

/* Where a part stands in the plan. */
struct progress_state {
    const struct part *part; /* In the agenda. */
    size_t item;             /* Index of its item. */
    struct span ms;          /* What it may take. */
    struct span used;        /* What it has taken, not counting the present run. */
    bool on;
    bool begun;
    struct instant began;           /* Last; meaningful once it has. */
    bool shown;                     /* What was sealed in it has been shown. */
    int64_t presenter, facilitator; /* Named by the console; 0: by the agenda (duty.h). */
};

/* The course of the meeting as the engine keeps it (course.h): the running part, its clocks, who
 * has the floor and who waits for it. */
struct floor_state {
    enum state state;
    int part;          /* Index, or PART_NONE. */
    int before;        /* The part that was left when this one began, or PART_NONE. */
    int64_t speaker;   /* Seat, or 0. */
    int64_t answering; /* Seat that answers within the speaker's turn, or 0. */
    int64_t turn;      /* Number of the newest turn of the meeting, 0 before the first. */
    int64_t lap, laps; /* 0 where the part goes in no laps. */
    /* Deadlines: meaningful while RUNNING. */
    struct instant part_until, lap_until;
    struct instant until; /* The speaker's; meaningful while there is one. */
    /* The same while PAUSED; negative in overtime. */
    struct span part_left, lap_left, left;
    struct instant since; /* When they were stopped, */
    bool has_back;        /* and, where somebody has said so, */
    struct instant back;  /* when people are to be back. */
    bool closed;          /* The list of speakers takes no more hands. */
    bool fair;            /* Who has not been heard comes before those who have. */
    struct seats queue;   /* Who waits for the floor, in order. */
    struct seats heard;   /* Who has had it in this lap (in a dialogue: in this part). */
    struct seats remarks; /* Whose hand is for a short remark. */
};

struct seat_state {
    struct text *name, *function; /* NULL once redacted. */
    enum device device;
    enum presence presence;
    bool awaited;        /* Was put at the table before whoever sits there has come. */
    struct text *leaves; /* When they have to go, "HH:MM"; NULL: they stay. */
    int64_t with;        /* Shares the phone of this seat; 0 for none. */
    bool together;       /* Those at its phone take one turn with it. */
    int64_t moved;       /* Number of the fact by which its phone last got other seats to hold. */
    bool removed;        /* Was put at the table by mistake: it is no seat any more. */
    bool held;           /* A phone holds it, by the token below. */
    struct hash token;
    /* Which phone that is, or was: the hash of its own id; where it has none, of the first token
     * that it got.  What somebody writes for themselves belongs to it, and not to the seat. */
    struct hash handset;
    bool elsewhere; /* Another phone had the seat before, and has what was written on it. */
    bool linked;
    struct hash link; /* A one-time link. */
};

/* A point on the board.  Its part stands in `part`; post.seat is 0 where it is nobody's. */
struct board_point {
    struct uuid id;
    struct post post;
    int part;
    bool withdrawn;
    enum role by; /* Who took it off; meaningful while it is. ROLE_NOT: an old journal, which does
                     not say. */
    size_t group; /* Its number in the meeting's groups, from 1; 0: in none. */
    bool chosen;  /* It stands in the public minutes. */
};

/* Points that were put together. */
struct group {
    struct uuid id;
    struct text *title; /* NULL: none. */
};

/* A private note. */
struct note_state {
    struct uuid id;
    int64_t seat;
    struct hash handset; /* The phone that wrote it, which alone is told of it. */
    int part;            /* PART_NONE: before the first. */
    struct text *text;
    bool shared;
    struct uuid contribution; /* Meaningful when shared. */
    bool removed;
};

/* Figures that the room has seen on its screen, as they stand now: what was changed since, away
 * from the screen, was not seen. */
struct showing {
    struct uuid data;
    int64_t seq; /* Number of the fact that showed them. */
    int part;    /* What ran then, or PART_NONE: before the first. */
};

/* A fact that holds a private text. */
struct kept_text {
    int64_t seq; /* Its number. */
    size_t note; /* Index of the note, or SIZE_MAX: it is a method's. */
};

/* The secrets that open one role, as their hashes, oldest first. */
struct keys {
    size_t count;
    struct hash at[LIMIT_KEYS];
};

enum knock_state { KNOCK_WAITS, KNOCK_LET_IN, KNOCK_NOT_LET_IN };

/* A phone at the door.  Name and function are gone once it was answered. */
struct caller {
    struct knock asked;
    enum knock_state state;
};

/* A phone that the console has taken out, and the seat that it had. */
struct outsider {
    struct hash handset;
    int64_t seat;
};

/* When people were told that the meeting begins, by its clock and before 0 where it was made later,
 * and that it ends.  In the lobby there may be an end alone. */
struct promise {
    bool has_begins, has_ends;
    struct span begins;
    struct instant ends;
};

/* How long the meeting is kept (keep.h). */
struct keep_state {
    bool said;             /* By its journal; else it is as the server keeps meetings. */
    int64_t days;          /* After its end. */
    bool has_erases;       /* It is over, and its journal says */
    struct instant erases; /* when it is erased. */
};

/* One step that undo can take back. */
struct undo_step {
    int64_t seq;       /* Number of the fact that keeps it. */
    struct instant at; /* When the command came that it takes back. */
    struct fact_undo_kept kept;
};

struct meeting {
    int64_t seq;       /* Number of the newest fact. */
    struct instant at; /* When it was. */
    bool created;
    struct agenda agenda;
    int64_t agenda_seq; /* Number of the fact that brought it. */
    int64_t wall;       /* Of its creation, ms since 1970. */
    bool started;
    struct instant began;
    int64_t began_wall; /* The same by the clock on the wall, ms since 1970. */
    struct promise promise;
    struct instant ended; /* Meaningful while CLOSED. */
    struct keep_state keep;
    struct keys keys[ROLE_COUNT]; /* None for phones, which have tokens. */

    size_t part_count;
    struct progress_state parts[PARTS_MAX];
    struct floor_state floor;
    bool part_up, turn_up;  /* That this deadline has passed was told (time.up). */
    bool restarted;         /* PAUSED by a long stop of the server, which began */
    struct instant restart; /* at this time. */
    int64_t hinted;         /* Who was asked to round off, as long as they speak; 0: nobody. */
    struct seats hands, ready;
    struct seats passed; /* Of `heard`: who has done nothing but pass. */

    size_t seat_count, seat_room;
    struct seat_state *seats;
    struct seats table; /* Every seat, clockwise. */

    size_t outsider_count, outsider_room;
    struct outsider *outsiders;

    bool door_closed;
    size_t knock_count;
    struct caller
        knocks[LIMIT_KNOCKS_KEPT]; /* Oldest first.  Answered ones stay until the phone comes. */

    size_t contribution_count, contribution_room;
    struct board_point *contributions;
    size_t note_count, note_room;
    struct note_state *notes;
    size_t note_text_count, note_text_room;
    struct kept_text *note_texts; /* The facts that hold the notes' texts, until blanked. */
    size_t pass_count, pass_room;
    int64_t *passes; /* Numbers of the facts that tell who passed, until they are blanked. */

    struct method_states methods; /* What each method keeps. */

    size_t group_count;
    struct group groups[LIMIT_GROUPS];
    size_t figure_count;
    struct exhibit figures[LIMIT_DATA];
    struct on_wall on_wall; /* What the room's screen shows. */
    size_t showing_count;
    struct showing showings[SHOWINGS_MAX]; /* Oldest first. */

    size_t chain_count;
    struct chained chain[LIMIT_CHAIN]; /* What it was made from, and what was made from it. */

    size_t recap_count;
    struct recap recaps[LIMIT_RECAPS]; /* Text NULL: it was taken away, or redacted. */

    size_t chief_count;
    struct consent chiefs[LIMIT_CHIEFS]; /* With whom the leader shares what was agreed. */

    struct standing standing; /* Of the minutes. */
    size_t fetched_count;
    struct fetched fetched[LIMIT_FETCHED]; /* Each file, format and role once, the newest last. */
    size_t dispute_count;
    struct dispute disputes[LIMIT_DISPUTES];
    size_t marking_count;
    struct marking markings[LIMIT_MARKINGS]; /* Each kind of thing and its words once. */

    enum answer open; /* The answer that stands forward on the board, or ANSWER_NOT. */
    bool answered[ANSWER_COUNT];
    struct written_answer answers[ANSWER_COUNT];

    size_t undo_count;
    struct undo_step undo[LIMIT_UNDO];

    /* Copies of what the next fact brings, made by meeting_prepare so that applying cannot fail. */
    struct agenda next_agenda;
    struct written_answer next_answer;
    struct post next_post;
    struct fact_undo_kept next_undo;
};

#endif
