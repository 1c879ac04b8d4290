#include "net/pages.h"

#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "net/negotiate.h"

/* clang-format off */
static const struct {
    const char *path;
    const char *page;
    enum { ALONE, WITH_CODE, EITHER } code; /* Whether a join code follows the path. */
} routes[] = {
    { "/",        "start",   ALONE     },
    { "/m",       "phone",   WITH_CODE },
    { "/console", "console", WITH_CODE },
    { "/board",   "board",   EITHER    },
    { "/minutes", "minutes", WITH_CODE },
    { "/chef",    "chief",   ALONE     },
};
/* clang-format on */

static const struct page *choose(const struct page *table, const char *name, const char *query,
                                 const char *language)
{
    const struct page *best = NULL;
    char asked[8] = "";
    int most = -1;

    negotiate_query(query, "lang", asked, sizeof(asked));
    for (const struct page *p = table; p->name; p++) {
        if (strcmp(p->name, name) != 0)
            continue;
        if (strcmp(p->locale, asked) == 0)
            return p;
        /* Danish is what nobody need ask for. */
        int weight = 2 * negotiate_language(language, p->locale) + !strcmp(p->locale, "da");
        if (weight > most) {
            most = weight;
            best = p;
        }
    }
    return best;
}

static void write_place(const char *path, const char *code, const char *query,
                        char ret_place[static PAGE_PLACE_ROOM])
{
    char lang[8] = "";

    negotiate_query(query, "lang", lang, sizeof(lang));
    bool asked = lang[0] && strspn(lang, "abcdefghijklmnopqrstuvwxyz-") == strlen(lang);
    snprintf(ret_place, PAGE_PLACE_ROOM, "%s/%s%s%s", path, code, asked ? "?lang=" : "",
             asked ? lang : "");
}

const struct page *pages_find(const struct page *table, const char *path, const char *query,
                              const char *language, int *ret_status,
                              char ret_place[static PAGE_PLACE_ROOM])
{
    char code[CODE_CHARS + 1];

    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        size_t n = strlen(routes[i].path);
        bool bare = strcmp(path, routes[i].path) == 0;
        if (bare && routes[i].code != WITH_CODE) {
            *ret_status = 200;
            return choose(table, routes[i].page, query, language);
        }
        if (routes[i].code == ALONE || strncmp(path, routes[i].path, n) != 0 || path[n] != '/')
            continue;
        const char *rest = path + n + 1;
        bool good = code_read(rest, strlen(rest), code);
        *ret_status = !good ? 404 : strcmp(rest, code) == 0 ? 200 : 302;
        if (*ret_status == 302)
            write_place(routes[i].path, code, query, ret_place);
        return choose(table, good ? routes[i].page : "start", query, language);
    }
    return NULL;
}

const struct asset *pages_asset(const struct asset *table, const char *path)
{
    for (const struct asset *a = table; a->path; a++)
        if (strcmp(a->path, path) == 0)
            return a;
    return NULL;
}
