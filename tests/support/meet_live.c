/* meet_live.c -- scripts against the real daemon, on loopback, with a clock that can be moved.
 *
 * The daemon reads its clocks through a file (RUNDE_TEST_CLOCK), and they stand still: however slow
 * the machine is, time passes by `wait` and `restart` alone, as in virtual time.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/check.h"
#include "support/meet_wire.h"

enum { WIRES_MAX = 256 };

struct daemon {
    const char *program;
    char data[512], clock[600];
    int64_t *shift;
    pid_t pid;
    int port;
    struct meet_wire *wires[WIRES_MAX];
};

static struct daemon *running; /* For a script that fails: nothing may outlive it. */

/* Reads until the daemon says where it listens. */
static void read_port(struct daemon *d, int from)
{
    FILE *in = fdopen(from, "r");
    char *line = NULL;
    size_t room = 0;

    CHECK(in);
    while (getline(&line, &room, in) >= 0) {
        char *at = strstr(line, "listening http://127.0.0.1:");
        if (!at)
            continue;
        d->port = atoi(strrchr(at, ':') + 1);
        break;
    }
    CHECK(d->port > 0);
    free(line);
    /* The pipe stays open, so that the daemon's later lines go nowhere without harm. */
    fcntl(fileno(in), F_SETFL, O_NONBLOCK);
}

static void start(struct daemon *d)
{
    int ends[2];
    char listen[32];

    snprintf(listen, sizeof(listen), "127.0.0.1:%d", d->port);
    d->port = 0;
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    d->pid = fork();
    CHECK(d->pid >= 0);
    if (d->pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        setenv("RUNDE_TEST_CLOCK", d->clock, 1);
        execl(d->program, d->program, "serve", "--listen", listen, "--data", d->data, "--rate", "0",
              "--meeting", "none", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    read_port(d, ends[0]);
}

static char *create(void *state, const char *body)
{
    return wire_create(((struct daemon *)state)->port, body);
}

static char *get(void *state, const char *path, const char *query, const char *bearer)
{
    return wire_get(((struct daemon *)state)->port, path, query, bearer);
}

static struct meet_wire *open_wire(void *state)
{
    struct daemon *d = state;
    struct meet_wire *w = wire_open(d->port);

    CHECK(w);
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (!d->wires[i]) {
            d->wires[i] = w;
            break;
        }
    return w;
}

static void close_wire(struct meet_wire *w)
{
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (running->wires[i] == w)
            running->wires[i] = NULL;
    wire_close(w);
}

static void wait_for(void *state, int64_t ms)
{
    struct daemon *d = state;

    __atomic_add_fetch(d->shift, ms, __ATOMIC_SEQ_CST);
    for (size_t i = 0; i < WIRES_MAX; i++)
        if (d->wires[i]) { /* Any frame makes the daemon look at its clock. */
            wire_send(d->wires[i], "{\"clock\":{\"sent\":2}}");
            return;
        }
}

static void restart(void *state, int64_t away_ms)
{
    struct daemon *d = state;

    kill(d->pid, SIGKILL);
    waitpid(d->pid, NULL, 0);
    __atomic_add_fetch(d->shift, away_ms, __ATOMIC_SEQ_CST);
    start(d);
}

static void stop(void)
{
    if (!running)
        return;
    kill(running->pid, SIGKILL);
    waitpid(running->pid, NULL, 0);
    running = NULL;
}

/* A daemon that is told to stop does so by itself, and says that all was well. */
static void finish(void *state)
{
    struct daemon *d = state;
    int status = 0;

    kill(d->pid, SIGTERM);
    waitpid(d->pid, &status, 0);
    running = NULL;
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    munmap(d->shift, sizeof(*d->shift));
    free(d);
}

struct meet_backend meet_live(const char *program, const char *folder)
{
    struct daemon *d = calloc(1, sizeof(*d));
    const int64_t stands[] = { 0, clock_boottime(), clock_wall() };

    CHECK(d);
    d->program = program;
    snprintf(d->data, sizeof(d->data), "%s/data", folder);
    snprintf(d->clock, sizeof(d->clock), "%s/clock", folder);
    int fd = open(d->clock, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0 && write(fd, stands, sizeof(stands)) == (ssize_t)sizeof(stands));
    d->shift = mmap(NULL, sizeof(*d->shift), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    CHECK(d->shift != MAP_FAILED);
    close(fd);
    start(d);
    running = d;
    atexit(stop);
    return (struct meet_backend){
        .name = "daemon",
        .state = d,
        .create = create,
        .get = get,
        .open = open_wire,
        .send = wire_send,
        .receive = wire_receive,
        .close = close_wire,
        .wait = wait_for,
        .restart = restart,
        .finish = finish,
    };
}
