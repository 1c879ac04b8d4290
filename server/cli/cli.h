/* cli.h -- the subcommands of `runde`, one file each. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/app.h"

/* One subcommand: `argv` begins with its whole name, "runde serve".  Returns an exit code of
 * sysexits.h. */
typedef int cli_run_fn(int argc, char **argv);

struct cli_command {
    const char *name;
    const char *about; /* One line for `runde --help`. */
    cli_run_fn *run;
};

cli_run_fn cli_serve, cli_demo, cli_new, cli_link, cli_check, cli_version, cli_list, cli_export,
    cli_import, cli_erase, cli_backup, cli_chief, cli_upgrade;

/* The templates that are built in; made by web/embed.js, ends with a NULL name. */
extern const struct app_template templates[];

#endif
