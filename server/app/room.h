/* room.h -- one live meeting with all that belongs to it, and the one path by which anything
 * happens in it.
 *
 *     decide, submit to the journal, make true in memory, tell when it is durable
 */
#ifndef APP_ROOM_H
#define APP_ROOM_H

#include "app/app.h"
#include "app/attempts.h"
#include "app/once.h"
#include "app/ring.h"
#include "engine/meeting.h"
#include "hub/session.h"

enum room_state {
    ROOM_STORED,  /* It is in the journal alone: see resting.h. */
    ROOM_FOLDING, /* Its facts are being read from the journal. */
    ROOM_LIVE,
    ROOM_ABSENT,  /* There is no such meeting, and whoever asked is being told. */
    ROOM_ERASING, /* The journal is erasing it. */
    ROOM_ERASED,  /* It is, and somebody who was connected is being told. */
    ROOM_BROKEN,  /* Its journal holds what does not decode: it must not go on. */
};

/* An answer that waits until what it rests on is durable. */
enum pending_kind {
    PENDING_ANSWER,   /* `frame` goes to `session`. */
    PENDING_WELCOME,  /* `frame` goes to `session`, and then what that does not know yet. */
    PENDING_SNAPSHOT, /* A snapshot goes to `session`, which hears facts from then on. */
    PENDING_CALL,     /* `call` of the HTTP interface is answered. */
    PENDING_END,      /* `session` is told that its seat or link is another's, and closed. */
    PENDING_OUT,      /* `session` is told that its phone is out of the meeting, and closed. */
    PENDING_AGAIN,    /* `session` is closed, to come again and hear which seats it has now. */
};

struct pending {
    struct pending *next;
    enum pending_kind kind;
    int64_t seq;             /* Waits for this number. */
    struct session *session; /* NULL: gone meanwhile. */
    struct frame *frame;
    bool has_re;
    struct uuid re; /* The command's id, for the answer that says that it is lost. */
    struct api_call *call;
};

/* What is known of a meeting that is not in memory. */
struct brief {
    bool known; /* It has been read once. */
    enum state state;
    int64_t seq, wall;    /* Its newest fact; when it was made. */
    struct instant until; /* When it is to be erased; */
    bool said;            /* and people were told so. */
};

struct waiter; /* resting.c: somebody who waits for it to be read. */

struct room {
    struct app *app;
    char code[CODE_CHARS + 1];
    int64_t origin;  /* Server clock at its creation: zero of the meeting clock. */
    int64_t epoch;   /* In which this server writes it (owning.h); 0: it is not its own. */
    bool claiming;   /* It is being claimed. */
    bool unsure;     /* It was, and nobody heard the answer: it may be this server's by now. */
    int64_t led;     /* Server clock when it was led last before this server had it; -1: never; */
    int64_t away_ms; /* and how long nobody led it then. */
    enum room_state state;
    enum room_state before_erasing; /* What it was when the journal began to erase it. */
    struct meeting *meeting;        /* NULL while it is STORED. */
    struct brief brief;             /* Of when it was last in memory. */
    struct waiter *waiters;         /* Longest first. */
    struct trunk *way;          /* By which its callers are passed on (relay.h); NULL: unknown. */
    size_t passages;            /* Callers that are passed on, or held. */
    const struct trunk *wanted; /* By which everybody comes who is in it, */
    int64_t wanted_since;       /* since this boottime; NULL: there is none (owning.h). */
    int64_t used;               /* boottime ms when somebody last asked for it. */
    int folded;                 /* While FOLDING: 0, or the negative errno that came up. */
    int64_t last_at;            /* Meeting clock of the newest fact. */
    struct {
        int64_t at, wall;
    } undated; /* Of the newest fact that must not tell when it was; wall 0: there is none. */

