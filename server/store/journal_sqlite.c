#include "store/journal_threaded.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/sqlite_schema.h"
#include "store/sqlite_writer.h"
#include "store/why.h"

struct journal_sqlite {
    struct journal_threaded threaded;
    struct database database; /* The writer's, while it runs. */
    struct sqlite_writer writer;
};

static void release(struct journal_threaded *t)
{
    struct journal_sqlite *s = (struct journal_sqlite *)t;

    /* After a failure that is final, what the log holds is for the next start to judge. */
    if (s->database.db && atomic_load(&s->writer.writer.health) != 0)
        sqlite3_db_config(s->database.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite_writer_release(&s->writer);
    database_close(&s->database);
    free(s);
}

int journal_sqlite_open(const char *path, void (*wake)(void *), void *wake_context,
                        struct journal **ret_journal, const char **ret_why)
{
    assert(path);
    assert(wake);
    struct journal_sqlite *s = alloc_many(1, sizeof(*s));

    if (!s) {
        *ret_why = "There is not enough memory to open the database.";
        return -ENOMEM;
    }
    s->threaded.release = release;
    s->database.files.lock = -1;
    int error = database_open(path, &s->database, ret_why);
    if (!error) {
        s->writer.files = &s->database.files;
        error = sqlite_writer_prepare(&s->writer, s->database.db, wake, wake_context);
        if (!error)
            error = journal_threaded_start(&s->threaded, &s->writer.writer);
        if (error)
            *ret_why = why_of("The database %s cannot be used: %s.", path, strerror(-error));
    }
    if (error) {
        release(&s->threaded);
        return error;
    }
    *ret_journal = &s->threaded.journal;
    return 0;
}
