/* statement.h -- two pages of words that whoever runs a server owes to people: what becomes of what
 * they say (/privatliv), and for whom the pages work (/tilgaengelighed).  Danish and English.
 */
#ifndef NET_STATEMENT_H
#define NET_STATEMENT_H

#include <stdbool.h>

/* Who runs the server, as its options say; NULL or "" where they do not, and then the pages show a
 * mark in its place. */
struct statement_host {
    const char *organisation; /* "Nordby Kommune" */
    const char *contact;      /* How to reach them: an address, a telephone, an e-mail address. */
    const char *dpo;          /* How to reach their data protection officer. */
    const char *reviewed;     /* "2026-11-30", when they last looked through the accessibility. */
    int keep_days;            /* How long a new meeting is kept after its end. */
};

/* Whether `text` is a day that there is, as `reviewed` has it. */
bool statement_is_day(const char *text);

/* Whether a page of this kind stands at `path`. */
bool statement_is(const char *path);

/* The language in which it is told: by "lang" of the query, else by Accept-Language, else Danish.
 */
const char *statement_locale(const char *query, const char *language);

/* The page as HTML, to be freed; NULL when memory is exhausted. */
char *statement_write(const char *path, const char *locale, const struct statement_host *host);

#endif
