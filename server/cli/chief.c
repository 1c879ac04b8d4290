/* chief.c -- `runde chief`: a link for the chief of several schools, and the code of it for
 * leaders.
 *
 * No server is asked: nothing is kept of a chief, so there is nobody to tell (app/chiefs.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/chief.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/links.h"
#include "cli/options.h"

static const struct option_row rows[] = {
    { "base-url", "URL", "http://localhost:8080", "how others reach the server" },
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static const char about[] =
    "Creates a link by which the area head of several schools reads what was agreed there, side by "
    "side.\n\n"
    "The link is secret, and remembered nowhere: keep it.  The code goes to the school leaders; "
    "each "
    "of them shares a meeting, once it is over, by typing it on their page, and can stop at any "
    "time.  No server need be running.";

/* How many characters of it are the address, without a slash at its end; 0 where it is none, has a
 * path or would end the link. */
static size_t address_of(const char *url)
{
    size_t scheme = strncmp(url, "http://", 7) == 0 ? 7 : strncmp(url, "https://", 8) == 0 ? 8 : 0;
    size_t host = strcspn(url + scheme, " \t\r\n#?\"<>/\\");
    const char *rest = url + scheme + host;

    return scheme > 0 && host > 0 && strspn(rest, "/") == strlen(rest) ? scheme + host : 0;
}

static int make(const struct options *o)
{
    const char *url = options_get(o, "base-url");
    char secret[SECRET_CHARS + 1], code[CHIEF_CODE_CHARS + 1], *link;

    size_t len = address_of(url);

    if (len == 0)
        return complain(EX_USAGE, url, "must be http://HOST:PORT or https://HOST, without a path");
    secret_new(secret);
    chief_code_of(hash_of(secret, SECRET_CHARS), code);
    if (asprintf(&link, "%.*s/chef#%s", (int)len, url, secret) < 0)
        return complain(EX_OSERR, "runde chief", "no memory");
    links_print_chief(link, code);
    free(link);
    return EX_OK;
}

int cli_chief(int argc, char **argv)
{
    struct options o = { .rows = rows, .about = about };
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = make(&o);
    options_free(&o);
    return code;
}
