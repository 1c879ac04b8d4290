/* ledger.h -- the auditor's own idea of the meeting: plain numbers, copied whole for undo. */
#ifndef SIM_LEDGER_H
#define SIM_LEDGER_H

#include "sim/auditor.h"

enum { LEDGER_PARTS_MAX = 64, LEDGER_UNDO = 50, LEDGER_TEXTS_MAX = 4096 };

/* Seats in an order, none twice. */
struct list {
    int count;
    int at[SIM_SEATS_MAX];
};

enum ledger_state { IN_LOBBY, RUNNING, PAUSED, CLOSED };

struct slip { /* A part in the plan. */
    char id[20], start[16];
    const struct method_info *method;
    int64_t ms, used, turn_min;
    bool on, optional, begun, intro, answers, shares;
    bool unfair, remarks; /* What its list of speakers begins with. */
    bool spares;          /* Its presenter, a school's leader, takes no turn. */
    int presenter;        /* Named by the console; 0: by the agenda. */
    int laps, percent;
};

struct ledger {
    enum ledger_state state;
    int part;   /* -1: none. */
    int before; /* The part that was left for it; -1: none. */
    int64_t began;
    int64_t begins, ends;        /* As people were promised, */
    bool begins_told, ends_told; /* where they were. */
    int64_t length;              /* Of the agenda's items together. */
    int speaker;
    int answering; /* Within the speaker's turn; 0: nobody. */
    int lap, laps;
    int64_t until, part_until, lap_until; /* While running. */
    int64_t left, part_left, lap_left;    /* While paused, */
    int64_t since, back;                  /* from when, and until when; 0: nobody says. */
    bool told, turn_told;                 /* That the time is up. */
    bool closed;
    bool fair; /* Who has not been heard comes first. */
    struct list queue, heard, hands, remarks, table;
    struct list order;                /* All who were to be heard in this lap. */
    int chances[SIM_SEATS_MAX + 1];   /* How often the floor came round to each in this lap. */
    int deferrals[SIM_SEATS_MAX + 1]; /* And was given on. */
    int spoke[SIM_SEATS_MAX + 1];     /* How many turns of each in this lap ended without a pass. */
    struct slip parts[LEDGER_PARTS_MAX];
    int part_count;
};

enum presence_word { HERE, AWAY, LEFT };
enum presence_word ledger_presence(const char *word);

struct kept { /* What undo would set again. */
    char what[24];
    int seat;
    int64_t at, seq;
    struct ledger before;
    bool table;                  /* It set the order of the table. */
    enum presence_word presence; /* Of that seat; */
    bool sets;                   /* the step has set it, */
    enum presence_word became;   /* to this; */
    int host;                    /* whose phone it was at, */
    bool together;               /* and whether they took turns together, */
    int regrouped;               /* which had been set so many times. */
};

struct person {
    enum presence_word presence;
    int64_t said;   /* Number of the fact that set it last. */
    bool claimed;   /* Another phone has asked for it, and may have got it. */
    int64_t barred; /* Number of the fact by which the console took it out; 0: it is in. */
    bool leads;     /* Its function is the first item's responsible one. */
    bool together;  /* Those at its phone take one turn with it. */
    int regrouped;  /* How often that was set, or somebody got a phone of their own. */
    bool removed;   /* Put at the table by mistake. */
    int with;       /* Whose phone it shares, or 0. */
    int was; /* Whose it shared before it got one of its own: that one may hear of the link late. */
};

struct audit_pairs;

struct row { /* A fact in the journal. */
    int64_t at, epoch;
    int writer; /* The server's number. */
    char kind[24];
};

struct auditor {
    struct sim *sim;
    struct ledger now;
    int64_t turn; /* The highest turn number that was ever used. */
    int people;
    struct person person[SIM_SEATS_MAX + 1];
    size_t undo_count;
    struct kept undo[LEDGER_UNDO];

    struct row *rows; /* By number, from 1 at [0]. */
    int64_t row_count;
    int64_t led_epoch; /* Meaningful with `away`, of several servers: the epoch before. */

    json_t *truth;       /* Every fact that anyone has heard, by its number. */
    int64_t seq;         /* Newest fact in the ledger. */
    int64_t keep, ended; /* How many days it is kept, and since when it is over. */
    int64_t told;        /* Highest number that anyone has been told is complete. */
    int64_t at;          /* When that was, on the meeting clock. */
    char fact[24];       /* What the newest fact was, */
    int fact_seat;       /* and whose. */
    char cause[24];      /* The console command that the facts which follow come of, or "". */
    int64_t cause_at;    /* Number of its undo.kept. */
    int voices[SIM_SEATS_MAX + 1]; /* In each seat's turn, before the table was ordered. */
    struct list heirs; /* Who comes into the list of speakers by the fact that comes now. */
    int next_lap;      /* The fact that comes now must begin this lap; 0: none. */
    bool unheard;      /* It was blanked before it was heard whether somebody passed in this lap, */
    int maybe_lap;     /* so this one may begin now, or may not. */
    bool trouble;      /* Deadlines may come late: see auditor.h. */
    int64_t quiet_from;  /* Trouble ended then; deadlines after that are to the millisecond. */
    int64_t died;        /* When the server did, last. */
    int64_t away, blind; /* Of the server, while the meeting has not been heard since. */

