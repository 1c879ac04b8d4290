/* batch.h -- the facts of one command, on their way to the journal and back. */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"

/* One fact as it is kept.  `text` holds what can be redacted (texts and authors) as a JSON object
 * of its own, in a table of its own; NULL when the fact has nothing of the kind. */
struct journal_row {
    int64_t seq;
    int64_t at; /* Meeting clock, ms. */
    char *body; /* JSON object: the fact without what stands in `text`. */
    char *text;
};

/* The facts of one command.  The submitter makes it and frees it with batch_free once it has
 * come back; in between it is the journal's. */
struct batch {
    char meeting[CODE_CHARS + 1];
    int64_t epoch;      /* Who owns the meeting; 1 while there is one node. */
    int64_t generation; /* From 1; raised by each rebuild of the meeting. */
    int64_t wall;       /* Wall clock, ms since 1970: for people only. */
    bool has_command;
    struct uuid command; /* The id of the command that caused it, remembered for ever. */
    char *made;          /* JSON object of what the command made, for its reply; or NULL. */
    size_t count;        /* Rows; at least 1. */
    struct journal_row *rows;
    /* Facts of earlier batches whose texts this one blanks, in its own transaction.  The last
     * `text_only` of them lose their text alone.  The others lose the command that caused them as
     * well, with what it made.  For example, points of a retrospect lose both when they are shown,
     * for a command's id would tell whose phone sent it.  A note of yesterday loses its text: its
     * command tells nothing, and should the phone send it again, it must get the same answer. */
    size_t blank_count;
    int64_t *blanks; /* Numbers of facts. */
    size_t text_only;
    void *context; /* The submitter's own; the journal never looks at it. */
};

/* Makes a batch with room for `count` rows and `blank_count` blanks, all zeroed.
 * NULL when memory is exhausted. */
struct batch *batch_new(size_t count, size_t blank_count);

/* Frees the batch with its rows.  NULL is ignored. */
void batch_free(struct batch *b);

#endif
