/* postgres_statements.h -- the statements that are prepared on every connection, by name. */
#ifndef STORE_POSTGRES_STATEMENTS_H
#define STORE_POSTGRES_STATEMENTS_H

struct postgres_statement {
    const char *name, *sql;
};

/* Ends with a NULL name. */
extern const struct postgres_statement postgres_statements[];

#endif
