/* html.h -- a document as one complete page of HTML. */
#ifndef MINUTES_HTML_H
#define MINUTES_HTML_H

#include <stddef.h>

#include "minutes/document.h"

/* The page stands alone: its language, its title (the first heading), a style that also suits
 * paper, no script and nothing to fetch.  Every character from the document is escaped.
 * The caller frees it; `ret_len` in bytes.  NULL when memory is exhausted. */
char *html_write(const struct document *d, size_t *ret_len);

#endif
