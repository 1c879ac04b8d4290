#include "support/pipe.h"

#include <stdlib.h>
#include <string.h>

#include "support/check.h"

enum { CHUNK = 16384 };

struct pipe *pipe_add(struct pipes *ps)
{
    struct pipe *p = calloc(1, sizeof(*p)), **at = &ps->first;

    CHECK(p);
    while (*at)
        at = &(*at)->next;
    *at = p;
    return p;
}

static int64_t delay(const struct pipes *ps)
{
    return ps->ops->delay ? ps->ops->delay(ps->context) : 0;
}

struct pipe_end *pipe_reach(struct pipes *ps, void *server, void *other, struct trunk *trunk,
                            int64_t now)
{
    struct pipe *p = pipe_add(ps);

    p->calls.server = server;
    p->calls.trunk = trunk;
    p->answers.server = other;
    p->answers.due = now + delay(ps);
    return &p->calls;
}

void pipe_wake(void *end)
{
    ((struct pipe_end *)end)->wakes = true;
}

void pipe_close(void *end)
{
    ((struct pipe_end *)end)->closes = true;
}

static bool is_up(const struct pipes *ps, const struct pipe_end *end)
{
    return !end->server || ps->ops->is_up(end->server);
}

static size_t rest_of(const struct pipe_end *end)
{
    return end->in.len - end->at;
}

void pipe_end_gone(struct pipes *ps, struct pipe_end *end)
{
    struct trunk *t = end->trunk;

    end->trunk = NULL;
    if (t) {
        trunk_gone(t);
        ps->ops->settle(end->server);
    }
}

void pipe_end(struct pipes *ps, struct pipe *p)
{
    struct pipe **at = &ps->first;

    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    pipe_end_gone(ps, &p->calls);
    pipe_end_gone(ps, &p->answers);
    buffer_release(&p->calls.in);
    buffer_release(&p->answers.in);
    p->calls.at = p->answers.at = 0;
    p->next = ps->gone;
    ps->gone = p;
}

static bool is_parted(const struct pipes *ps, const struct pipe *p)
{
    return ps->ops->parted(ps->context, p->calls.server, p->answers.server);
}

static bool can_connect(const struct pipes *ps, const struct pipe *p)
{
    return !p->connected && !is_parted(ps, p) && is_up(ps, &p->calls) && is_up(ps, &p->answers);
}

/* False: it is gone. */
static bool connect_it(struct pipes *ps, struct pipe *p, int64_t now)
{
    void *to = p->answers.server;
    struct app *app;

    if (p->answers.due > now || !can_connect(ps, p))
        return true;
    if (to) {
        app = ps->ops->app(to);
        p->answers.trunk = app ? trunk_answer(app, &p->answers) : NULL;
    }
    if (to && !p->answers.trunk) {
        pipe_end(ps, p);
        return false;
    }
    p->connected = true;
    trunk_connected(p->calls.trunk);
    return true;
}

static size_t piece(const struct pipes *ps, size_t most)
{
    size_t len = ps->ops->piece(ps->context);

    return len < most ? len : most;
}

static bool can_take(const struct pipes *ps, const struct pipe_end *from)
{
    return from->trunk && from->wakes && !from->closes && !from->stuck && is_up(ps, from);
}

/* Takes what an end has to send; whether there was something. */
static bool take(struct pipes *ps, struct pipe_end *from, struct pipe_end *to, int64_t now)
{
    static unsigned char bytes[CHUNK];

    if (!can_take(ps, from))
        return false;
    size_t len = trunk_fill(from->trunk, bytes, piece(ps, CHUNK));
    from->wakes = len > 0;
    if (rest_of(to) == 0 && len > 0 && to->due <= now)
        to->due = now + delay(ps);
    buffer_add(&to->in, (const char *)bytes, len);
    return len > 0;
}

static size_t can_bring(const struct pipes *ps, const struct pipe_end *to)
{
    size_t rest = rest_of(to);

    if (to->most > 0 && rest >= to->most)
        rest = to->most - 1;
    return !to->trunk || to->closes || !is_up(ps, to) ? 0 : rest;
}

