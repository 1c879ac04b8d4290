#include "cli/demo/view.h"

#include <stdio.h>
#include <string.h>

#include "cli/demo/view_read.h"

/* One function per fact that matters here. */

static unsigned part_began(struct view *v, const json_t *f)
{
    v->part = view_part_at(v, read_string(f, "part"));
    v->state = STATE_RUNNING;
    v->speaker = v->lap = v->laps = 0;
    v->until = v->part_until = read_number(f, "until");
    v->queue.count = v->heard.count = v->hands.count = v->ready.count = 0;
    v->shown = v->written = false;
    return VIEW_PART;
}

static unsigned started(struct view *v, const json_t *f)
{
    (void)f;
    v->state = STATE_RUNNING;
    return VIEW_PART;
}

static unsigned closed(struct view *v, const json_t *f)
{
    (void)f;
    v->state = STATE_CLOSED;
    v->speaker = 0;
    return VIEW_PART;
}

static unsigned plan_changed(struct view *v, const json_t *f)
{
    view_read_slots(v, json_object_get(f, "parts"));
    return 0;
}

static unsigned clocks(struct view *v, const json_t *f)
{
    if (json_object_get(f, "part_until"))
        v->part_until = read_number(f, "part_until");
    if (json_object_get(f, "until"))
        v->until = read_number(f, "until");
    return 0;
}

static unsigned paused(struct view *v, const json_t *f)
{
    (void)f;
    v->state = STATE_PAUSED;
    return VIEW_PART;
}

static unsigned resumed(struct view *v, const json_t *f)
{
    v->state = STATE_RUNNING;
    return clocks(v, f);
}

static unsigned lap_began(struct view *v, const json_t *f)
{
    v->lap = read_number(f, "lap");
    v->laps = read_number(f, "laps");
    v->heard.count = 0;
    view_list_read(&v->queue, json_object_get(f, "order"));
    return 0;
}

static unsigned turn_began(struct view *v, const json_t *f)
{
    v->speaker = read_number(f, "seat");
    v->turn = read_number(f, "turn");
    v->lap = read_number(f, "lap");
    v->until = read_number(f, "until");
    view_list_drop(&v->queue, v->speaker);
    view_list_drop(&v->hands, v->speaker);
    return VIEW_SPEAKER;
}

static unsigned turn_ended(struct view *v, const json_t *f)
{
    v->speaker = 0;
    view_list_put(&v->heard, read_number(f, "seat"));
    return VIEW_SPEAKER;
}

static unsigned turn_deferred(struct view *v, const json_t *f)
{
    v->speaker = 0;
    view_list_put(&v->queue, read_number(f, "seat"));
    return VIEW_SPEAKER;
}

static unsigned ordered(struct view *v, const json_t *f)
{
    view_list_read(&v->queue, json_object_get(f, "order"));
    return 0;
}

static unsigned hand_raised(struct view *v, const json_t *f)
{
    view_list_put(&v->hands, read_number(f, "seat"));
    return 0;
}

static unsigned hand_lowered(struct view *v, const json_t *f)
{
    view_list_drop(&v->hands, read_number(f, "seat"));
    return 0;
}

static unsigned ready_changed(struct view *v, const json_t *f)
{
    (json_is_true(json_object_get(f, "ready")) ? view_list_put
                                               : view_list_drop)(&v->ready, read_number(f, "seat"));
    return 0;
}

static unsigned seat_told(struct view *v, const json_t *f)
{
    view_put_seat(v, f);
    return 0;
}

static unsigned point_added(struct view *v, const json_t *f)
{
    view_add_point(v, f, read_string(f, "contribution"));
    return 0;
}

static unsigned point_withdrawn(struct view *v, const json_t *f)
{
    view_drop_point(v, read_string(f, "contribution"));
    return 0;
}

