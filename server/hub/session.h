/* session.h -- a connection as the application sees it.
 *
 * A session is a tagged state: it waits for its hello until a deadline, then for the application's
 * answer, then it is live in one meeting, then it closes.
 */
#ifndef HUB_SESSION_H
#define HUB_SESSION_H

#include "base/ids.h"
#include "hub/hub.h"
#include "hub/outbox.h"

struct room;   /* The application's, */
struct waiter; /* and so are these. */
struct passage;

enum session_state {
    SESSION_HELLO,    /* Waits for its hello. */
    SESSION_JOINING,  /* Its hello is being answered. */
    SESSION_LIVE,     /* Hears facts and sends commands. */
    SESSION_PASSED,   /* Another server leads its meeting: what it says is passed on. */
    SESSION_STRANDED, /* Is told nothing of its meeting, and not heard, until it is closed. */
    SESSION_CLOSING,  /* Takes no more frames; what waits is still sent. */
};

struct session {
    struct hub *hub;
    const struct transport_ops *ops;
    void *transport;
    enum session_state state;
    enum role role;
    int64_t born;   /* boottime ms */
    double tokens;  /* Of the command rate's bucket. */
    int64_t filled; /* When they were last counted. */
    double strikes; /* What it may still send that it may not, before it is closed. */
    int64_t mended; /* When they were last counted. */
    int held;       /* Seconds that its address must wait; 0: it need not.  See session_hold. */
    struct outbox outbox;
    bool owed; /* Facts were dropped: a snapshot is due once the outbox is empty. */
    struct session *before, *after; /* In the hub's list. */

    /* The application's own. */
    struct room *room;       /* The meeting it is in, or NULL; opaque here. */
    struct waiter *waits;    /* How it waits for a meeting to be read, or NULL. */
    struct passage *passage; /* How it is passed on to another server, or comes back; or NULL. */
    bool guest;    /* Another server passes it on: it is sent back where that must look anew. */
    bool resumed;  /* Its client has a welcome already, and hears of this one no more than what it
                    * has missed. */
    size_t index;  /* Among the room's sessions; meaningful while it is in one. */
    int64_t told;  /* Complete up to this number; meaningful when LIVE. */
    int64_t since; /* What the client said it has, or -1. */
    size_t own_count; /* Seats of this phone. */
    int64_t own[LIMIT_SEATS_A_PHONE];
    struct hash handset;    /* Which phone it is, see seat_state; meaningful for phones, */
    struct hash key;        /* and of the link that it came by for all others. */
    size_t pending;         /* Answers that wait for the journal. */
    bool due;               /* Presence is to be told to it, once it has read what waits. */
    bool unsaved;           /* It has been told that nothing is saved; see app/saving.h. */
    struct writing writing; /* Where its owner writes, until `writes_until`; see app/presence.h. */
    int64_t writes_until;   /* boottime ms; 0: nowhere. */
};

/* What the hub asks of the application. */
struct hub_ops {
    /* The first frame.  The session is JOINING; session_refuse or a welcome follows.  `hello` is
     * borrowed for the call. */
    void (*hello)(void *app, struct session *s, const struct hello *hello);
    /* A message of a session that has a passage: it is PASSED, or comes back from there.  `id`: of
     * the command that it is; NULL for none. */
    void (*passed)(void *app, struct session *s, const struct uuid *id, const char *bytes,
                   size_t len);
    /* A command of a live session.  `c` is borrowed for the call. */
    void (*command)(void *app, struct session *s, const struct command *c);
    /* Where whoever has this session, a console or a scribe, is writing.  It may be taken: what is
     * left in `writing` is released after the call. */
    void (*writing)(void *app, struct session *s, struct writing *writing);
    /* A frame was refused before it became a command.  Its answer waits for those before it. */
    void (*refused)(void *app, struct session *s, const struct uuid *id, enum refusal code,
                    const char *field, int64_t wait_ms);
    /* It went on sending what it may not, and is being closed. */
    void (*struck)(void *app, struct session *s);
    /* Facts were dropped and the outbox is empty now. */
    void (*owed)(void *app, struct session *s);
    /* The connection is gone. */
    void (*gone)(void *app, struct session *s);
    /* A second has passed. */
    void (*tick)(void *app, int64_t now);
    /* The clock of the session's meeting, for clock frames; false before its hello. */
    bool (*clock)(void *app, struct session *s, struct instant *ret_now, int64_t *ret_wall);
    int64_t (*boottime)(void *app);
};

/* rate: commands a second and connection, 0 for no limit.  NULL when memory is exhausted. */
struct hub *hub_new(const struct hub_ops *ops, void *app, int rate);

/* Another rate from now on, for those who are connected as well. */
void hub_rate(struct hub *hub, int rate);

/* Every session must be gone.  NULL is ignored. */
void hub_free(struct hub *hub);

/* Sends a frame; a `fact` is dropped when the reader is too slow.  NULL says that memory was
 * exhausted when the frame was made: the session is closed, for it would miss something. */
void session_send(struct session *s, struct frame *f, bool fact);

/* Its hello gave a code, key or token that does not exist: a failed guess of the client's address.
 */
void session_guessed(struct session *s);

/* Says why and closes: with CLOSE_LATER where it is worth while to come again. */
void session_refuse(struct session *s, enum refusal code, const char *field);

/* The same of a name that a seat has already. */
void session_refuse_name(struct session *s, int64_t seat);

/* Closes with a WebSocket status; what waits in the outbox is sent first. */
void session_close(struct session *s, int status);

/* Its meeting is another server's: from JOINING to PASSED.  And back, where it is this one's by
 * now; it is then as if it had just said hello, and has the facts up to `since`, or none (-1). */
void session_pass(struct session *s);
void session_return(struct session *s, int64_t since);

/* A live session strands: what it says is dropped. */
void session_strand(struct session *s);

/* Calls `each` for every session. */
void hub_each(struct hub *hub, void (*each)(void *context, struct session *s), void *context);

/* Counts a refusal that the application has said. */
void hub_refused(struct hub *hub, enum refusal code);

/* How the hub has fared, for /metrics. */
struct hub_figures {
    int64_t sessions[ROLE_COUNT]; /* That have said hello, and are not closing. */
    int64_t refusals[REFUSED_COUNT];
    int64_t dropped; /* Times that facts were dropped, for a snapshot later. */
    int64_t struck;  /* Connections closed for what they went on sending. */
};
void hub_figures(const struct hub *hub, struct hub_figures *ret_figures);

#endif
