/* attempts.h -- what somebody tries and may not: guesses of codes, keys and tokens, and commands
 * that are not theirs.
 *
 * Whoever runs the server reads of it in the log, by meeting and role; the consoles are told that
 * it goes on.  Neither says who it was, for nobody knows.
 */
#ifndef APP_ATTEMPTS_H
#define APP_ATTEMPTS_H

#include "protocol.gen.h"

struct app;
struct room;
struct session;

/* So many wrong guesses within ATTEMPTS_WINDOW_MS are no slips of the hand any more: of what opens
 * one meeting, and of codes on the whole server.  A console is told for as long again. */
enum {
    ATTEMPTS_WINDOW_MS = 600000,
    ATTEMPTS_MANY_KEYS = 10,
    ATTEMPTS_MANY_CODES = 60,
};

/* Wrong guesses of one thing; zeroed, there were none. */
struct attempts {
    int64_t window; /* boottime ms when the count began. */
    int count;
    int64_t until; /* boottime ms: consoles are told until then; 0: never. */
};

/* Lines of the log: some at once, then now and then, so that nobody can fill a disk by them. */
struct attempts_log {
    int64_t filled; /* boottime ms */
    double lines;   /* That may be written still. */
    int64_t unsaid; /* Attempts since the last line. */
};

/* Somebody gave a code, key or token that does not exist, or came while their address must wait;
 * `r`: for this meeting, NULL for none that there is. */
void attempts_guess(struct app *app, struct room *r, enum role role, enum refusal code);

/* Somebody in a meeting sent what is not theirs to send. */
void attempts_refused(const struct session *s, enum refusal code);

/* A connection was closed because it went on sending such things. */
void attempts_struck(const struct session *s);

/* What the consoles of a meeting are told is guessed: keys of this meeting, codes of any, or
 * GUESSED_NOT. */
enum guessed attempts_told(const struct room *r);

#endif
