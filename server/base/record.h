/* record.h -- what a plain struct is made of, and what can be done with any struct so described.
 *
 * The descriptions are made from protocol/ (protocol.gen.c).  With them one piece of code copies,
 * compares and frees every command, fact and record; wire/record_json reads and writes them.
 * A zeroed struct is an empty one: no texts, no lists, nothing optional present.
 */
#ifndef BASE_RECORD_H
#define BASE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clean.h"
#include "base/ids.h"
#include "base/text.h"

/* Lists, owned by the struct they stand in; `at` is NULL when `count` is 0. */
struct ints {
    size_t count;
    int64_t *at;
};
struct texts {
    size_t count;
    struct text **at; /* None of them NULL. */
};
struct uuids {
    size_t count;
    struct uuid *at;
};

enum record_type {
    RECORD_INT,     /* int64_t */
    RECORD_BOOL,    /* bool */
    RECORD_INSTANT, /* struct instant */
    RECORD_SPAN,    /* struct span */
    RECORD_UUID,    /* struct uuid */
    RECORD_HASH,    /* struct hash */
    RECORD_TEXT,    /* struct text *, NULL when absent */
    RECORD_ENUM,    /* an enum, 0 when absent */
    RECORD_RECORD,  /* another struct, in place */
    RECORD_INTS,    /* struct ints; also lists of instants */
    RECORD_TEXTS,   /* struct texts */
    RECORD_UUIDS,   /* struct uuids */
    RECORD_LIST,    /* struct NAME_list: a count, and structs of one kind */
};

/* The forms that a text of fixed form has; as regular expressions in protocol/types.json. */
enum record_pattern {
    PATTERN_NONE,
    PATTERN_UUID,
    PATTERN_HASH,
    PATTERN_SECRET,
    PATTERN_CODE,
    PATTERN_DATE,
    PATTERN_TIME,
    PATTERN_PART_ID,
    PATTERN_URL,
    PATTERN_ZONE,
};

/* The words of an enum, by its values; names[0] is NULL and means "absent". */
struct record_enum {
    const char *name;
    size_t count; /* Of `names`, the first included. */
    const char *const *names;
};

struct record;

struct record_field {
    const char *name;
    enum record_type type;
    bool required;
    bool redact;       /* Kept apart in the journal, so that it can be blanked: may be missing. */
    bool untold;       /* Kept in the journal, and told to nobody. */
    bool null;         /* Always told: as null when it is absent. */
    size_t offset;     /* In the struct. */
    size_t has_offset; /* Of the bool that says whether it is there; SIZE_MAX when none does. */
    int64_t min, max;  /* Range of an integer, or code points of a text without a pattern. For
                          lists of these: of each element. */
    size_t count_max;  /* Elements of a list. */
    enum record_pattern pattern;
    enum clean clean;                 /* Of a text that comes from a person. */
    const struct record_enum *values; /* ENUM */
    const struct record *of;          /* RECORD and LIST */
};

struct record {
    const char *name;
    size_t size;
    size_t count;
    const struct record_field *fields;
};

/* Frees what `thing` owns and zeroes it; the struct itself stays the caller's.  NULL as `r`
 * stands for a struct without fields: nothing happens. */
void record_release(const struct record *r, void *thing);

/* Copies `from` into `ret_to`, which owns the copy: texts by reference, lists anew.
 * False when memory is exhausted; then `ret_to` is untouched and nothing is left owned. */
bool record_copy(const struct record *r, void *ret_to, const void *from);

/* Whether both hold the same; an absent field equals only an absent one. */
bool record_same(const struct record *r, const void *a, const void *b);

/* Whether `thing` has this field; it always has those that are required. */
bool record_has(const struct record_field *f, const void *thing);

/* The element count of a list field and where its elements begin (NULL when there are none). */
size_t record_list(const struct record_field *f, const void *thing, void **ret_at);

/* Makes room for `more` elements of `size` bytes at the end of a list (a pointer to any of the list
 * structs), whose `count` stays as it is.  False when memory is exhausted; nothing is changed. */
bool record_list_room(void *list, size_t more, size_t size);

/* Bytes of one element of a list field. */
size_t record_element_size(const struct record_field *f);

#endif
