#include "app/saving.h"

#include "app/state.h"
#include "wire/frame_json.h"

enum { WELL_LOOKS = 2 }; /* A disk that is slow says it once, and not by turns. */

static bool stands_still(struct app *app)
{
    struct journal_figures now;
    int64_t waited = app->saving.waiting, returned = app->saving.returned;

    journal_figures(app->journal, &now);
    app->saving.waiting = now.waiting;
    app->saving.returned = now.batches + now.failures;
    return app->trouble || (waited > 0 && now.waiting > 0 && app->saving.returned == returned);
}

/* What all of them are told now, and whether somebody could not be. */
struct word {
    struct frame *frame;
    bool off, due;
};

static void tell(void *context, struct session *s)
{
    struct word *word = context;

    if (!s->room || s->role == ROLE_PHONE || s->state == SESSION_CLOSING)
        return;
    if (word->off ? s->unsaved && s->outbox.count > 0 : !s->unsaved)
        return; /* It has still to read that, or was never told. */
    if (s->outbox.count >= LIMIT_OUTBOX_FRAMES / 2) {
        word->due = true;
        return;
    }
    s->unsaved = word->off;
    session_send(s, word->frame, true);
}

void saving_tick(struct app *app)
{
    struct saving *saving = &app->saving;
    bool was = saving->off;

    if (stands_still(app)) {
        saving->off = true;
        saving->well = 0;
    } else if (saving->off && ++saving->well == WELL_LOOKS)
        saving->off = false;
    saving->due |= was || saving->off;
    if (!saving->due)
        return;
    struct word word = { .frame = frame_from(frame_saving(!saving->off)), .off = saving->off };
    if (!word.frame)
        return;
    hub_each(app->hub, tell, &word);
    frame_unref(word.frame);
    saving->due = word.due;
}
