/* recovery.c -- a meeting folded anew from its journal: at start-up, and when a commit failed. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "app/telling.h"
#include "base/log.h"
#include "wire/fact_json.h"

/* Takes one fact in; 0 or a negative errno. */
static int take(struct floor *f, const struct journal_fact *from)
{
    struct fact fact;
    enum refusal refusal = fact_decode(from->body, from->text, &fact);

    if (refusal != REFUSED_NOT)
        return refusal == REFUSED_BUSY ? -ENOMEM : -EBADMSG;
    bool fits = fact.seq == from->seq && fact.seq == f->meeting->seq + 1 &&
                (f->meeting->created || fact.kind == FACT_MEETING_CREATED);
    if (!fits || !meeting_prepare(f->meeting, &fact) || !once_reserve(&f->once) ||
        !ring_reserve(&f->ring, 1, fact.seq)) {
        fact_release(&fact);
        return fits ? -ENOMEM : -EBADMSG;
    }
    meeting_apply(f->meeting, &fact);
    f->last_at = fact.at.ms;

    const struct fact_info *info = &fact_infos[fact.kind];
    bool blanked = info->redacts && !from->text; /* It is told to nobody any more. */
    bool told = (info->seen_by || info->author) && !blanked;
    char *json = told ? fact_encode(&fact, RECORD_ALL) : NULL;
    ring_add(&f->ring, &fact, text_from(json));
    free(json);
    fact_release(&fact);
    if (from->command)
        once_add(&f->once, *from->command, from->seq, from->made ? strdup(from->made) : NULL);
    return 0;
}

static void finish(struct floor *f, int error)
{
    struct app *app = f->app;

    assert(app->folding > 0);
    app->folding--;
    if (error != 0 || f->meeting->seq < f->durable) {
        f->state = FLOOR_BROKEN;
        log_event(LOG_LEVEL_ERROR, "meeting.unreadable", "meeting=%s error=%s", f->code,
                  strerror(error ? -error : EBADMSG));
        return;
    }
    f->state = FLOOR_LIVE;
    f->lost = false;
    bool started = f->told == 0; /* At start-up nobody has been told anything yet. */
    f->durable = f->meeting->seq;
    if (started)
        f->told = f->read_up_to = f->durable;
    app_touch(app, f);
    app_read_on(app);
}

static void each(void *context, const struct journal_fact *from, int error)
{
    struct floor *f = context;

    if (from->seq == 0) {
        finish(f, f->state == FLOOR_BROKEN ? -EBADMSG : error);
        return;
    }
    if (f->state == FLOOR_FOLDING && take(f, from) != 0)
        f->state = FLOOR_BROKEN;
}

void recovery_begin(struct floor *f)
{
    assert(f->in_flight == 0);
    struct meeting *empty = meeting_new();

    if (!empty || journal_read(f->app->journal, f->code, 1, f->generation + 1, each, f) != 0) {
        meeting_free(empty);
        return; /* The tick tries again: f->lost stands, so commands are answered with busy. */
    }
    f->generation++;
    f->state = FLOOR_FOLDING;
    f->app->folding++;
    meeting_free(f->meeting);
    f->meeting = empty;
    ring_clear(&f->ring);
    once_clear(&f->once);
    telling_forget(f);
}
