#include "app/app.h"
#include "base/clock.h"

static int64_t boottime(void *context)
{
    (void)context;
    return clock_boottime();
}

static int64_t steady(void *context)
{
    (void)context;
    return clock_steady();
}

static int64_t wall(void *context)
{
    (void)context;
    return clock_wall();
}

static void fill(void *context, void *ret_bytes, size_t len)
{
    (void)context;
    random_fill(ret_bytes, len);
}

static struct uuid uuid(void *context)
{
    (void)context;
    return uuid_new();
}

const struct app_ports *app_machine(void)
{
    static const struct app_ports machine = {
        .boottime = boottime, .steady = steady, .wall = wall, .random = fill, .uuid = uuid
    };

    return &machine;
}
