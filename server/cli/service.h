/* service.h -- what systemd and the server tell each other; nothing happens where systemd did not
 * start it. */
#ifndef CLI_SERVICE_H
#define CLI_SERVICE_H

#include <stddef.h>

/* The socket that systemd listens on for us (a unit with runde.socket, sd_listen_fds(3)).
 * Returns 0 and the socket, -1 where there is none; or an exit code after saying what is wrong. */
int service_socket(int *ret_fd);

/* For Type=notify: meetings are led, settings are read anew (service_ready tells the end of it),
 * the loop turns, the end has begun. */
void service_ready(size_t meetings);
void service_reloading(void);
void service_alive(void);
void service_stopping(void);

#endif
