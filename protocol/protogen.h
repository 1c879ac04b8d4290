/* protogen.h -- the protocol folder, and the pages' words for it, as protogen holds them between
 * reading and writing.
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
    TRAITS_MAX = 60,
    METHODS_MAX = 30,
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
    enum kind kind; /* One of KIND_INT to KIND_ENUM. */
    int64_t min, max;
    const char *pattern; /* The form's name as a C constant ("DATE"); "NONE": any text. */
    const char *clean;   /* What the server makes of it, NULL: nothing. */
    json_t *values;      /* ENUM: array of strings. */
};

struct field {
    const char *name;
    enum kind kind;
    bool required, redact;
    bool untold; /* Of a fact: kept in the journal, told to nobody. */
    bool null;   /* Always there on the wire, as null when it is absent. */
    /* A field that a spread record ("...post") brings.  Example: "...post" spreads a record that
     * spreads "...content"; in C the field `text` of that is post.content.text. */
    const struct record *spread; /* The record that brings it; NULL: the schema names it itself. */
    const char *spread_name;     /* The member that holds that record: "post". */
    const char *path;            /* The members that lead to the field: "post.content". */
    bool counted;                /* The struct has a bool has_NAME beside it. */
    int64_t min, max;
    size_t count_max;
    const char *pattern;
    const char *clean;
    const struct type *type; /* KIND_ENUM: the type with its words. */
    const struct record *of; /* KIND_RECORD: which; KIND_LIST: the record of its elements. */
};

struct record {
    const char *name;
    const char *about;
    bool listed; /* Some list has it as elements: C has a struct NAME_list. */
    size_t count;
    struct field fields[FIELDS_MAX];
};

/* How a command is undone: `undo` in protocol/commands/ (protocol/README.md, "Undo"). */
struct undo {
    bool covered;     /* It is a step that undo takes back. */
    bool everybodys;  /* Whoever sends it makes a step; else only the console does. */
    bool memento;     /* The step keeps the course of the meeting. */
    bool keeps;       /* NAME_keep and NAME_back keep and restore what stands beside the course. */
    const char *seat; /* Whom the step names: "speaker", "named" (its `seat`), or "next". */
    bool part;        /* The step names its `part`; else the running one. */
    const char *as;   /* The step's label, where it is another command's. */
};

/* A command or a fact. */
struct verb {
    const char *name;
    char c_name[64]; /* seat_add */
    char tag[80];    /* command_seat_add */
    json_t *roles;   /* Who may send it, or who sees it ("author" too). */
    json_t *later;   /* Of a command: who of them only once the meeting is over; NULL: nobody. */
    json_t *refusals;
    const char *made; /* NULL when a command makes nothing. */
    bool author, redacts, untold;
    bool minutes;         /* Of a fact: what it tells stands in the minutes. */
    bool undated;         /* Of a fact: it has the time of the fact before it. */
    bool handset;         /* Of a fact: its author is the phone of that hash alone. */
    bool room;            /* Of a fact: NAME_room makes memory ready before it is applied. */
    const char *blanks;   /* Of a fact with `blanks`, the numbers of earlier facts: "texts" of these
                           * are   blanked, or "commands" too; NULL: it has none. */
    struct undo undo;     /* Of a command. */
    const char *method;   /* The method whose own it is; NULL: of none. */
    struct record record; /* Its fields; count 0 for none. */
};

enum trait_kind {
    TRAIT_BOOLEAN,
    TRAIT_INTEGER,
    TRAIT_COMMAND, /* The name of one of the method's own commands. */
    TRAIT_FACT,    /* The name of one of its own facts. */
    TRAIT_SEEN,    /* The name of a field of its `seen`, a list in snapshots. */
    TRAIT_STRINGS, /* For pages alone; C has no column for it. */
    TRAIT_WORDS,   /* A set of words of an enum. */
};

/* A row of traits.json: what can be said of a method. */
struct trait {
    const char *name, *about;
    enum trait_kind kind;
    const struct type *type; /* TRAIT_WORDS: of which enum. */
};

