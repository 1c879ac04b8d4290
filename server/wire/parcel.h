/* parcel.h -- a meeting as a file, to be taken from one server to another.
 *
 *     {"runde":"meeting","version":1,"code":"K7QM-4XPR","zero":1764000000000,"facts":412}
 *     {"seq":1,"at":0,"wall":1764000000000,"rest":4,"fact":{...},"text":{...}}
 *     ...
 *     {"end":412,"sum":"<SHA-256 of all lines before>"}
 *
 * A line for each fact, as the journal has it: secrets are their hashes.  `zero` is when the
 * meeting clock stood at 0, by the clock on the wall.  The sum finds what was damaged or edited; it
 * is no signature.
 */
#ifndef WIRE_PARCEL_H
#define WIRE_PARCEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/ids.h"

enum { PARCEL_VERSION = 1, PARCEL_BYTES_MAX = 256 * 1024 * 1024 };

/* Strings are JSON objects, and owned; `text` and `made` may be NULL. */
struct parcel_fact {
    int64_t seq, at, wall;
    int64_t rest; /* Facts of the same command that follow. */
    char *body, *text, *made;
    bool has_command;
    struct uuid command;
};

struct parcel {
    char code[CODE_CHARS + 1];
    int64_t zero;
    size_t count;
    struct parcel_fact *facts;
};

/* What is wrong with a file. */
enum parcel_fault {
    PARCEL_WHOLE,
    PARCEL_UNLIKE,  /* It is no meeting of Runde's. */
    PARCEL_NEWER,   /* A later release has made it. */
    PARCEL_CUT,     /* Its end is missing. */
    PARCEL_EDITED,  /* It is not as it was written. */
    PARCEL_FOREIGN, /* It holds facts that this release does not know. */
    PARCEL_NO_MEMORY,
};

/* Writes a file: the head, each fact in order, and the end. */
void parcel_begin(struct buffer *b, const char *code, int64_t zero, int64_t facts);
void parcel_add(struct buffer *b, const struct parcel_fact *fact);
void parcel_end(struct buffer *b, int64_t facts);

/* Reads a file.  On PARCEL_WHOLE `ret_parcel` is filled, to be released; else it is empty.  That
 * the facts are a meeting is not looked at here, but that each is one. */
enum parcel_fault parcel_read(const char *bytes, size_t len, struct parcel *ret_parcel);
void parcel_release(struct parcel *parcel);

#endif