    json_t *asked;        /* Every command by its id. */
    json_t *board;        /* What was acknowledged, by the contribution's or note's id. */
    json_t *retired;      /* Ids of a retrospect's points before they were shown. */
    json_t *shown;        /* Parts whose points are shown, with when. */
    json_t *points;       /* The texts of shown points, by their new ids. */
    json_t *off;          /* Points that have been off the board, by id: whether they still are. */
    json_t *off_at;       /* By which fact they went off it last. */
    bool approved, stale; /* The minutes; and they have changed since without being a draft. */
    json_t *written;      /* What answers and recaps have said, in order: audit_texts.c. */
    json_t *taken;        /* Those that someone wanted off the board again. */
    json_t *renewed;      /* Roles whose link may have been made anew. */
    uint64_t author[LEDGER_TEXTS_MAX]; /* Seats, as 1 << seat, by the number in the text. */
    size_t writer[LEDGER_TEXTS_MAX];   /* The phone that wrote it, its number and 1; 0: none did. */
    bool open[LEDGER_TEXTS_MAX];       /* Its author has asked for it to be shown. */
    int part_of[LEDGER_TEXTS_MAX];
    struct audit_pairs *pairs; /* method/pairs.h */
};

bool list_has(const struct list *l, int seat);
void list_push(struct list *l, int seat);
void list_take(struct list *l, int seat);
bool list_same(const struct list *a, const struct list *b);
struct list list_of(const json_t *order);

#define A_CHECK(a, condition) SIM_CHECK((a)->sim, condition)

int64_t ledger_number(const json_t *from, const char *key);
const char *ledger_word(const json_t *from, const char *key);
int ledger_part(const struct auditor *a, const char *id);

/* Whether a seat takes a turn in a part: it has not left, nor is it the presenter who is spared. */
bool ledger_takes(const struct auditor *a, int part, int seat);

/* Whether that turn is its own: not one that it takes together with whoever's phone it shares. */
bool ledger_gives(const struct auditor *a, int part, int seat);

/* Whether somebody at the phone of seat `with` takes its turn with it; 0: at nobody's. */
bool ledger_joins(const struct auditor *a, int part, int with);

/* Those who take the seat's turn with it, and have had none of their own in this lap. */
struct list ledger_company(const struct auditor *a, int seat);

/* A seat gets a phone of its own. */
void audit_parted(struct auditor *a, int seat);

/* Whether somebody takes a turn who comes now: whoever presents already still does. */
bool ledger_takes_newcomer(const struct auditor *a, int part, int seat);

/* Everyone who takes a turn in a part. */
int ledger_present(const struct auditor *a, int part);

/* The plan, from a snapshot before anything has begun. */
void ledger_plan(struct auditor *a, const json_t *snapshot);

/* The same, from the fact that tells of another agenda. */
void ledger_replan(struct auditor *a, const json_t *fact);

/* audit_journal.c: what somebody is told is in the journal, and what is answered was written by a
 * server that was asked. */
void audit_journal_fact(struct auditor *a, const json_t *fact);
void audit_journal_enter(struct auditor *a, const json_t *fact);
void audit_journal_answer(struct auditor *a, const json_t *asked, int64_t seq);

/* audit_clock.c, audit_floor.c, audit_together.c, audit_undo.c: take a fact in, or return false
 * when it is about something else. */
bool audit_clock(struct auditor *a, const json_t *fact);
bool audit_floor(struct auditor *a, const json_t *fact);
bool audit_together(struct auditor *a, const json_t *fact);
bool audit_undo(struct auditor *a, const json_t *fact);

/* audit_hands.c: the same of the list of speakers; and where a hand comes to in a queue. */
bool audit_hands(struct auditor *a, const json_t *fact);
void ledger_place(const struct ledger *l, struct list *queue, int seat);

/* audit_texts.c: takes a fact in; and looks at what was acknowledged. */
void audit_texts_fact(struct auditor *a, const json_t *fact);
void audit_texts_moment(struct auditor *a);

/* What a deadline's end has to be: told at `at`, due at `due`. */
void audit_due(struct auditor *a, int64_t due, int64_t at);

#endif
