/* journal_threaded.h -- the owner's side of a journal whose database a writer thread owns.
 *
 * Of no interest outside store/.  Such a kind embeds `struct journal_threaded` as its first member
 * and brings its writer and `close`; all else of journal_ops.h is here.
 */
#ifndef STORE_JOURNAL_THREADED_H
#define STORE_JOURNAL_THREADED_H

#include "store/journal_ops.h"
#include "store/writer.h"

struct journal_threaded {
    struct journal journal;
    struct writer *writer;
    pthread_t thread;
    void (*release)(struct journal_threaded *t); /* Frees it, once the thread has ended. */
};

/* Starts the thread that runs `writer`, with `release` set: 0 or a negative errno. */
int journal_threaded_start(struct journal_threaded *t, struct writer *writer);

#endif
