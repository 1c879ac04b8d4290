/* hub.h -- what stands between a connection and a meeting: sessions, outboxes, frames.
 *
 * No sockets here.  A transport (net, or the simulator) makes a session for each connection,
 * feeds it whole messages, and takes frames out of its outbox when the connection can be
 * written.  The hub decodes what comes in, keeps the rules that need no meeting (hello first,
 * sizes, rates), and hands hellos and commands to the application through `struct hub_ops`.
 *
 * One thread.  A session lives until session_free; the transport calls that, nobody else.
 */
#ifndef HUB_HUB_H
#define HUB_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/frame.h"
#include "protocol.gen.h"

struct hub;
struct session;

enum { TRANSPORT_PEER_ROOM = 64 };

/* What a session needs of its transport.  All may be called at any time on the owner's
 * thread, also from within session_receive; none may free the session. */
struct transport_ops {
    /* The outbox has something to send: ask for the moment when it can be written. */
    void (*wake)(void *transport);
    /* Close with this WebSocket status once the outbox is empty; at once when `now`. */
    void (*close)(void *transport, int status, bool now);
    /* The hello of this connection failed (no such meeting, wrong key): count it against its
     * address. */
    void (*failed)(void *transport);
    /* Writes the client's address, or "" where that is not known. */
    void (*peer)(void *transport, char ret_address[static TRANSPORT_PEER_ROOM]);
};

/* Makes a session for a new connection.  NULL when memory is exhausted. */
struct session *session_new(struct hub *hub, const struct transport_ops *ops, void *transport);

/* Too many wrong guesses have come from its address, which must wait for so many seconds: only who
 * comes with a good key or token is let in, and nobody else can find anything out.  Before its
 * first message. */
void session_hold(struct session *s, int seconds);

/* The connection is gone.  NULL is ignored. */
void session_free(struct session *s);

/* A whole text message has come.  The transport has refused binary ones and what is no UTF-8.
 * Answers go to the outbox. */
void session_receive(struct session *s, const char *bytes, size_t len);

/* The largest message that this session may send now: the transport closes with CLOSE_TOO_BIG
 * beyond. */
size_t session_receive_max(const struct session *s);

/* The next frame to send, still the session's, and whether a slow client may miss it; or NULL. */
struct frame *session_next(struct session *s, bool *ret_droppable);

/* Takes the next frame to send, or NULL.  The reference is the caller's. */
struct frame *session_take(struct session *s);

/* The client has missed facts elsewhere: those that wait are dropped, and a snapshot is due. */
void session_owe(struct session *s);

/* Call this once a second or so: sessions have deadlines, and so has the application.  `now_ms` is
 * boottime. */
void hub_tick(struct hub *hub, int64_t now_ms);

#endif
