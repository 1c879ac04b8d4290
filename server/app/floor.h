/* floor.h -- one live meeting with all that belongs to it, and the one path by which anything
 * happens in it.
 *
 *     decide, submit to the journal, make true in memory, tell when it is durable
 */
#ifndef APP_FLOOR_H
#define APP_FLOOR_H

#include "app/app.h"
#include "app/once.h"
#include "app/ring.h"
#include "engine/meeting.h"
#include "hub/session.h"

enum floor_state_kind {
    FLOOR_FOLDING, /* Its facts are being read from the journal. */
    FLOOR_LIVE,
    FLOOR_BROKEN, /* Its journal holds what does not decode: it must not go on. */
};

/* An answer that waits until what it rests on is durable. */
enum held_kind {
    HELD_ANSWER,   /* `frame` goes to `session`. */
    HELD_WELCOME,  /* The same, and then it hears what it does not know yet. */
    HELD_SNAPSHOT, /* The same, and from then on facts. */
    HELD_CALL,     /* `call` of the HTTP interface is answered. */
    HELD_END,      /* `session` is told that its seat or link is another's, and closed. */
    HELD_AGAIN,    /* `session` is closed, to come again and hear which seats it has now. */
};

struct held {
    struct held *next;
    enum held_kind kind;
    int64_t seq;             /* Waits for this number. */
    struct session *session; /* NULL: gone meanwhile. */
    struct frame *frame;
    bool has_re;
    struct uuid re; /* Whose answer it is, should it be lost. */
    struct api_call *call;
};

struct floor {
    struct app *app;
    char code[CODE_CHARS + 1];
    int64_t origin; /* Server clock at its creation: zero of the meeting clock. */
    enum floor_state_kind state;
    struct meeting *meeting; /* NULL before its first fact. */
    int64_t last_at;         /* Meeting clock of the newest fact. */

    int64_t generation, durable, told;
    size_t in_flight;   /* Batches that the journal has. */
    bool lost;          /* One of them failed: fold anew once none is left. */
    int64_t read_up_to; /* Newest number when this server read it at its start; else -1. */
    bool touched;       /* Something became durable since the last telling. */
    struct floor *next_touched;

    struct ring ring;
    struct once once;
    struct held *held_first, **held_last;

    size_t session_count, session_room;
    struct session **sessions;
    bool presence;                       /* Somebody came or went. */
    struct frame *snapshots[ROLE_COUNT]; /* Of the state at `snapshots_seq`; NULL: not made. */
    int64_t snapshots_seq;
};

/* What floor_handle is to do with its command's answer. */
struct asker {
    struct session *session; /* NULL: nobody waits for an answer. */
    enum role role;          /* ROLE_NOT: the server itself. */
    const char *secret;      /* Of a seat or link that is made anew; NULL: none is. */
};

/* Makes a floor with nothing in it.  NULL when memory is exhausted. */
struct floor *floor_new(struct app *app, const char *code, int64_t origin);
void floor_free(struct floor *f);

/* The meeting clock. */
struct instant floor_now(const struct floor *f);

/* Carries a command out, or says why not.  Nobody hears of it yet: its facts are submitted, true
 * in memory, and told when they are durable.  `ret_made`, where not NULL, is what it made. */
enum refusal floor_handle(struct floor *f, const struct command *c, const struct asker *asker,
                          struct facts *ret_facts);

/* The same for a command from a session, with its answer. */
void floor_command(struct floor *f, struct session *s, const struct command *c);

/* A batch has come back from the journal. */
void floor_returned(void *app, struct batch *b, bool durable);

/* When the meeting must be woken, on boottime; false when nothing is timed. */
bool floor_wake_at(const struct floor *f, int64_t *ret_boottime);
void floor_wake(struct floor *f);

/* recovery.c: reads the meeting's facts and folds it; the floor is FOLDING until then. */
void recovery_begin(struct floor *f);

#endif
