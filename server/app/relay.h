/* relay.h -- callers of this server whose meetings other servers lead: what they say is passed on
 * by a trunk (trunk.h), and what they are told comes back by it.
 *
 * Who leads a meeting is known by the attempt to claim it (owning.h).  A meeting's way is the trunk
 * to that server.  Where it is lost, because that server has died, stood still, stopped or given
 * the meeting away, its callers are held: they are asked about again, at once and then every
 * RELAY_LOOK_MS, and go on where it is led next, be it here.  A session says hello there in its
 * client's name, with the token and the newest number that the client has, and says again what was
 * not answered; the client hears of it no more than what it has missed.  Who is held for longer
 * than RELAY_HOLD_MS is sent away to come again.  A request that may change something is not asked
 * twice.
 */
#ifndef APP_RELAY_H
#define APP_RELAY_H

#include "app/room.h"
#include "app/trunk.h"
#include "wire/frame_json.h"

enum {
    RELAY_HOLD_MS = 3000,
    RELAY_LOOK_MS = 200,
    RELAY_UNANSWERED_MAX = LIMIT_RATE_BURST, /* Commands of a session that can be said again; */
    RELAY_UNANSWERED_BYTES_MAX = 131072,     /* with more than that, it must come again itself. */
    RELAY_UNHEARD_MAX = TRUNK_QUEUE_MAX / 8, /* Bytes that one may say and be told nothing. */
};

/* Passes a session's hello on, which is JOINING or was passed on before.  `hello` is copied.  False
 * when it cannot be: then nothing has changed. */
bool relay_hello(struct room *r, struct session *s, const struct hello *hello);

/* Passes a request on; `call` and what the request's strings stand in are the relay's then. */
bool relay_request(struct room *r, struct api_call *call, const struct api_request *request,
                   char *strings);

/* Asks another server as this one was asked; `respond` is called once, later, with 503 where the
 * trunk is lost before.  False when it cannot be asked. */
bool relay_ask(struct trunk *t, const struct api_request *request, api_respond_fn *respond,
               void *context);

/* A session that was passed on is this server's to answer: it is JOINING again. */
void relay_return(struct session *s, const struct hello *hello);

/* Whether these are the seats that its client knows, and nothing new is told of them. */
bool relay_same_seats(const struct session *s, const struct seat_token *seats, size_t count);

/* Nobody leads its meeting, or nobody that can be reached: it must come again itself. */
void relay_give_up(struct session *s);

/* Those who have come back that way: what was not answered is said again. */
void relay_settle(struct app *app);

/* A passed session said something (struct hub_ops), reads again, or is gone. */
void relay_say(struct session *s, const struct uuid *id, const char *bytes, size_t len);
void relay_owed(struct session *s);
void relay_leave(struct session *s);

/* How long a session that is passed on may still be held: until this ms of app_steady; 0 for one
 * that has not been heard of yet. */
int64_t relay_until(const struct session *s);

/* Whether it was just sent back by a server that it had been passed on to, and asks again only with
 * the next look: else the two would send it to and fro. */
bool relay_is_patient(const struct session *s);

/* A message of the server that was called.  False when it is none that comes from there. */
bool relay_hear(struct trunk *t, const struct trunk_message *m);

/* The trunk of this passage is over; it has no channel any more. */
void relay_lost(struct passage *p);

#endif
