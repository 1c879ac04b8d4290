/* meet_nodes.c -- scripts against two real servers that share a database and a key, each client at
 * one of them by chance; and one of them may be killed in the middle.
 *
 * Meetings' time stands still as in meet_live.c, for both servers and for the clock that they have
 * in common, which is the database's: tests.clock has what it shows.  What goes on between servers
 * (leases, trunks, whoever is held) takes its time, and no meeting sees it.
 *
 * The database is RUNDE_JOURNAL's (tests/support/postgres.sh run).
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/check.h"
#include "support/meet_wire.h"

enum {
    NODES = 2,
    PORT_FIRST = 20000,
    PORTS = 12000,
    LOOK_US = 20000,
    LOOKS_MAX = 3000,
    UPGRADES_MAX = 5
};

struct node {
    pid_t pid;
    int port;
};

struct nodes {
    const char *program;
    char folder[512], clock[600], key[600];
    int64_t *shift;
    uint64_t dice;
    struct node at[NODES];
    int killed; /* The port of whom was killed last. */
};

static struct nodes *running; /* For a script that fails: nothing may outlive it. */

static uint64_t roll(struct nodes *n, uint64_t sides)
{
    n->dice = n->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (n->dice >> 33) % sides;
}

/* Runs SQL; the first line that it gives, "" where there is none, lives until the next call. */
static const char *sql(const char *format, ...)
{
    static char line[256];
    char text[1024], command[2048];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    snprintf(command, sizeof(command), "psql -qXAt -v ON_ERROR_STOP=1 \"$RUNDE_JOURNAL\" -c \"%s\"",
             text);
    FILE *out = popen(command, "r");
    CHECK(out);
    line[0] = '\0';
    if (!fgets(line, sizeof(line), out))
        line[0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    CHECK(pclose(out) == 0);
    return line;
}

static bool is_free(int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool yes = bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0;

    close(fd);
    return yes;
}

static void start(struct nodes *n, int i)
{
    char listen[32], url[64], data[600], log[600];
    const char name[2] = { (char)('a' + i) };

    snprintf(listen, sizeof(listen), "127.0.0.1:%d", n->at[i].port);
    snprintf(url, sizeof(url), "http://%s", listen);
    snprintf(data, sizeof(data), "%s/%s", n->folder, name);
    snprintf(log, sizeof(log), "%s/%s.log", n->folder, name);
    n->at[i].pid = fork();
    CHECK(n->at[i].pid >= 0);
    if (n->at[i].pid > 0)
        return;
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    int to = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    dup2(null, STDOUT_FILENO);
    dup2(to, STDERR_FILENO);
    setenv("RUNDE_TEST_CLOCK", n->clock, 1);
    execl(n->program, n->program, "serve", "--listen", listen, "--data", data, "--rate", "0",
          "--meeting", "none", "--node", name, "--node-url", url, "--cluster-key-file", n->key,
          "--log", "debug", (char *)NULL);
    _exit(127);
}

static void wait_until_up(const struct node *at)
{
    for (int i = 0; i < LOOKS_MAX; i++, usleep(LOOK_US)) {
        char *said = wire_get(at->port, "/readyz", "", "");
        bool up = said && strncmp(said, "ready", 5) == 0;
        free(said);
        if (up)
            return;
        CHECK(waitpid(at->pid, NULL, WNOHANG) == 0);
    }
    CHECK(!"a server comes up");
}

static void kill_node(struct nodes *n, int i)
{
    kill(n->at[i].pid, SIGKILL);
    waitpid(n->at[i].pid, NULL, 0);
}

static int any_port(struct nodes *n)
{
    return n->at[roll(n, NODES)].port;
}

/* Whoever finds nobody at one server tries another, as behind a balancer. */
static char *create(void *state, const char *body)
{
    char *answer = NULL;

    for (int i = 0; i < LOOKS_MAX && !(answer = wire_create(any_port(state), body)); i++)
        usleep(LOOK_US);
    return answer;
}

static char *get(void *state, const char *path, const char *query, const char *bearer)
{
    char *answer = NULL;

    for (int i = 0; i < LOOKS_MAX && !answer; i++)
        if (!(answer = wire_get(any_port(state), path, query, bearer)))
            usleep(LOOK_US);
    return answer;
}

static struct meet_wire *open_wire(void *state)
{
    struct meet_wire *w = NULL;

    for (int i = 0; i < LOOKS_MAX && !(w = wire_open(any_port(state))); i++)
        usleep(LOOK_US);
    CHECK(w);
    return w;
}

/* Any request makes a server look at its clock. */
static void wait_for(void *state, int64_t ms)
{
    struct nodes *n = state;

    sql("UPDATE tests.clock SET shows = shows + %" PRId64, ms);
    __atomic_add_fetch(n->shift, ms, __ATOMIC_SEQ_CST);
    for (int i = 0; i < NODES; i++)
        free(wire_get(n->at[i].port, "/healthz", "", ""));
}

/* Both are killed; what they had a lease of is older by so long. */
static void restart(void *state, int64_t away_ms)
{
    struct nodes *n = state;

    for (int i = 0; i < NODES; i++)
        kill_node(n, i);
    sql("UPDATE tests.clock SET shows = shows + %" PRId64
        "; UPDATE runde.node SET until = until - interval '%" PRId64 " ms'",
        away_ms, away_ms);
    __atomic_add_fetch(n->shift, away_ms, __ATOMIC_SEQ_CST);
    for (int i = 0; i < NODES; i++)
        start(n, i);
    for (int i = 0; i < NODES; i++)
        wait_until_up(&n->at[i]);
}

static void strike(void *state, const char *code)
{
    struct nodes *n = state;
    const char *owner = sql("SELECT owner FROM runde.meeting WHERE code = '%s'", code);
    int i = *owner == 'b';

    n->killed = n->at[i].port;
    kill_node(n, i);
    start(n, i);
}

static bool is_struck(const struct meet_wire *w)
{
    return w->port == running->killed;
}

/* After a script that failed: what both servers have said last. */
static void stop(void)
{
    char command[600];

    if (!running)
        return;
    snprintf(command, sizeof(command), "tail -n 8 '%s'/[ab].log >&2", running->folder);
    (void)!system(command);
    for (int i = 0; i < NODES; i++)
        kill_node(running, i);
    running = NULL;
}

/* Servers that are told to stop do so by themselves, and say that all was well. */
static void finish(void *state)
{
    struct nodes *n = state;

    for (int i = 0; i < NODES; i++)
        wait_until_up(&n->at[i]);
    running = NULL;
    for (int i = 0; i < NODES; i++) {
        int status = 0;
        kill(n->at[i].pid, SIGTERM);
        waitpid(n->at[i].pid, &status, 0);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    munmap(n->shift, sizeof(*n->shift));
    free(n);
}

static int open_file(const char *path, const void *bytes, size_t len)
{
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    CHECK(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
    return fd;
}

static void open_clock(struct nodes *n)
{
    const int64_t stands[] = { 0, clock_boottime(), clock_wall() };
    int fd = open_file(n->clock, stands, sizeof(stands));

    n->shift = mmap(NULL, sizeof(*n->shift), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    CHECK(n->shift != MAP_FAILED);
    close(fd);
}

/* Makes the tables, and gives the clock that servers share into the test's hand. */
static void open_database(const struct nodes *n)
{
    char command[600];
    bool done = false;

    /* On a machine that is very busy the database may not answer at once. */
    snprintf(command, sizeof(command), "'%s' upgrade >&2", n->program);
    for (int i = 0; i < UPGRADES_MAX && !done; i++)
        done = system(command) == 0;
    CHECK(done);
    sql("CREATE SCHEMA tests; CREATE TABLE tests.clock AS SELECT 1000000::bigint AS shows;"
        " DROP TABLE runde.clock; CREATE VIEW runde.clock AS SELECT"
        " (extract(epoch FROM clock_timestamp()) * 1000)::bigint - shows AS zero FROM tests.clock");
}

struct meet_backend meet_nodes(const char *program, const char *folder, uint64_t seed)
{
    static const char key[] = "a key of thirty-two characters, or more\n";
    struct nodes *n = calloc(1, sizeof(*n));
    int port = PORT_FIRST + getpid() * NODES % PORTS;

    CHECK(n);
    n->program = program;
    n->dice = seed;
    snprintf(n->folder, sizeof(n->folder), "%s", folder);
    snprintf(n->clock, sizeof(n->clock), "%s/clock", folder);
    snprintf(n->key, sizeof(n->key), "%s/key", folder);
    close(open_file(n->key, key, sizeof(key) - 1));
    open_clock(n);
    open_database(n);
    for (int i = 0; i < NODES; i++, port++) {
        while (!is_free(port))
            port++;
        n->at[i].port = port;
    }
    for (int i = 0; i < NODES; i++)
        start(n, i);
    running = n;
    atexit(stop);
    for (int i = 0; i < NODES; i++)
        wait_until_up(&n->at[i]);
    return (struct meet_backend){
        .name = "two servers",
        .state = n,
        .create = create,
        .get = get,
        .open = open_wire,
        .send = wire_send,
        .receive = wire_receive,
        .close = wire_close,
        .wait = wait_for,
        .restart = restart,
        .strike = strike,
        .is_struck = is_struck,
        .finish = finish,
    };
}
