/* absent_postgres.c -- journal_postgres.h, and of ownership.h what is PostgreSQL's, of a program
 * that was built without libpq. */
#include <errno.h>

#include "store/journal_postgres.h"
#include "store/ownership.h"

int journal_postgres_look(const char *where, const char **ret_why)
{
    (void)where;
    *ret_why = "this program was built without PostgreSQL";
    return -ENOSYS;
}

int journal_postgres_open(const char *where, const char *node, void (*wake)(void *),
                          void *wake_context, struct journal **ret_journal, const char **ret_why)
{
    (void)node;
    (void)wake;
    (void)wake_context;
    (void)ret_journal;
    return journal_postgres_look(where, ret_why);
}

int journal_postgres_upgrade(const char *where, const char **ret_why)
{
    return journal_postgres_look(where, ret_why);
}

int journal_postgres_check(const char *where, void (*note)(const char *line), const char **ret_why)
{
    (void)note;
    return journal_postgres_look(where, ret_why);
}

int ownership_postgres_open(const char *where, const char *name, const char *url, const char *mark,
                            struct ownership **ret_ownership, const char **ret_why)
{
    (void)name;
    (void)url;
    (void)ret_ownership;
    return journal_postgres_look(where, ret_why);
}
