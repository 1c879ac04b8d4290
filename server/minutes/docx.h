/* docx.h -- a document as Word takes it: WordprocessingML (ISO/IEC 29500) in a zip archive.
 *
 * Headings, lists, tables and captions are Word's own styles, so that a reader can navigate,
 * restyle and make a tagged PDF; the language and the title are said.  The parts that are the same
 * in every document stand in docx_parts.c.
 */
#ifndef MINUTES_DOCX_H
#define MINUTES_DOCX_H

#include "minutes/document.h"

/* The archive, which the caller frees; NULL when memory is exhausted. */
char *docx_write(const struct document *d, size_t *ret_len);

#endif
