/* wall_jump.c -- preloaded into a server, it lets the clock on the wall jump, and leaves all others
 * alone.
 *
 * WALL_JUMP names a file of 8 bytes, a native int64_t of milliseconds that are added to
 * CLOCK_REALTIME, by whatever call it is read.  The machine's own clock is not touched.
 */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const _Atomic int64_t *jump;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("WALL_JUMP");
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *at = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(*jump), PROT_READ, MAP_SHARED, fd, 0);

    if (at == MAP_FAILED)
        abort();
    close(fd);
    jump = at;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    long error = syscall(SYS_clock_gettime, id, t);

    if (error == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) && jump) {
        int64_t ns = t->tv_nsec + atomic_load(jump) % 1000 * 1000000;

        t->tv_sec += atomic_load(jump) / 1000 + ns / 1000000000 - (ns < 0);
        t->tv_nsec = (ns + 1000000000) % 1000000000;
    }
    return (int)error;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone)
{
    struct timespec now;

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    *t = (struct timeval){ .tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000 };
    return 0;
}

time_t time(time_t *ret_now)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (ret_now)
        *ret_now = now.tv_sec;
    return now.tv_sec;
}
