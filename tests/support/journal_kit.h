/* journal_kit.h -- a journal under test, of any kind, and what came back from it. */
#ifndef SUPPORT_JOURNAL_KIT_H
#define SUPPORT_JOURNAL_KIT_H

#include <semaphore.h>

#include "store/journal.h"

enum { KIT_RETURNS_MAX = 8192 };

enum kit_kind { KIT_MEMORY, KIT_SQLITE, KIT_POSTGRES };

/* When kit_erase says that a meeting is erased. */
#define KIT_ERASED INT64_C(1700000999000)

/* A batch that came back. */
struct kit_return {
    char meeting[CODE_CHARS + 1];
    int64_t first, last;
    bool durable;
    size_t readings; /* How many readings had ended by then. */
};

struct kit {
    struct journal *journal;
    enum kit_kind kind;
    char path[256]; /* SQLite: the database file; its URI too has the VFS. */
    const char *vfs;
    const char *where; /* PostgreSQL: the connection string, if another than postgres_url(). */
    const char *node;  /* The same: the name among several. */
    const char *why;
    sem_t woken;
    int64_t wakes;
    size_t pending; /* Batches and readings that have not come back. */
    size_t count;
    struct kit_return returns[KIT_RETURNS_MAX];
    size_t readings;
};

/* What a reading brought, with copies of its strings. */
struct kit_facts {
    struct kit *kit;
    bool ended;
    int error;
    size_t count, room;
    struct kit_fact {
        int64_t seq, at, wall;
        char *body, *text, *made;
        bool has_command;
        struct uuid command;
    } * facts;
};

/* Makes a kit: in memory, on SQLite in a new temporary folder through `vfs` (or NULL), or in an
 * empty database of PostgreSQL.  Ends the program when that does not work. */
struct kit *kit_new(enum kit_kind kind, const char *vfs);

/* Opens the journal again, not in memory; returns what opening returned. */
int kit_open(struct kit *k);

/* Closes the journal only; not in memory.  kit_open may follow. */
void kit_shut(struct kit *k);

/* Closes it and removes what is on disk. */
void kit_free(struct kit *k);

/* A batch of epoch and generation 1, with bodies and texts that tell meeting and number, and a
 * command of its own. */
struct batch *kit_batch(const char *meeting, int64_t first, size_t count);

/* The texts that kit_batch writes for a fact.  The caller frees. */
char *kit_body(const char *meeting, int64_t seq);
char *kit_text(const char *meeting, int64_t seq);

/* Submits it, which must work. */
void kit_submit(struct kit *k, struct batch *b);

/* Submits `count` batches of one fact from `first` on. */
void kit_submit_many(struct kit *k, const char *meeting, int64_t first, size_t count);

/* Waits until all that was asked for has come back. */
void kit_settle(struct kit *k);

/* Declares a meeting, and settles a first fact. */
void kit_begin(struct kit *k, const char *meeting);

/* Reads a meeting from `from` on, and settles.  kit_facts_clear frees what came. */
struct kit_facts kit_read(struct kit *k, const char *meeting, int64_t from, int64_t generation);
void kit_facts_clear(struct kit_facts *f);

/* How kit_read asks: to be used where it must not settle. */
void kit_fact(void *facts, const struct journal_fact *fact, int error);

/* Erases, settles, and returns how that ended. */
int kit_erase(struct kit *k, const char *meeting);

/* How many of the batches that came back were durable. */
size_t kit_durable(const struct kit *k);

/* Whether the facts are numbers from..to of the meeting, as kit_batch wrote them. */
bool kit_facts_are(const struct kit_facts *f, const char *meeting, int64_t from, int64_t to);

#endif
