/* app.h -- the application: where engine, journal, hub and minutes meet.
 *
 * One thread.  Whoever owns the event loop (net, or the simulator) makes one, gives it the
 * time, wakes it when a deadline is due or the journal has something to give, and passes
 * requests of the HTTP interface in.  It knows no sockets.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/ids.h"
#include "hub/hub.h"
#include "store/journal.h"

struct app;
struct trunk;
struct lease; /* store/lease.h */

/* Where time and chance come from: the machine, or a simulation. */
struct app_ports {
    int64_t (*boottime)(void *context); /* ms, never goes back */
    int64_t (*steady)(void *context);   /* The same where no test moves meetings; NULL: boottime. */
    int64_t (*wall)(void *context);     /* ms since 1970 */
    void (*random)(void *context, void *ret_bytes, size_t len);
    struct uuid (*uuid)(void *context);
    void *context;
};

/* The machine's own: CLOCK_BOOTTIME, getrandom, libuuid. */
const struct app_ports *app_machine(void);

struct app_options {
    const char
        *base_url;       /* "http://192.168.1.20:8080", no closing slash; borrowed for app's life */
    int rate_a_second;   /* Commands a second and connection; 0 for no limit. */
    const char *colour;  /* Of the municipality, "#005a9c"; NULL: ours. */
    const char *contact; /* How to reach whoever runs the server; NULL where nobody has said. */
    const char *wifi_name;              /* The room's network, for the board to show; NULL: none. */
    const char *wifi_password;          /* NULL: it is open. */
    char *(*draw_qr)(const char *text); /* An SVG that the caller frees; NULL: none can be drawn. */
    int keep_days;       /* How long meetings are kept after their end, 0 to LIMIT_KEEP_DAYS. */
    struct lease *lease; /* Of one of several servers, the caller's; NULL: it is alone. */
    int64_t rest_ms;     /* How long a meeting that nobody asks for stays in memory. */
    const char *node;    /* Its name among several; NULL: it is alone. */
    const struct hash *trunk_key;     /* By which servers know each other; NULL without `trunks`. */
    const struct trunk_ports *trunks; /* How they speak with each other; NULL: not at all. */
    bool offline; /* No server: meetings are looked at, and when one last ran is left as it was. */
    const char *create_key; /* POST /api/meetings needs it as Bearer; NULL: anyone may. */
};

/* How one of several servers reaches the others (app/trunk.h): net's, or a simulation's. */
struct trunk_ports {
    /* Begins to connect to a server; returns the transport, or NULL when memory is exhausted.  In
     * the end trunk_gone follows, also where nobody answers; never from within this call. */
    void *(*reach)(void *context, struct trunk *trunk, const char *url);
    void (*wake)(void *transport);  /* There is something to send: trunk_fill gives it. */
    void (*close)(void *transport); /* Ends the connection; trunk_gone follows, not from within. */
    /* Seconds that callers of this address must wait, for wrong guesses. */
    int (*wait)(void *context, const char *address);
    /* Such a guess was made at another server. */
    void (*guessed)(void *context, const char *address);
    void *context;
};

/* A template of server/templates, by its file's name. */
struct app_template {
    const char *name;
    const char *json;
    size_t len;
};

/* Makes the application on an open journal, which stays the caller's.  `templates` ends with a
 * NULL name and lives as long.  Reads every meeting once, as app_collect is called, and each at
 * once that is asked for; of several servers it reads those that nobody else has.  NULL when memory
 * is exhausted. */
struct app *app_new(struct journal *journal, const struct app_ports *ports,
                    const struct app_options *options, const struct app_template *templates);

/* Other options from now on: the rate for everybody, what a welcome tells for whoever comes, days
 * for new meetings.  `base_url`, `draw_qr` and `lease` stay as they are.  What is borrowed of the
 * earlier ones is let go of. */
void app_reload(struct app *app, const struct app_options *options);

/* Frees the application; every session must be gone.  NULL is ignored. */
void app_free(struct app *app);

struct hub *app_hub(struct app *app);

/* The wake of the journal or of the lease was called: answers and facts that are durable now go
 * out. */
void app_collect(struct app *app);

/* A turn of the loop is over: what was decided in it may become durable.  Says whether anything
 * was. */
bool app_turn_over(struct app *app);

/* A wrong guess was made from this address: the other servers count it too. */
void app_guessed(struct app *app, const char *address);

/* What the journal has to give is left for one more commit: its wake comes again for that. */
void app_leave(struct app *app);

/* When app_wake must be called next, on boottime; false when nothing is timed. */
bool app_wake_at(const struct app *app, int64_t *ret_boottime);

/* Carries out every deadline that is due. */
void app_wake(struct app *app);

/* Whether it may answer for meetings: false while a lease that it must have is out. */
bool app_ready(struct app *app);

/* 0, or the negative errno for which it must end: another server has its name. */
int app_health(const struct app *app);

/* Whether every meeting has been read since the start, and none is being read. */
bool app_all_read(const struct app *app);

/* How many meetings there are, and how many of them cannot be read. */
size_t app_meetings(const struct app *app);
size_t app_broken(const struct app *app);

/* True when nothing waits for the journal and, at a stop, all meetings are given up for others to
 * take: go on collecting until it is. */
bool app_idle(const struct app *app);

/* The server is stopping: no new command is taken from here on.  Go on collecting until app_idle,
 * then app_dismiss. */
void app_stop(struct app *app);

/* Closes every session, which is told to come back soon (CLOSE_RESTART); what waits in outboxes is
 * sent first. */
void app_dismiss(struct app *app);

/* A request of the HTTP interface (/api/...).  Strings are borrowed for the call. */
struct api_request {
    const char *method; /* "GET", "POST" */
    const char *path;   /* Decoded, without query: "/api/templates" */
    const char *query;  /* Raw, without '?', or "" */
    const char *bearer; /* What stood after "Authorization: Bearer ", or NULL */
    const char *body;
    size_t body_len;
    int held; /* Seconds that its address must wait for wrong guesses; 0: it need not.  Then only
               * who has a good key or token is told of a meeting. */
    const char *address; /* Of the peer; NULL where it is not known. */
    bool near;           /* The peer is on loopback or a private network. */
    bool guest;          /* Another server passes it on, and has seen that it may be asked. */
    bool inside; /* It came by the data folder's own socket: whoever runs the server asks. */
};

struct api_answer {
    int status;
    const char *type;     /* Content-Type */
    const char *filename; /* For Content-Disposition, or NULL */
    const char *body;
    size_t body_len;
    int retry_after; /* Seconds, with 429 and 503; else 0 */
    bool guess; /* There is no such code, key or token: it counts against the peer's address. */
};

/* Called exactly once per app_api, at once or when what the answer rests on is durable, unless
 * cancelled before.  Everything in `answer` is borrowed for the call. */
typedef void api_respond_fn(void *context, const struct api_answer *answer);

/* Takes a request.  Returns a handle for app_api_cancel, or NULL when `respond` was called
 * already. */
struct api_call *app_api(struct app *app, const struct api_request *request,
                         api_respond_fn *respond, void *context);

/* The one who asked is gone; `respond` will not be called. */
void app_api_cancel(struct api_call *call);

/* Adds the figures for /metrics (base/metrics.h). */
void app_metrics(const struct app *app, struct buffer *b);

#endif