/* A method: a row of protocol/methods/. */
struct method {
    const char *name, *file, *about;
    int64_t place; /* In lists that people choose from. */
    json_t *row;
    const struct record *settings; /* What an agenda may say of its parts alone; NULL: nothing. */
    const struct record *state;    /* What it keeps of a meeting; NULL: nothing. */
    const struct record *seen;     /* What it adds to a snapshot; NULL: nothing. */
};

struct model {
    size_t limit_count, refusal_count, type_count, record_count, command_count, fact_count;
    size_t trait_count, method_count;
    struct {
        const char *name;
        int64_t value;
    } limits[LIMITS_MAX];
    const char *refusals[REFUSALS_MAX];
    struct type types[TYPES_MAX];
    struct record records[RECORDS_MAX]; /* Each after those it holds. */
    struct verb commands[VERBS_MAX], facts[VERBS_MAX];
    struct trait traits[TRAITS_MAX];
    struct method methods[METHODS_MAX]; /* By their place. */
    json_t *functions;                  /* Those that phones offer, a list for each locale. */
    json_t *words;                      /* The locale files, in the order of enum locale. */
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

/* The record of this name, read on first use; NULL when neither a file nor a method's row has it.
 * (protogen_read.c) */
struct record *find_record(struct model *m, const char *folder, const char *name);

/* Ends the process when `word` has letters other than a-z, 0-9, '_' and those in `extra`.
 * (protogen_read.c) */
void need_word(const char *file, const char *word, const char *extra);

/* A text that must be there.  (protogen_read.c) */
const char *need_string(json_t *object, const char *file, const char *key);

/* Read the methods, in this order: their names, which make the enum `method`, before anything that
 * names a method; the traits; what each keeps and adds to a snapshot; and, once commands and facts
 * are there, check the rows against all of these.  (protogen_methods.c) */
void read_method_names(struct model *m, const char *folder);
void read_traits(struct model *m, const char *folder);
void read_method_records(struct model *m, const char *folder);
void check_methods(struct model *m);

/* The method whose row holds a record of this name, or NULL; and that record's schema.
 * (protogen_methods.c) */
const struct method *method_with_record(const struct model *m, const char *name);
json_t *method_record(const struct method *method, const char *name);

/* Reads the locale files of `folder`, after the methods.  (protogen_words.c) */
void read_words(struct model *m, const char *folder);

/* The type of this name, one of types.json or `method`; NULL when there is none.
 * (protogen_schema.c) */
const struct type *find_type(const struct model *m, const char *name);

/* find_field: the field of this name, or NULL.  place_of: the field as C names it in the record's
 * struct, e.g. "post.content.text". */
const struct field *find_field(const struct record *r, const char *name);
const char *place_of(const struct field *f);

/* The command or fact of this name, or NULL.  (protogen_methods.c) */
struct verb *find_verb(struct verb *verbs, size_t count, const char *name);

/* Calls `each` for every file of a sub folder that ends in .json, in the order of their names'
 * bytes. (protogen_read.c) */
typedef void file_fn(struct model *m, const char *folder, const char *file, const char *name);
void each_file(struct model *m, const char *folder, const char *sub, file_fn *each);

/* One row of types.json.  (protogen_schema.c) */
void read_type(struct model *m, const char *name, json_t *schema);

/* The properties of an object schema as fields of `ret_record`.  (protogen_schema.c) */
void read_fields(struct model *m, const char *folder, const char *file, json_t *schema,
                 struct record *ret_record);

/* Ends the process unless a frame's schema keeps to the keywords and names that are known.  Only
 * frames may nest objects and say "or null".  (protogen_schema.c) */
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
void write_types(const struct model *m, FILE *out);      /* protogen_types.c */

/* The methods' part of protocol.gen.h, protocol.gen.c and protocol.js.  (protogen_methods.c) */
void write_method_header(const struct model *m, FILE *out);
void write_method_tables(const struct model *m, FILE *out);
void write_method_javascript(const struct model *m, FILE *out);

/* What people call methods and answers, in protocol.gen.h and .c.  (protogen_words.c) */
void write_word_header(FILE *out);
void write_word_tables(const struct model *m, FILE *out);

#endif
