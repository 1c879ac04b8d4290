#include "cli/service.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <systemd/sd-daemon.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/data.h"

int service_socket(int *ret_fd)
{
    int fd = SD_LISTEN_FDS_START, count = sd_listen_fds(1);

    *ret_fd = -1;
    if (count <= 0)
        return 0;
    if (count > 1 || sd_is_socket(fd, AF_UNSPEC, SOCK_STREAM, 1) <= 0)
        return complain(EX_CONFIG, "runde.socket", "one stream socket that listens is wanted");
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return complain(EX_OSERR, "runde.socket", "cannot be set to not block");
    *ret_fd = fd;
    return 0;
}

void service_ready(size_t meetings)
{
    sd_notifyf(0, "READY=1\nSTATUS=%zu meetings are stored.", meetings);
}

void service_reloading(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld",
               (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

void service_alive(void)
{
    sd_notify(0, "WATCHDOG=1");
}

void service_stopping(void)
{
    sd_notify(0, "STOPPING=1\nSTATUS=Making everything durable.");
}
