/* protogen.h -- the protocol folder as protogen holds it between reading and writing.
 *
 * A host tool that runs once a build: whatever is wrong with the folder ends it, naming the
 * file.  The model and every JSON tree live until the process ends; names and texts are
 * borrowed from the trees.
 */
#ifndef PROTOGEN_H
#define PROTOGEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
    LIMITS_MAX = 100,
    REFUSALS_MAX = 200,
    TYPES_MAX = 100,
    FIELDS_MAX = 48,
    RECORDS_MAX = 100,
    VERBS_MAX = 200, /* Commands, and facts. */
    HOMES_MAX = 60,
};

/* What a field is; in the order of enum record_type in base/record.h. */
enum kind {
    KIND_INT,
    KIND_BOOL,
    KIND_INSTANT,
    KIND_SPAN,
    KIND_UUID,
    KIND_HASH,
    KIND_TEXT,
    KIND_ENUM,
    KIND_RECORD,
    KIND_INTS,
    KIND_TEXTS,
    KIND_UUIDS,
    KIND_LIST,
};

/* A row of types.json. */
struct type {
    const char *name;
    enum kind kind; /* INT up to ENUM */
    int64_t min, max;
    const char *pattern; /* Its name in upper case, "NONE" without one. */
    json_t *values;      /* ENUM: array of strings. */
};

struct field {
    const char *name;
    enum kind kind;
    bool required, redact;
    int64_t min, max;
    size_t count_max;
    const char *pattern;
    const struct type *type; /* ENUM: its words. */
    const struct record *of; /* RECORD and LIST */
};

struct record {
    const char *name;
    const char *about;
    bool listed; /* Some list has elements of it. */
    size_t count;
    struct field fields[FIELDS_MAX];
};

/* A command or a fact. */
struct verb {
    const char *name;
    const char *home;
    char c_name[64]; /* seat_add */
    char tag[80];    /* command_seat_add */
    json_t *roles;   /* Who may send it, or who sees it ("author" too). */
    json_t *refusals;
    const char *made; /* NULL when a command makes nothing. */
    bool author, redacts;
    struct record record; /* Its fields; count 0 for none. */
};

struct model {
    size_t limit_count, refusal_count, type_count, record_count, command_count, fact_count;
    struct {
        const char *name;
        int64_t value;
    } limits[LIMITS_MAX];
    const char *refusals[REFUSALS_MAX];
    struct type types[TYPES_MAX];
    struct record records[RECORDS_MAX]; /* Each after those it holds. */
    struct verb commands[VERBS_MAX], facts[VERBS_MAX];
};

/* Ends the process with a line that names `file`.  (protogen_name.c) */
_Noreturn void die(const char *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads all of `folder` into the model.  (protogen_read.c) */
void read_all(struct model *m, const char *folder);

/* Reads a JSON object; the tree lives as long as the process.  (protogen_read.c) */
json_t *read_object(const char *folder, const char *file);

/* Ends the process when `object` has a key that is not in `allowed`: words, each with a blank
 * on both sides.  (protogen_read.c) */
void check_keys(json_t *object, const char *file, const char *allowed);

/* The record of this name, read on first use; NULL when there is no such file.
 * (protogen_read.c) */
struct record *find_record(struct model *m, const char *folder, const char *name);

/* One row of types.json.  (protogen_schema.c) */
void read_type(struct model *m, const char *name, json_t *schema);

/* The properties of an object schema as fields of `ret_record`.  (protogen_schema.c) */
void read_fields(struct model *m, const char *folder, const char *file, json_t *schema,
                 struct record *ret_record);

/* Whether a frame's schema keeps to the keywords and names that are known; frames alone may
 * nest objects and say "or null".  (protogen_schema.c) */
void check_frame(struct model *m, const char *folder, const char *file, json_t *schema);

/* A name as a C constant (upper case) or as a C member, '.' as '_'; a C keyword gets a '_'
 * after it.  Both return one of a few buffers in turn.  (protogen_name.c) */
const char *upper(const char *name);
const char *member(const char *name);

void write_header(const struct model *m, FILE *out);          /* protogen_header.c */
void write_tables(const struct model *m, FILE *out);          /* protogen_tables.c */
void write_dispatch_header(const struct model *m, FILE *out); /* protogen_dispatch.c */
void write_dispatch(const struct model *m, FILE *out);
void write_javascript(const struct model *m, FILE *out); /* protogen_js.c */

#endif