/* Gives an end what has come for it; *ret_broken when it will have no more of it. */
static bool bring(struct pipes *ps, struct pipe_end *to, int64_t now, bool *ret_broken)
{
    size_t rest = can_bring(ps, to);

    if (rest == 0 || to->due > now)
        return false;
    size_t len = piece(ps, rest);
    unsigned char *bytes = malloc(len);
    CHECK(bytes);
    memcpy(bytes, to->in.at + to->at, len);
    to->at += len;
    to->most -= to->most > 0 ? len : 0;
    if (to->at == to->in.len)
        to->at = to->in.len = 0;
    to->due = now + delay(ps);
    *ret_broken = trunk_receive(to->trunk, bytes, len) < 0;
    free(bytes);
    ps->ops->settle(to->server);
    return true;
}

/* Nobody is there, and nothing more is to come from there. */
static bool is_over(const struct pipe *p, const struct pipe_end *end, const struct pipe_end *other)
{
    return end->over && !p->cut && rest_of(other) == 0;
}

static bool is_ending(const struct pipe *p)
{
    return (!p->cut && (p->calls.closes || p->answers.closes)) ||
           is_over(p, &p->calls, &p->answers) || is_over(p, &p->answers, &p->calls) ||
           (p->calls.over && (p->answers.over || !p->connected));
}

/* Of one that is cut only who closes it knows of the end. */
static bool close_one(struct pipes *ps, struct pipe_end *end)
{
    if (!end->closes || end->over)
        return false;
    end->over = true;
    pipe_end_gone(ps, end);
    return true;
}

bool pipe_move(struct pipes *ps, struct pipe *p, int64_t now)
{
    bool broken = false;

    if (!connect_it(ps, p, now))
        return true;
    if (is_ending(p)) {
        pipe_end(ps, p);
        return true;
    }
    if (p->cut)
        return close_one(ps, &p->calls) || close_one(ps, &p->answers);
    if (!p->connected || is_parted(ps, p))
        return false;
    bool moved = take(ps, &p->calls, &p->answers, now);
    moved = take(ps, &p->answers, &p->calls, now) || moved;
    moved = bring(ps, &p->calls, now, &broken) || moved;
    if (!broken)
        moved = bring(ps, &p->answers, now, &broken) || moved;
    if (broken)
        pipe_end(ps, p);
    return moved;
}

int64_t pipe_next(const struct pipes *ps, int64_t end)
{
    for (const struct pipe *p = ps->first; p; p = p->next) {
        if (can_connect(ps, p) && p->answers.due < end)
            end = p->answers.due;
        if (!p->connected || p->cut || is_parted(ps, p))
            continue;
        if (can_bring(ps, &p->calls) > 0 && p->calls.due < end)
            end = p->calls.due;
        if (can_bring(ps, &p->answers) > 0 && p->answers.due < end)
            end = p->answers.due;
    }
    return end;
}

bool pipe_quiet(const struct pipes *ps)
{
    for (const struct pipe *p = ps->first; p; p = p->next)
        if (rest_of(&p->calls) > 0 || rest_of(&p->answers) > 0 || can_take(ps, &p->calls) ||
            can_take(ps, &p->answers))
            return false;
    return true;
}

void pipe_kill(struct pipes *ps, const void *server)
{
    for (struct pipe *p = ps->first; p; p = p->next)
        for (int i = 0; i < 2; i++) {
            struct pipe_end *end = i ? &p->calls : &p->answers;
            if (end->server != server)
                continue;
            trunk_gone(end->trunk);
            end->trunk = NULL;
            end->over = p->connected || end == &p->calls;
        }
}

void pipe_free(struct pipes *ps)
{
    while (ps->first)
        pipe_end(ps, ps->first);
    while (ps->gone) {
        struct pipe *p = ps->gone;
        ps->gone = p->next;
        free(p);
    }
}
