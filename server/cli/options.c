#include "cli/options.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static int row_of(const struct options *o, const char *name)
{
    for (int i = 0; o->rows[i].name; i++)
        if (strcmp(o->rows[i].name, name) == 0)
            return i;
    return -1;
}

static void help(const struct options *o)
{
    printf("%s\n\n", o->usage);
    for (int i = 0; o->rows[i].name; i++) {
        const struct option_row *r = &o->rows[i];
        char flag[64];
        snprintf(flag, sizeof(flag), "--%s%s%s", r->name, r->argument ? " " : "",
                 r->argument ? r->argument : "");
        printf("  %-26s %s%s%s%s\n", flag, r->about, r->otherwise ? " [" : "",
               r->otherwise ? r->otherwise : "", r->otherwise ? "]" : "");
    }
    printf("\nA flag comes before the environment (RUNDE_LISTEN for --listen, and so on), the\n"
           "environment before the file that --config names.\n");
}

static int read_flags(struct options *o, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        const char *flag = argv[i];
        if (strcmp(flag, "--help") == 0 || strcmp(flag, "-h") == 0) {
            help(o);
            return -1;
        }
        int row = strncmp(flag, "--", 2) == 0 ? row_of(o, flag + 2) : -1;
        if (row < 0) {
            fprintf(stderr, "runde: there is no option %s; try --help\n", flag);
            return EX_USAGE;
        }
        bool takes = o->rows[row].argument;
        if (takes && i + 1 == argc) {
            fprintf(stderr, "runde: %s wants %s\n", flag, o->rows[row].argument);
            return EX_USAGE;
        }
        free(o->values[row]);
        o->values[row] = strdup(takes ? argv[++i] : "yes");
    }
    return 0;
}

static void read_environment(struct options *o)
{
    for (int i = 0; o->rows[i].name; i++) {
        char name[64] = "RUNDE_";
        for (size_t k = 0; o->rows[i].name[k] && k + 7 < sizeof(name); k++) {
            char c = o->rows[i].name[k];
            name[6 + k] = c == '-' ? '_' : (char)toupper((unsigned char)c);
        }
        const char *value = getenv(name);
        if (value && *value && !o->values[i])
            o->values[i] = strdup(value);
    }
}

static int take_line(void *context, const char *section, const char *name, const char *value)
{
    struct options *o = context;
    int row = row_of(o, name);

    (void)section;
    if (row < 0) {
        fprintf(stderr, "runde: the file has an unknown setting: %s\n", name);
        return 0;
    }
    if (!o->values[row])
        o->values[row] = strdup(value);
    return 1;
}

static int read_file(struct options *o)
{
    const char *path = options_get(o, "config");

    if (!path)
        return 0;
    int line = ini_parse(path, take_line, o);
    if (line == 0)
        return 0;
    if (line < 0)
        fprintf(stderr, "runde: %s cannot be read: %s\n", path, strerror(errno));
    else
        fprintf(stderr, "runde: %s: line %d is no setting\n", path, line);
    return line < 0 ? EX_NOINPUT : EX_CONFIG;
}

int options_read(struct options *o, int argc, char **argv)
{
    int code = read_flags(o, argc, argv);

    if (code != 0)
        return code;
    read_environment(o);
    return read_file(o);
}

void options_free(struct options *o)
{
    for (size_t i = 0; i < OPTIONS_MAX; i++)
        free(o->values[i]);
}

const char *options_get(const struct options *o, const char *name)
{
    int row = row_of(o, name);

    if (row < 0)
        return NULL;
    return o->values[row] ? o->values[row] : o->rows[row].otherwise;
}

bool options_number(const struct options *o, const char *name, long least, long most,
                    long *ret_number)
{
    const char *value = options_get(o, name);
    char *end = NULL;

    assert(value);
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end || number < least || number > most) {
        fprintf(stderr, "runde: --%s wants a number from %ld to %ld, not %s\n", name, least, most,
                value);
        return false;
    }
    *ret_number = number;
    return true;
}
