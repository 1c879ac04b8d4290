#include "cli/options.h"

#include <argp.h>
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/settings.h"

/* What argp knows an option by: the row's number behind all characters, so that none has a short
 * form. */
enum { KEY_FIRST = 256, KEY_HELP = 'h' };

const char *argp_program_version = "runde " RUNDE_VERSION;

static const char precedence[] =
    "\vA flag comes before the environment (RUNDE_LISTEN for --listen, and so on), the environment "
    "before the file that --config names, which has one `NAME = VALUE` a line.  What is a flag "
    "without a value here is yes or no there.";

static int row_of(const struct options *o, const char *name)
{
    for (int i = 0; o->rows[i].name; i++)
        if (strcmp(o->rows[i].name, name) == 0)
            return i;
    return -1;
}

/* Sets a value that no earlier source has set; false when memory is exhausted. */
static bool set(struct options *o, int row, const char *value)
{
    if (!o->values[row])
        o->values[row] = strdup(value);
    return o->values[row] != NULL;
}

static bool is_yes_or_no(const char *value)
{
    return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
}

/* The same for what stands in the environment or the file, where `source` is its name there.
 * 0, or an exit code after saying what is wrong. */
static int take(struct options *o, int row, const char *source, const char *value)
{
    if (!o->rows[row].argument && !is_yes_or_no(value))
        return complain_of(EX_CONFIG, "%s is yes or no, not %s", source, value);
    return set(o, row, value) ? 0 : complain(EX_OSERR, "runde", "memory is exhausted");
}

static error_t take_flag(int key, char *argument, struct argp_state *state)
{
    struct options *o = state->input;

    switch (key) {
    case KEY_HELP:
        argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
        return 0;
    case ARGP_KEY_ARG:
        if (o->word_count == o->words_most)
            return ARGP_ERR_UNKNOWN; /* argp says that there are too many. */
        o->words[o->word_count++] = argument;
        return 0;
    case ARGP_KEY_END:
        if (o->word_count < o->words_least)
            argp_error(state, "needs %s", o->words_about);
        return 0;
    default:
        if (key < KEY_FIRST || key >= KEY_FIRST + OPTIONS_MAX)
            return ARGP_ERR_UNKNOWN;
        /* The last of two equal flags counts. */
        free(o->values[key - KEY_FIRST]);
        o->values[key - KEY_FIRST] = NULL;
        return set(o, key - KEY_FIRST, argument ? argument : "yes") ? 0 : ENOMEM;
    }
}

/* Says the default behind what an option is about; argp frees what differs from `text`. */
static char *with_default(int key, const char *text, void *input)
{
    const struct options *o = input;
    char *longer;

    if (!o || !text || key < KEY_FIRST || key >= KEY_FIRST + OPTIONS_MAX)
        return (char *)text;
    const struct option_row *row = &o->rows[key - KEY_FIRST];
    if (!row->otherwise || asprintf(&longer, "%s [%s]", text, row->otherwise) < 0)
        return (char *)text;
    return longer;
}

static int read_flags(struct options *o, int argc, char **argv)
{
    struct argp_option flags[OPTIONS_MAX + 2] = { 0 };
    char *about;
    int count = 0;

    for (; o->rows[count].name; count++) {
        assert(count < OPTIONS_MAX);
        flags[count] = (struct argp_option){ .name = o->rows[count].name,
                                             .key = KEY_FIRST + count,
                                             .arg = o->rows[count].argument,
                                             .doc = o->rows[count].about,
                                             .group = count + 1 }; /* In the table's order. */
    }
    flags[count].key = KEY_HELP;
    flags[count].flags = OPTION_HIDDEN;
    if (asprintf(&about, "%s%s", o->about, count > 0 ? precedence : "") < 0)
        return complain(EX_OSERR, "runde", "memory is exhausted");
    const struct argp argp = { .options = flags,
                               .parser = take_flag,
                               .args_doc = o->words_about,
                               .doc = about,
                               .help_filter = with_default };
    int error = argp_parse(&argp, argc, argv, 0, NULL, o);
    free(about);
    return error ? complain(EX_OSERR, "runde", strerror(error)) : 0;
}

static int read_environment(struct options *o)
{
    int code = 0;

    for (int i = 0; o->rows[i].name && code == 0; i++) {
        char name[64] = "RUNDE_";
        for (size_t k = 0; o->rows[i].name[k] && k + 7 < sizeof(name); k++) {
            char c = o->rows[i].name[k];
            name[6 + k] = c == '-' ? '_' : (char)toupper((unsigned char)c);
        }
        const char *value = getenv(name);
        if (value && *value)
            code = take(o, i, name, value);
    }
    return code;
}

/* What inih hands every line of the file to; it goes on after a line that is wrong. */
struct file {
    struct options *options;
    int code; /* Of the first that was. */
};

static int take_line(void *context, const char *section, const char *name, const char *value)
{
    struct file *f = context;
    int row = row_of(f->options, name), code = EX_CONFIG;

    (void)section;
    if (row < 0 && settings_has(name))
        return 1; /* It is the server's, whose file it is. */
    if (row < 0)
        complain_of(code, "the file has an unknown setting: %s", name);
    else
        code = take(f->options, row, name, value);
    if (f->code == 0)
        f->code = code;
    return code == 0;
}

static int read_file(struct options *o)
{
    const char *path = row_of(o, "config") < 0 ? NULL : options_get(o, "config");
    struct file file = { .options = o };

    if (!path)
        return 0;
    int line = ini_parse(path, take_line, &file);
    if (line == 0)
        return 0;
    if (line < 0)
        complain_of(0, "%s cannot be read: %s", path, strerror(errno));
    else
        complain_of(0, "%s: line %d is not a setting", path, line);
    return line < 0 ? EX_NOINPUT : file.code ? file.code : EX_CONFIG;
}

int options_read(struct options *o, int argc, char **argv)
{
    int code = read_flags(o, argc, argv);

    if (code == 0)
        code = read_environment(o);
    return code ? code : read_file(o);
}

void options_free(struct options *o)
{
    for (size_t i = 0; i < OPTIONS_MAX; i++)
        free(o->values[i]);
}

const char *options_get(const struct options *o, const char *name)
{
    int row = row_of(o, name);

    assert(row >= 0);
    return o->values[row] ? o->values[row] : o->rows[row].otherwise;
}

bool options_set(struct options *o, const char *name, const char *value)
{
    int row = row_of(o, name);

    assert(row >= 0);
    free(o->values[row]);
    o->values[row] = NULL;
    return !value || set(o, row, value);
}

bool options_on(const struct options *o, const char *name)
{
    const char *value = options_get(o, name);

    return value && strcmp(value, "yes") == 0;
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
        complain_of(0, "--%s must be a number from %ld to %ld, not %s", name, least, most, value);
        return false;
    }
    *ret_number = number;
    return true;
}
