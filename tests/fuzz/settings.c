/* An INI file of the server's settings. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/data.h"
#include "cli/options.h"
#include "cli/settings.h"
#include "fuzz/fuzz.h"

/* As those of `runde serve`, which are in a file of its own with all that they set up. */
static const struct option_row rows[] = {
    { "listen", "HOST:PORT", "0.0.0.0:8080", "" },
    { "base-url", "URL", NULL, "" },
    { "rate", "N", "10", "" },
    { "config", "FILE", NULL, "" },
    { "verbose", NULL, NULL, "" },
    { NULL, NULL, NULL, NULL },
};

/* Of the program, which says on stderr what is wrong. */
int complain(int code, const char *what, const char *why)
{
    (void)what;
    (void)why;
    return code;
}

int complain_of(int code, const char *format, ...)
{
    (void)format;
    return code;
}

bool settings_has(const char *name)
{
    return strcmp(name, "keep-days") == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct options o = { .rows = rows, .about = "" };
    int file = memfd_create("settings", 0);
    char path[64];
    char *argv[] = { (char[]){ "runde fuzz" }, (char[]){ "--config" }, path, NULL };
    long rate;

    HOLDS(file >= 0 && write(file, bytes, len) == (ssize_t)len);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    if (options_read(&o, 3, argv) == 0) {
        HOLDS(options_get(&o, "listen"));
        if (options_number(&o, "rate", 0, 1000, &rate))
            HOLDS(rate >= 0 && rate <= 1000);
    }
    options_free(&o);
    close(file);
    return 0;
}
