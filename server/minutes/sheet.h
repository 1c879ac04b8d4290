/* sheet.h -- what the cells of a table are: heads of columns, names of rows, figures.
 *
 * The rules are those of web/shared/csv.js, so that the minutes have the table that was on the
 * wall; tests/vectors/tables.json holds for both.
 */
#ifndef MINUTES_SHEET_H
#define MINUTES_SHEET_H

#include "minutes/csv.h"

enum { SHEET_NO_LABEL = -1 };

struct sheet {
    struct csv csv;
    bool headed; /* The first row is made of column heads. */
    int label;   /* The column that names the rows, or SHEET_NO_LABEL. */
};

/* As csv_read. */
bool sheet_read(const struct text *text, struct sheet *ret_sheet);

void sheet_release(struct sheet *s);

/* How many rows stand below the heads. */
size_t sheet_rows(const struct sheet *s);

#endif