    int64_t generation; /* Raised by each folding anew (store/journal.h). */
    int64_t durable,
        told;            /* Numbers of the newest fact on disk, and of the newest that was told. */
    size_t in_flight;    /* Batches that the journal has. */
    bool lost;           /* One of them failed: the room is folded anew once none is left. */
    int64_t quiet_until; /* boottime ms: one failed, and until then nothing is written that nobody
                            asked to have written. */
    int64_t read_up_to;  /* Newest number that this server read at its start; else -1. */
    struct api_call *erase_call; /* Who asked that it be erased, while it is; or NULL. */
    int64_t erase_after; /* Meeting clock: not to be erased before, for the journal could not. */
    bool touched;        /* Something became durable and is not told yet. */
    struct room *next_touched;

    struct ring ring;
    struct once once;
    struct pending *pending_first, **pending_last;

    size_t session_count, session_capacity;
    struct session **sessions;
    bool presence;           /* Somebody came, went or writes elsewhere, and it is not told yet; */
    bool due;                /* or there are sessions that were still reading when it was. */
    struct attempts guesses; /* Of keys and tokens. */
    bool warned;             /* The consoles have been told that somebody guesses. */
    struct frame *snapshots[ROLE_COUNT]; /* Of the state at `snapshots_seq`; NULL: not made. */
    int64_t snapshots_seq;

    size_t chief_entries; /* With how many chiefs it is shared (chiefs.h). */
    char *card;           /* What they read of it, as it stood at `card_seq`; NULL: not made. */
    int64_t card_seq;
};

/* Who sends a command. */
struct sender {
    struct session *session; /* NULL: nobody waits for an answer. */
    enum role role;          /* ROLE_NOT: the server itself. */
    const char *secret;      /* Of a seat or link that is made anew; NULL: none is. */
};

/* Makes the room of a meeting that is stored.  NULL when memory is exhausted. */
struct room *room_new(struct app *app, const char *code, int64_t origin);

/* Makes the room of a meeting that has no facts yet.  NULL when memory is exhausted. */
struct room *room_new_live(struct app *app, const char *code, int64_t origin);

/* Whether it may be freed: it is erased, or another server's, or there is none, or it was never
 * made, as when its first facts could not be written; and nobody has anything to do with it. */
bool room_is_over(const struct room *r);

/* Somebody asks for the meeting: it stays in memory for a while. */
void room_used(struct room *r);

void room_free(struct room *r);

/* What the meeting clock shows. */
struct instant room_now(const struct room *r);

/* Carries a command out, or says why not.  Nobody hears of it yet: its facts are submitted and true
 * in memory, and they are told when they are durable.  On a full disk it is refused with not_saved,
 * and nothing is submitted.  `ret_facts` has them, and what the command
 * made; free it with facts_release, unless the command was refused. */
enum refusal room_handle(struct room *r, const struct command *c, const struct sender *sender,
                         struct facts *ret_facts);

/* Whether what nobody asked to have written may be: a commit that fails has the meeting read again,
 * for which others would wait. */
bool room_may_tell(const struct room *r);

/* The same as room_handle for a command from a session, to which the answer goes. */
void room_command(struct room *r, struct session *s, const struct command *c);

/* A batch has come back from the journal (journal_done_fn; `app` is a struct app).  Frees it. */
void room_returned(void *app, struct batch *b, bool durable);

/* When room_wake must be called, on boottime; false when nothing is timed, or nothing can be
 * written. */
bool room_wake_at(const struct room *r, int64_t *ret_boottime);

/* Carries out what is due: a deadline of the meeting. */
void room_wake(struct room *r);

/* recovery.c: reads the meeting's facts and folds it; the room is FOLDING until then.  One that is
 * not this server's is claimed first.  Where the journal is too busy, or still has something of it,
 * it stays as it is. */
void recovery_begin(struct room *r);

/* The opposite: the meeting is in the journal alone.  Nothing of it may be on its way. */
void recovery_undo(struct room *r);

#endif
