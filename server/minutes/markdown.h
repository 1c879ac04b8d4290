/* markdown.h -- a document as Markdown: CommonMark, with the tables of GitHub's dialect. */
#ifndef MINUTES_MARKDOWN_H
#define MINUTES_MARKDOWN_H

#include <stddef.h>

#include "minutes/document.h"

/* Every character that could mean something to a Markdown reader is escaped, so that what a
 * person wrote is shown as it was written: no markup, no link, no picture, no HTML.
 * The caller frees it; `ret_len` in bytes.  NULL when memory is exhausted. */
char *markdown_write(const struct document *d, size_t *ret_len);

#endif