static unsigned data_changed(struct view *v, const json_t *f)
{
    snprintf(v->figures, sizeof(v->figures), "%s", read_string(f, "data"));
    return 0;
}

static unsigned undone(struct view *v, const json_t *f)
{
    const json_t *block = json_object_get(f, "block");

    view_read_slots(v, json_object_get(block, "plan"));
    view_read_now(v, block);
    return VIEW_PART | VIEW_SPEAKER;
}

static unsigned agenda_changed(struct view *v, const json_t *f)
{
    view_read_parts(v, json_object_get(json_object_get(f, "agenda"), "items"));
    view_read_slots(v, json_object_get(f, "plan"));
    return 0;
}

/* clang-format off */
static const struct {
    const char *fact;
    unsigned (*fold)(struct view *v, const json_t *f);
} folds[] = {
    { "agenda.changed",         agenda_changed },
    { "meeting.started",        started },
    { "meeting.closed",         closed },
    { "part.began",             part_began },
    { "plan.changed",           plan_changed },
    { "clock.changed",          clocks },
    { "clock.corrected",        clocks },
    { "clock.paused",           paused },
    { "clock.resumed",          resumed },
    { "lap.began",              lap_began },
    { "turn.began",             turn_began },
    { "turn.ended",             turn_ended },
    { "turn.deferred",          turn_deferred },
    { "turn.extended",          clocks },
    { "floor.ordered",          ordered },
    { "hand.raised",            hand_raised },
    { "hand.lowered",           hand_lowered },
    { "ready.changed",          ready_changed },
    { "seat.added",             seat_told },
    { "seat.changed",           seat_told },
    { "contribution.added",     point_added },
    { "contribution.withdrawn", point_withdrawn },
    { "data.changed",           data_changed },
    { "undone",                 undone },
};
/* clang-format on */

/* Whether the fact shows what was sealed in the part that runs: each method has its own for it. */
static bool shows(const struct view *v, const char *fact)
{
    const struct view_part *part = view_part(v);
    const char *shown_as = part ? method_infos[part->method].shown_as : NULL;

    return shown_as && strcmp(shown_as, fact) == 0;
}

/* What tells that there is a text, to those who write it or to the console. */
static void note_text(struct view *v, const json_t *f)
{
    const struct view_part *part = view_part(v);
    const struct method_info *is = part ? &method_infos[part->method] : NULL;
    const char *fact = read_string(f, "fact");

    if (is && is->written_by &&
        (strcmp(is->written_as, fact) == 0 || strcmp(is->noted_as, fact) == 0))
        v->written |= view_has_text(f);
}

static unsigned take_facts(struct view *v, const json_t *facts)
{
    unsigned changes = 0;

    for (size_t i = 0; i < json_array_size(facts); i++) {
        const json_t *f = json_array_get(facts, i);
        if (read_number(f, "seq") <= v->seq)
            continue;
        if (shows(v, read_string(f, "fact"))) {
            v->shown = true;
            changes |= VIEW_SHOWN;
        }
        note_text(v, f);
        for (size_t k = 0; k < sizeof(folds) / sizeof(folds[0]); k++)
            if (strcmp(folds[k].fact, read_string(f, "fact")) == 0)
                changes |= folds[k].fold(v, f);
    }
    return changes;
}

unsigned view_take(struct view *v, json_t *frame, int64_t now)
{
    const json_t *welcome = json_object_get(frame, "welcome");
    const json_t *snapshot = json_object_get(frame, "snapshot");
    const json_t *facts = json_object_get(frame, "facts");
    unsigned changes = 0;

    if (welcome)
        v->ahead = read_number(welcome, "now") - now;
    if (snapshot) {
        view_read_snapshot(v, snapshot);
        changes = VIEW_PART | VIEW_SPEAKER;
    } else if (facts) {
        changes = take_facts(v, facts);
    }
    if (snapshot || facts)
        v->seq = read_number(frame, "seq");
    return changes;
}
