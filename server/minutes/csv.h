/* csv.h -- the cells of a small table out of text, as spreadsheets write it.
 *
 * Reads what web/shared/csv.js reads, letter by letter: separators, quotes, and all that a
 * clipboard may hold.  tests/vectors/tables.json holds for both.
 */
#ifndef MINUTES_CSV_H
#define MINUTES_CSV_H

#include "base/buffer.h"
#include "base/text.h"

/* Where a cell stands in the characters. */
struct csv_cell {
    size_t at, len;
};

/* Rows of one length; columns at the right with nothing in them are no columns. */
struct csv {
    size_t rows, columns;
    struct buffer chars;
    struct csv_cell *cells; /* Row by row. */
};

/* Reads a table, which the caller releases in any case; one without a letter has no rows.  False
 * when memory is exhausted. */
bool csv_read(const struct text *text, struct csv *ret_csv);

void csv_release(struct csv *c);

/* A cell's bytes, without blanks around them: `ret_len` of them, without a closing NUL. */
const char *csv_cell(const struct csv *c, size_t row, size_t column, size_t *ret_len);

/* How many of these bytes are blanks at the beginning, as every language's texts have them. */
size_t csv_blanks(const char *bytes, size_t len);

#endif
