/* cluster.h -- several servers in one process: they share a journal in memory, a table of who leads
 * what and a clock that is a variable, and speak by pipes of bytes.  Clients of theirs keep what
 * they hear and are held to it: no fact twice, and none left out.
 *
 * There is one queue to the journal, so what one server has sent to it must be answered before
 * another one sends something: it is, but while the journal is stalled.
 */
#ifndef SUPPORT_CLUSTER_H
#define SUPPORT_CLUSTER_H

#include <jansson.h>

#include "app/app.h"
#include "app/trunk.h"
#include "store/ownership_memory.h"
#include "support/pipe.h"

enum { CLUSTER_MAX = 3 };

struct cluster;
struct cluster_client;

struct cluster_server {
    struct cluster *cluster;
    struct app *app; /* NULL: it is down. */
    struct lease *lease;
    struct ownership *ownership; /* The lease's. */
    struct journal *journal;     /* All are on one database. */
    struct trunk_ports ports;
    struct hash key;
    char name[2], url[32]; /* "a", "http://a.example" and so on. */
    bool frozen;
    int held;    /* Seconds that it lets every address wait. */
    int guesses; /* What it has heard of from other servers. */
    struct cluster_client *clients;
};

struct cluster {
    int64_t now, wall;
    uint64_t dice;
    struct ownership_table *table;
    struct app_template templates[2];
    struct cluster_server servers[CLUSTER_MAX];
    struct pipes pipes;
    bool split;   /* No bytes go between servers. */
    bool stalled; /* The journal makes nothing durable for now. */
    size_t chop;  /* Pieces have 1 to so many bytes; 0: as they come. */
    char code[16], keys[ROLE_COUNT][SECRET_CHARS + 1];
};

struct cluster_client {
    struct cluster_server *server;
    struct session *session;
    struct cluster_client *next;
    bool slow;    /* It takes nothing. */
    bool closing; /* It was closed, with `status`. */
    int status;
    int guesses;
    json_t *heard;    /* All frames. */
    int64_t complete; /* Up to this number it has heard all; -1: nothing yet. */
    char token[SECRET_CHARS + 1];
};

/* Starts `count` servers, which speak with each other, and has the first one make a meeting. */
struct cluster *cluster_open(size_t count, uint64_t seed);
void cluster_close(struct cluster *c);

/* Lets everything happen that needs no time; or lets time pass. */
void cluster_settle(struct cluster *c);
void cluster_pass(struct cluster *c, int64_t ms);

/* kill -9: its clients are gone; the other servers hear what it had sent, and then see the end. */
void cluster_kill(struct cluster_server *s);

/* SIGTERM, until it has ended by itself. */
void cluster_stop(struct cluster_server *s);
void cluster_start(struct cluster_server *s);

/* The trunk by which one has called the other; NULL when there is none that is up. */
struct trunk *cluster_trunk(struct cluster_server *from, const struct cluster_server *to);
struct pipe *cluster_wire(struct cluster_server *from, const struct cluster_server *to);

/* A stranger calls; or takes the place of one end, and hears no more of what came before. */
struct pipe *cluster_stranger(struct cluster_server *to);
void cluster_seize(struct cluster *c, struct pipe_end *end);

/* Bytes for the other side of a test's end; and whether that one is still there. */
bool cluster_give(struct cluster *c, struct pipe *w, const void *bytes, size_t len);
bool cluster_say(struct cluster *c, struct pipe *w, const struct trunk_message *m);

/* The next message that has come to the test's end: false when there is none. */
bool cluster_heard(struct pipe *w, struct trunk_message *ret_m);

/* Whether the wire is still there. */
bool cluster_has(const struct cluster *c, const struct pipe *w);

/* Whom a server's client is; `hello` is what stands between the braces after "hello". */
struct cluster_client *cluster_connect(struct cluster_server *s, const char *hello);
struct cluster_client *cluster_console(struct cluster_server *s);
struct cluster_client *cluster_phone(struct cluster_server *s, const char *name);
void cluster_leave(struct cluster_client *client);

/* It says this frame; or adds a seat of a name that `number` makes, by a command whose id it makes
 * too. */
void cluster_tell(struct cluster_client *client, const char *frame);
void cluster_add(struct cluster_client *client, int number);

/* How many frames of a name it has heard, and the newest, borrowed, or NULL. */
size_t cluster_count(const struct cluster_client *client, const char *name);
json_t *cluster_newest(const struct cluster_client *client, const char *name);

/* How often the command of that number was answered so: "ok", or a code. */
size_t cluster_answers(const struct cluster_client *client, int number, const char *how);

/* The meeting's seats as whoever leads it says, "1 2 Mia", in the order of their numbers; to be
 * freed. */
char *cluster_seats(struct cluster *c, struct cluster_server *at);

/* A request that is under way: `done` once it is answered. */
struct cluster_asked {
    bool done;
    int status;
    struct buffer body;
};
struct api_call *cluster_ask(struct cluster_server *s, const char *method, const char *path,
                             const char *bearer, const char *body, struct cluster_asked *ret_asked);

#endif
