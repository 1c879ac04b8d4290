#include "app/waking.h"

#include "app/state.h"

static void look_at(struct app *app, struct room *r)
{
    int64_t at;

    if (!room_wake_at(r, &at) || (app->first_due && at >= app->due_at))
        return;
    app->first_due = r;
    app->due_at = at;
}

void waking_all(struct app *app)
{
    app->first_due = NULL;
    for (size_t i = 0; i < app->room_count; i++)
        look_at(app, app->rooms[i]);
}

void waking_changed(struct room *r)
{
    struct app *app = r->app;
    int64_t at;

    bool was_first = app->first_due == r;
    if (was_first && room_wake_at(r, &at) && at <= app->due_at) {
        app->due_at = at;
        return;
    }
    if (was_first)
        waking_all(app);
    else
        look_at(app, r);
}
