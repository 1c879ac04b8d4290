#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* What a test's file says; beyond its end are zeros. */
struct test_clock {
    _Atomic int64_t shift;
    _Atomic int64_t boottime, wall; /* Where they stand, or 0 where they run. */
};

static const struct test_clock *test; /* Mapped, or NULL. */

static int64_t read_clock(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t in_test(clockid_t id, const _Atomic int64_t *stands)
{
    int64_t at = atomic_load(stands);

    return (at ? at : read_clock(id)) + atomic_load(&test->shift);
}

int64_t clock_boottime(void)
{
    return test ? in_test(CLOCK_BOOTTIME, &test->boottime) : read_clock(CLOCK_BOOTTIME);
}

int64_t clock_steady(void)
{
    return read_clock(CLOCK_BOOTTIME);
}

int64_t clock_wall(void)
{
    return test ? in_test(CLOCK_REALTIME, &test->wall) : read_clock(CLOCK_REALTIME);
}

void clock_boot_id(char ret_chars[static 37])
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

    memset(ret_chars, '0', 36);
    ret_chars[36] = '\0';
    if (fd < 0)
        return;
    char id[36];
    if (read(fd, id, sizeof(id)) == (ssize_t)sizeof(id))
        memcpy(ret_chars, id, sizeof(id));
    close(fd);
}

int clock_test_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return -errno;
    void *at = mmap(NULL, sizeof(*test), PROT_READ, MAP_SHARED, fd, 0);
    int error = at == MAP_FAILED ? -errno : 0;
    close(fd);
    if (error == 0)
        test = at;
    return error;
}
