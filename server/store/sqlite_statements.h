/* sqlite_statements.h -- the prepared statements behind sqlite_rows.h, and running them.
 *
 * Of no interest outside the files that implement sqlite_rows.h.
 */
#ifndef STORE_SQLITE_STATEMENTS_H
#define STORE_SQLITE_STATEMENTS_H

#include "store/sqlite_rows.h"

enum statement {
    SQL_BEGIN,
    SQL_BEGIN_READING,
    SQL_COMMIT,
    SQL_SAVE,
    SQL_KEEP,
    SQL_GO_BACK,
    SQL_FACT_LAST,
    SQL_FACT_ADD,
    SQL_FACT_LINK,
    SQL_FACT_GET,
    SQL_FACT_FORGET,
    SQL_FACT_WIPE,
    SQL_FACT_WIPE_ALL,
    SQL_TEXT_WIPE_ALL,
    SQL_TEXT_ADD,
    SQL_TEXT_BLANK,
    SQL_MEETING_LAST,
    SQL_MEETING_GET,
    SQL_MEETING_ADD,
    SQL_MEETING_MOVE,
    SQL_MEETING_REMOVE,
    SQL_MEETING_NEXT,
    SQL_ERASED_ADD,
    SQL_ERASED_FORGET,
    SQL_ERASED_NEXT,
    SQL_MARK_PUT,
    SQL_MARK_GET,
    SQL_COUNT
};

struct rows {
    sqlite3 *db;
    sqlite3_stmt *at[SQL_COUNT];
    struct uuid command; /* What rows_get points to. */
    bool broken;
    int log_pages;
};

/* Runs a statement that gives no row. */
int statement_run(struct rows *r, enum statement which);

/* Steps to the one row that a statement gives; -ENOENT when it gives none.  The caller resets. */
int statement_row(struct rows *r, enum statement which);

/* Binds a string without copying it: it must outlive the run.  NULL binds null. */
void statement_text(sqlite3_stmt *s, int at, const char *text);

#endif
