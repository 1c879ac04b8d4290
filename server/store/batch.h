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
    size_t blank_count;
    int64_t *blanks;  /* Numbers of facts whose text is blanked in the same transaction, and with
                       * it the command, and `made`, of the batch that each came in. */
    size_t text_only; /* So many of them, the last, lose their text alone: their commands say
                       * nothing, and are still to be known when they come again. */
    void *context;    /* The submitter's own; the journal never looks at it. */
};

/* Makes a batch with room for `count` rows and `blank_count` blanks, all zeroed.
 * NULL when memory is exhausted. */
struct batch *batch_new(size_t count, size_t blank_count);

/* Frees the batch with its rows.  NULL is ignored. */
void batch_free(struct batch *b);

#endif
