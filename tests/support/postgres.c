#include "support/postgres.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/check.h"

static char folder[128], url[256];
static pid_t starter;

static void stop(void)
{
    if (getpid() == starter) /* And not a child of it. */
        postgres_control("stop", "");
}

void postgres_control(const char *action, const char *how)
{
    char command[512];

    snprintf(command, sizeof(command), SOURCE_FOLDER "/tests/support/postgres.sh %s %s %s", action,
             folder, how);
    CHECK(system(command) == 0);
}

const char *postgres_url(void)
{
    char command[256];

    if (folder[0])
        return url;
    snprintf(command, sizeof(command), SOURCE_FOLDER "/tests/support/postgres.sh start %d",
             getpid());
    FILE *said = popen(command, "r");
    CHECK(said);
    bool got = fgets(folder, sizeof(folder), said) != NULL;
    CHECK(pclose(said) == 0 && got);
    folder[strcspn(folder, "\n")] = '\0';
    starter = getpid();
    atexit(stop);
    snprintf(url, sizeof(url), "postgresql://runde@/postgres?host=%s", folder);
    return url;
}

const char *postgres_folder(void)
{
    (void)postgres_url();
    return folder;
}

const char *postgres_sql(const char *sql)
{
    static char first[4096];
    PGconn *c = PQconnectdb(postgres_url());
    PGresult *r = PQexec(c, sql);

    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        fprintf(stderr, "%s", PQerrorMessage(c));
    CHECK(PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK);
    bool any = PQntuples(r) > 0 && PQnfields(r) > 0;
    snprintf(first, sizeof(first), "%s", any ? PQgetvalue(r, 0, 0) : "");
    PQclear(r);
    PQfinish(c);
    return first;
}

void postgres_empty(void)
{
    (void)postgres_sql("SET client_min_messages = error; DROP SCHEMA IF EXISTS runde CASCADE");
}
