/* list.c -- `runde list`: which meetings there are. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/inside.h"
#include "cli/journal.h"
#include "cli/options.h"

static const struct option_row rows[] = {
    { "data", "DIR", "data", "where everything is kept" },
    JOURNAL_OPTION,
    { "config", "FILE", NULL, "an INI file with the same names" },
    { NULL, NULL, NULL, NULL },
};

static void print_day(const json_t *meeting, const char *key)
{
    const json_t *value = json_object_get(meeting, key);
    time_t at = (time_t)(json_integer_value(value) / 1000);
    struct tm tm;
    char day[16] = "-";

    if (value && gmtime_r(&at, &tm))
        strftime(day, sizeof(day), "%Y-%m-%d", &tm);
    printf("  %-10s", day);
}

static int print(const char *answer)
{
    json_t *all = json_loads(answer, 0, NULL), *one;
    size_t i;

    if (!json_is_array(all)) {
        json_decref(all);
        return complain(EX_TEMPFAIL, "the server", "did not list its meetings");
    }
    printf("code       state       made        erased on   facts\n");
    json_array_foreach(all, i, one)
    {
        printf("%s  %-10s", json_string_value(json_object_get(one, "code")),
               json_string_value(json_object_get(one, "state")));
        print_day(one, "made");
        print_day(one, "erases");
        printf("  %lld\n", (long long)json_integer_value(json_object_get(one, "facts")));
    }
    json_decref(all);
    return EX_OK;
}

int cli_list(int argc, char **argv)
{
    struct options o = { .rows = rows,
                         .about = "Lists the meetings of a data folder, whether a server runs on "
                                  "it or not.  Days are UTC's." };
    char *answer = NULL;
    size_t len;
    int code = options_read(&o, argc, argv);

    if (code == 0)
        code = inside_ask(&o, "/inside/list", NULL, 0, &answer, &len);
    if (code == 0)
        code = inside_refused("the meetings", answer);
    if (code == 0)
        code = print(answer);
    free(answer);
    options_free(&o);
    return code;
}
