/* pages.h -- the pages and scripts that are built into the server, and which one a request gets.
 *
 * The two tables are made from web/ when the server is built, compressed already, in two ways:
 * browsers take brotli over a connection that is secure, and gzip everywhere.
 */
#ifndef NET_PAGES_H
#define NET_PAGES_H

#include <stddef.h>

struct packed {
    const unsigned char *bytes;
    size_t len;
};

struct page {
    const char *name;           /* "start", "phone", "console", "board", "minutes", "chief" */
    const char *locale;         /* "da" */
    const char *csp;            /* Content-Security-Policy without connect-src. */
    struct packed gzip, brotli; /* brotli: none where it has no bytes. */
    const unsigned char *plain;
    size_t plain_len;
    const char *etag;
};

struct asset {
    const char *path;           /* "/a/3f9c….js", by its content; or "/sw.js" */
    const char *type;           /* Content-Type */
    struct packed gzip, brotli; /* brotli: none where it has no bytes. */
};

extern const struct page pages[];   /* Ends with a NULL name. */
extern const struct asset assets[]; /* Ends with a NULL path. */

enum { PAGE_PLACE_ROOM = 48 };

/* Finds the page that stands at `path`.
 *
 * table     a table like `pages`
 * query     may hold "lang=da", which wins over
 * language  the Accept-Language header, or ""
 * ret_status  200; 302 where the page stands at `ret_place`, for the code is written in another
 * way; or 404 where the start page answers for what is no code Returns NULL when no page stands
 * there. */
const struct page *pages_find(const struct page *table, const char *path, const char *query,
                              const char *language, int *ret_status,
                              char ret_place[static PAGE_PLACE_ROOM]);

/* The asset at `path`, or NULL. */
const struct asset *pages_asset(const struct asset *table, const char *path);

#endif
