/* settings.h -- what a server is told: the options of `runde serve`, which `runde check` looks at
 * too. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "app/app.h"
#include "cli/options.h"
#include "net/net.h"

/* Each is a flag, a name in the environment and a line of the file, which all commands share. */
extern const struct option_row settings_rows[];

/* Whether there is one of this name. */
bool settings_has(const char *name);

/* Reads what the application is told; `create_key`, `draw_qr` and `base_url` stay as they are.
 * Strings are borrowed from `o`.  0, or an exit code after saying what is wrong. */
int settings_app(const struct options *o, struct app_options *ret_options);

/* Lets through of the log what they say, when settings_app has found that they can be. */
void settings_log(const struct options *o);

/* Binds and listens as it is told.
 *
 * inlet      a short path for the socket of whoever runs the server, or NULL
 * listen_fd  a socket that listens already, or -1
 * 0, or an exit code after saying what is wrong.  Free with net_free. */
int settings_net(const struct options *o, const char *inlet, int listen_fd, struct net **ret_net);

/* Gives a net that runs the settings that it can take then (net_reload).  0, or an exit code after
 * saying what is wrong; then it has kept what it had. */
int settings_net_reload(const struct options *o, const char *inlet, struct net *net);

enum { SETTINGS_NAMES_ROOM = 512 };

/* What differs in `fresh` from `running`, by name, joined by commas: what can change while a server
 * runs, and what a start alone can change and `fresh` therefore gets from `running`.  False when
 * memory is exhausted. */
bool settings_compare(const struct options *running, struct options *fresh,
                      char ret_changed[static SETTINGS_NAMES_ROOM],
                      char ret_left[static SETTINGS_NAMES_ROOM]);

#endif
