/* postgres.h -- a PostgreSQL for tests in C (tests/support/postgres.sh), which ends with the
 * program.
 *
 * The program has a database of its own in it.
 */
#ifndef SUPPORT_POSTGRES_H
#define SUPPORT_POSTGRES_H

/* Its connection string; starts it the first time. */
const char *postgres_url(void);

/* The folder of its socket. */
const char *postgres_folder(void);

/* Leaves nothing in the database. */
void postgres_empty(void);

/* Runs SQL, which must work; and gives the first column of its first row, "" where there is none.
 * The text lives until the next call. */
const char *postgres_sql(const char *sql);

/* Does to it what postgres.sh calls "restart", "halt" or "resume", `how` being "fast" or
 * "immediate". */
void postgres_control(const char *action, const char *how);

#endif
