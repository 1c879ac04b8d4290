/* odt.h -- the minutes as an OpenDocument text (ODF 1.2), which Danish public bodies must be able
 * to take. */
#ifndef MINUTES_ODT_H
#define MINUTES_ODT_H

#include "minutes/document.h"

/* The file's bytes, which the caller frees; NULL when memory is exhausted. */
char *odt_write(const struct document *d, size_t *ret_len);

#endif
