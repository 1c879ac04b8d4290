/* service_host.c -- runs a program as systemd runs a service with a socket of its own.
 *
 *     service_host PROGRAM ARGS...
 *
 * The program gets a listening socket (sd_listen_fds(3)), whose port stands on stderr ("given
 * 40123"), and a place for its notices (sd_notify(3)), which follow there beside its own lines. Its
 * end is also ours; SIGTERM and SIGHUP are passed on.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/check.h"

enum { FIRST_FD = 3, NOTICE_MAX = 4096 };

static volatile sig_atomic_t child;

static void pass_on(int number)
{
    if (child > 0)
        kill((pid_t)child, number);
}

static int listening(int *ret_port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    CHECK(fd >= 0);
    CHECK(bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(fd, 64) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
    *ret_port = ntohs(at.sin_port);
    return fd;
}

/* A datagram socket of an abstract name, which NOTIFY_SOCKET writes with an @. */
static int notices(char *ret_name, size_t room)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    CHECK(fd >= 0);
    snprintf(ret_name, room, "@runde-service-host-%ld", (long)getpid());
    memcpy(at.sun_path + 1, ret_name + 1, strlen(ret_name + 1));
    CHECK(bind(fd, (struct sockaddr *)&at,
               (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(ret_name))) == 0);
    return fd;
}

static void become(char **argv, int socket_fd, const char *notify)
{
    char own[32];

    CHECK(dup2(socket_fd, FIRST_FD) == FIRST_FD);
    snprintf(own, sizeof(own), "%ld", (long)getpid());
    setenv("LISTEN_PID", own, 1);
    setenv("LISTEN_FDS", "1", 1);
    setenv("NOTIFY_SOCKET", notify, 1);
    execv(argv[0], argv);
    _exit(127);
}

int main(int argc, char **argv)
{
    char name[64], notice[NOTICE_MAX + 1];
    int port, socket_fd, notify_fd, status;

    CHECK(argc > 1);
    notify_fd = notices(name, sizeof(name));
    socket_fd = listening(&port);
    dprintf(STDERR_FILENO, "given %d\n", port);
    signal(SIGTERM, pass_on);
    signal(SIGHUP, pass_on);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
        become(argv + 1, socket_fd, name);
    close(socket_fd);

    struct timeval glance = { .tv_usec = 50000 };
    setsockopt(notify_fd, SOL_SOCKET, SO_RCVTIMEO, &glance, sizeof(glance));
    for (bool over = false;;) {
        ssize_t n = recv(notify_fd, notice, NOTICE_MAX, 0);
        if (n > 0) {
            dprintf(STDERR_FILENO, "%.*s\n", (int)n, notice);
        } else if (over) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
        } else {
            over = waitpid((pid_t)child, &status, WNOHANG) == (pid_t)child;
        }
    }
}
