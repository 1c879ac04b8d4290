/* meet.h -- conversations as scripts: the regression suite, and the protocol's examples.
 *
 * A script is a list of lines; each runs twice, in the simulator with virtual time and against the
 * real daemon.  `#` begins a comment.
 *
 *     agenda NAME                      the meeting is made from this template, or from the JSON
 *                                      object that follows instead of a name
 *     next [NAME]                      the meeting after it is made from it, from this template or
 *                                      laid out as it was; whoever joins from here on joins that
 *                                      one, and those who are in the earlier one stay there
 *     phone ana "Ana" "Lærer"          joins by code; more: id=UUID claim=SEAT
 *     console c / board b / scribe s / leader l      joins by the role's key
 *     c > floor.give seat=2            sends a command, which must be accepted
 *     c > floor.give seat=2 -> x       … and what it made is called $x from here on
 *     ana > turn.done ! not_your_turn  … or refused with this code (and `field=NAME`)
 *     c again                          sends the newest command again, under the same id, and gets
 *                                      the same answer
 *     ana < turn.began seat=1          hears this fact, now or soon; earlier ones are passed over
 *     c < knock.added name=Bo -> k=phone             … and what it has under `phone` is called $k
 *     b never note.saved               has not heard such a fact, ever
 *     b sees now.speaker=2             what a fresh connection of this reader is told
 *     b lacks seats.0.token            … and not told
 *     ana reads "text"                 her minutes, as Markdown, have this; more: edition=NAME;
 *                                      with `! forbidden` they are refused with this code
 *     ana misses "text"                … and have it not
 *     c raw {"hello":1} ! malformed    sends these bytes; the answer has this code
 *     ana ended replaced               the server closes her connection, saying why
 *     refused phone eve ! full         a hello that must be refused with this code (and `seat=N`)
 *     wait 90s                         time passes (ms, s, m)
 *     drop ana                         her connection breaks
 *     back ana                         she comes back with what she has; where it did not break,
 *                                      the server must have closed it, and not said why; with
 *                                      `! out` that hello must be refused with this code
 *     restart 5s                       the server is killed, and is away for so long
 *     fail 1                           simulator only: the next commits fail
 *
 * Values are JSON, or a bare word for a string; $x is what was called so; `_` matches anything.
 */
#ifndef SUPPORT_MEET_H
#define SUPPORT_MEET_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* One connection of a backend. */
struct meet_wire;

/* What carries a script out: the simulator, or the real daemon. */
struct meet_backend {
    const char *name;
    void *state;
    /* Posts a meeting; the answer, as JSON text to be freed. */
    char *(*create)(void *state, const char *body);
    /* Gets what lies at a path for whoever has this key or token; the body, to be freed. */
    char *(*get)(void *state, const char *path, const char *query, const char *bearer);
    struct meet_wire *(*open)(void *state);
    void (*send)(struct meet_wire *w, const char *text);
    /* The next frame that came, to be freed; NULL when none comes any more: `closed` then tells
     * whether the server has closed the connection. */
    char *(*receive)(struct meet_wire *w, bool *ret_closed);
    void (*close)(struct meet_wire *w);
    void (*wait)(void *state, int64_t ms);
    void (*restart)(void *state, int64_t away_ms);
    void (*fail)(void *state, int64_t count); /* NULL: cannot. */
    /* Kills the one of several servers that leads the meeting, and starts it again; NULL: cannot.
     */
    void (*strike)(void *state, const char *code);
    /* Whether it was that one's. */
    bool (*is_struck)(const struct meet_wire *w);
    void (*finish)(void *state);
};

/* Runs one script; every frame is appended to `log` (may be NULL) as "direction role json".
 * Exits the process with a message that names the line when something is not so. */
void meet_run(const struct meet_backend *backend, const char *path, FILE *log);

/* The same; somewhere in it, by chance from `seed`, a server is struck.  Whoever was at that one
 * comes again as pages do, and all others notice nothing. */
void meet_run_struck(const struct meet_backend *backend, const char *path, FILE *log,
                     uint64_t seed);

/* The backends; call `finish` when done. */
struct meet_backend meet_sim(uint64_t seed);
struct meet_backend meet_live(const char *daemon, const char *folder);
struct meet_backend meet_nodes(const char *daemon, const char *folder, uint64_t seed);

#endif
