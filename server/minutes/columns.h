/* columns.h -- how wide the columns of a table are in Word and in OpenDocument. */
#ifndef MINUTES_COLUMNS_H
#define MINUTES_COLUMNS_H

#include "minutes/document.h"

/* Shares `width`, in twentieths of a point, out: each column has room for its longest word, where
 * the table does, and what is left goes by how much the columns hold.  How many there are. */
size_t columns_share(const struct document *d, const struct node *table, int width,
                     int ret_widths[static DOCUMENT_COLUMNS]);

#endif
