#include "app/attempts.h"

#include <inttypes.h>

#include "app/state.h"
#include "base/log.h"

enum { LINES_MAX = 30, LINE_MS = 10000 };

static int64_t boottime(const struct app *app)
{
    return app->ports.boottime(app->ports.context);
}

static void count(struct attempts *a, int64_t now, int many)
{
    if (now - a->window >= ATTEMPTS_WINDOW_MS) {
        a->window = now;
        a->count = 0;
    }
    if (++a->count >= many)
        a->until = now + ATTEMPTS_WINDOW_MS;
}

/* Whether a line may be written; else the next one says how many there were. */
static bool may_say(struct attempts_log *log, int64_t now)
{
    log->lines += (double)(now - log->filled) / LINE_MS;
    log->filled = now;
    if (log->lines > LINES_MAX)
        log->lines = LINES_MAX;
    if (log->lines < 1) {
        log->unsaid++;
        return false;
    }
    log->lines -= 1;
    return true;
}

static void say(struct app *app, const char *event, const struct room *r, enum role role,
                enum refusal code)
{
    struct attempts_log *log = &app->attempts_log;

    if (!may_say(log, boottime(app)))
        return;
    log_event(LOG_LEVEL_WARN, event, "meeting=%s role=%s code=%s unsaid=%" PRId64,
              r ? r->code : "-", role == ROLE_NOT ? "-" : role_enum.names[role],
              refusal_names[code], log->unsaid);
    log->unsaid = 0;
}

void attempts_guess(struct app *app, struct room *r, enum role role, enum refusal code)
{
    int64_t now = boottime(app);

    if (r)
        count(&r->guesses, now, ATTEMPTS_MANY_KEYS);
    else
        count(&app->guesses, now, ATTEMPTS_MANY_CODES);
    say(app, "attempt.guess", r, role, code);
}

/* What only somebody sends whose page is not ours: a race or a slow hand is no attempt. */
static bool is_attempt(enum refusal code)
{
    return code == REFUSED_FORBIDDEN || code == REFUSED_NOT_YOURS;
}

void attempts_refused(const struct session *s, enum refusal code)
{
    if (s->room && is_attempt(code))
        say(s->room->app, "attempt.refused", s->room, s->role, code);
}

void attempts_struck(const struct session *s)
{
    if (s->room)
        say(s->room->app, "attempt.ended", s->room, s->role, REFUSED_TOO_FAST);
}

enum guessed attempts_told(const struct room *r)
{
    int64_t now = boottime(r->app);

    if (now < r->guesses.until)
        return GUESSED_KEYS;
    return now < r->app->guesses.until ? GUESSED_CODES : GUESSED_NOT;
}
