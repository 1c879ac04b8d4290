/* recovery.c -- a meeting folded anew from its journal: at start-up, and when a commit failed. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/owning.h"
#include "app/resting.h"
#include "app/state.h"
#include "app/telling.h"
#include "app/waking.h"
#include "base/log.h"
#include "wire/fact_json.h"

/* Takes one fact in; 0 or a negative errno. */
static int take(struct room *r, const struct journal_fact *from)
{
    struct fact fact;
    enum refusal refusal = fact_decode(from->body, from->text, &fact);

    if (refusal != REFUSED_NOT)
        return refusal == REFUSED_BUSY ? -ENOMEM : -EBADMSG;
    bool fits = fact.seq == from->seq && fact.seq == r->meeting->seq + 1 &&
                (r->meeting->created || fact.kind == FACT_MEETING_CREATED);
    if (!fits || !meeting_prepare(r->meeting, &fact) || !once_reserve(&r->once) ||
        !ring_reserve(&r->ring, 1, fact.seq)) {
        fact_release(&fact);
        return fits ? -ENOMEM : -EBADMSG;
    }
    meeting_apply(r->meeting, &fact);
    r->last_at = fact.at.ms;

    const struct fact_info *info = &fact_infos[fact.kind];
    if (info->undated) {
        r->undated.at = fact.at.ms;
        r->undated.wall = from->wall;
    }
    bool blanked = info->redacts && !from->text; /* It is told to nobody any more. */
    bool told = (info->seen_by || info->author) && !blanked;
    char *json = told ? fact_encode(&fact, RECORD_TOLD) : NULL;
    ring_add(&r->ring, &fact, text_from(json));
    free(json);
    fact_release(&fact);
    if (from->command && !once_find(&r->once, *from->command))
        once_add(&r->once, *from->command, from->seq, from->made ? strdup(from->made) : NULL);
    return 0;
}

void recovery_undo(struct room *r)
{
    meeting_free(r->meeting);
    r->meeting = NULL;
    ring_clear(&r->ring);
    once_clear(&r->once);
    telling_forget(r);
    r->state = ROOM_STORED;
}

static void finish(struct room *r, int error)
{
    struct app *app = r->app;

    assert(app->folding > 0);
    app->folding--;
    if (error == -ESTALE || !owning_has(r)) {
        log_event(LOG_LEVEL_WARN, "meeting.moved", "meeting=%s", r->code);
        owning_close(r);
        return;
    }
    if (error == -ENOENT && r->durable == 0)
        error = 0; /* Nothing of it was ever written: it was never made. */
    if (error == 0 && !chiefs_reserve(app, r->meeting->chief_count))
        error = -ENOMEM;
    if (error == -ENOMEM && !r->lost) {
        recovery_undo(r); /* Whoever asks next may have better luck. */
        return;
    }
    if (error != 0 || r->meeting->seq < r->durable) {
        r->state = ROOM_BROKEN;
        log_event(LOG_LEVEL_ERROR, "meeting.unreadable", "meeting=%s error=\"%s\"", r->code,
                  strerror(error ? -error : EBADMSG));
        for (size_t i = 0; i < r->session_count; i++)
            if (r->sessions[i]->state != SESSION_CLOSING)
                session_refuse(r->sessions[i], REFUSED_DAMAGED, NULL);
        return;
    }
    r->state = ROOM_LIVE;
    r->lost = false;
    chiefs_follow(r);
    bool started = r->told == 0; /* At start-up nobody has been told anything yet. */
    r->durable = r->meeting->seq;
    if (started)
        r->told = r->read_up_to = r->durable;
    waking_changed(r);
    if (r->session_count > 0 || r->pending_first)
        app_touch(app, r);
}

static void each(void *context, const struct journal_fact *from, int error)
{
    struct room *r = context;

    if (from->seq != 0) {
        if (r->folded == 0)
            r->folded = take(r, from);
        return;
    }
    finish(r, r->folded != 0 ? r->folded : error);
    resting_over(r);
    resting_again(r);
    app_read_on(r->app);
}

void recovery_begin(struct room *r)
{
    if (r->in_flight > 0)
        return; /* room_returned begins. */
    if (!owning_has(r)) {
        owning_claim(r);
        return;
    }
    struct meeting *empty = meeting_new();

    if (!empty || journal_read(r->app->journal, r->code, 1, r->generation + 1, each, r) != 0) {
        meeting_free(empty);
        return; /* The tick tries again. */
    }
    r->generation++;
    r->state = ROOM_FOLDING;
    r->folded = 0;
    r->app->folding++;
    r->app->read++;
    meeting_free(r->meeting);
    r->meeting = empty;
    chiefs_forget_card(r);
    r->meeting->keep.days = r->app->options.keep_days;
    ring_clear(&r->ring);
    once_clear(&r->once);
    telling_forget(r);
}
