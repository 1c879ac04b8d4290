/* protogen_header.c -- protocol.gen.h: enums, structs and the declarations of the tables. */
#include "protogen.h"

#include <string.h>

static void write_limits(const struct model *m, FILE *out)
{
    fputs("/* limits.json */\nenum {\n", out);
    for (size_t i = 0; i < m->limit_count; i++)
        fprintf(out, "    LIMIT_%s = %" JSON_INTEGER_FORMAT ",\n", upper(m->limits[i].name),
                (json_int_t)m->limits[i].value);
    fputs("};\n\n", out);
}

static void write_enums(const struct model *m, FILE *out)
{
    fputs("/* refusals.json; the names as they stand on the wire, [0] NULL. */\n"
          "enum refusal {\n    REFUSED_NOT = 0,\n",
          out);
    for (size_t i = 0; i < m->refusal_count; i++)
        fprintf(out, "    REFUSED_%s,\n", upper(m->refusals[i]));
    fputs("    REFUSED_COUNT,\n};\nextern const char *const refusal_names[REFUSED_COUNT];\n\n",
          out);
    fputs("/* types.json; NOT stands for \"absent\". */\n", out);
    for (size_t i = 0; i < m->type_count; i++) {
        const struct type *t = &m->types[i];
        size_t k;
        json_t *value;
        if (t->kind != KIND_ENUM)
            continue;
        fprintf(out, "enum %s {\n    %s_NOT = 0,\n", t->name, upper(t->name));
        json_array_foreach(t->values, k, value)
            fprintf(out, "    %s_%s,\n", upper(t->name), upper(json_string_value(value)));
        fprintf(out, "    %s_COUNT,\n};\nextern const struct record_enum %s_enum;\n\n",
                upper(t->name), t->name);
    }
}

static void write_kinds(const struct verb *verbs, size_t count, const char *what, FILE *out)
{
    fprintf(out, "enum %s_kind {\n", what);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "    %s_%s,\n", upper(what), upper(verbs[i].name));
    fprintf(out, "    %s_COUNT,\n};\n\n", upper(what));
}

static void write_member(const struct field *f, FILE *out)
{
    const char *name = member(f->name);

    if (f->counted)
        fprintf(out, "    bool has_%s;\n", f->name);
    switch (f->kind) {
    case KIND_INT:
        fprintf(out, "    int64_t %s;\n", name);
        break;
    case KIND_BOOL:
        fprintf(out, "    bool %s;\n", name);
        break;
    case KIND_INSTANT:
        fprintf(out, "    struct instant %s;\n", name);
        break;
    case KIND_SPAN:
        fprintf(out, "    struct span %s;\n", name);
        break;
    case KIND_UUID:
        fprintf(out, "    struct uuid %s;\n", name);
        break;
    case KIND_HASH:
        fprintf(out, "    struct hash %s;\n", name);
        break;
    case KIND_TEXT:
        fprintf(out, "    struct text *%s;\n", name);
        break;
    case KIND_ENUM:
        fprintf(out, "    enum %s %s;\n", f->type->name, name);
        break;
    case KIND_RECORD:
        fprintf(out, "    struct %s %s;\n", f->of->name, name);
        break;
    case KIND_INTS:
        fprintf(out, "    struct ints %s;\n", name);
        break;
    case KIND_TEXTS:
        fprintf(out, "    struct texts %s;\n", name);
        break;
    case KIND_UUIDS:
        fprintf(out, "    struct uuids %s;\n", name);
        break;
    case KIND_LIST:
        fprintf(out, "    struct %s_list %s;\n", f->of->name, name);
        break;
    }
}

static void write_struct(const struct record *r, FILE *out)
{
    if (r->count == 0)
        return;
    fprintf(out, "/* %s */\nstruct %s {\n", r->about, r->name);
    for (size_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        bool again = i > 0 && f->spread && f->spread == r->fields[i - 1].spread;
        if (!f->spread)
            write_member(f, out);
        else if (!again)
            fprintf(out, "    struct %s %s;\n", f->spread->name, member(f->spread_name));
    }
    fprintf(out, "};\nextern const struct record %s_record;\n", r->name);
    if (r->listed)
        fprintf(out, "struct %s_list {\n    size_t count;\n    struct %s *at;\n};\n", r->name,
                r->name);
    fputc('\n', out);
}

static void write_verbs(const struct verb *verbs, size_t count, FILE *out)
{
    for (size_t i = 0; i < count; i++)
        write_struct(&verbs[i].record, out);
}

static void write_union(const struct verb *verbs, size_t count, const char *name, FILE *out)
{
    fputs("    union {\n", out);
    for (size_t i = 0; i < count; i++)
        if (verbs[i].record.count > 0)
            fprintf(out, "        struct %s %s;\n", verbs[i].tag, verbs[i].c_name);
    fprintf(out, "    } %s;\n};\n\n", name);
}

static const char *const undo_info =
    "/* How a command is undone (`undo` in protocol/commands/).  Offsets are in struct command,\n"
    " * SIZE_MAX where there is none. */\n"
    "struct undo_info {\n"
    "    bool covered;           /* It is a step that undo takes back. */\n"
    "    bool everybodys;        /* Whoever sends it makes a step; else only the console does. */\n"
    "    bool memento;           /* The step keeps the course of the meeting. */\n"
    "    bool seat_named;        /* The step names its seat, */\n"
    "    bool seat_next;         /* or the next to come; else who speaks. */\n"
    "    size_t seat, seat_has;  /* An int64_t, and the bool that says whether it is there. */\n"
    "    size_t part;            /* A struct text *: the step names it; else the running part. */\n"
    "    enum command_kind as;   /* Whose label the step has. */\n"
    "};\n\n";

static const char *const command_table =
    "/* What is known of each command.  `args` is NULL for one without fields; `offset` is where\n"
    " * its struct stands in struct command; `made` is NULL when its reply tells of nothing. */\n"
    "struct command_info {\n"
    "    const char *name;\n"
    "    unsigned who; /* 1u << ROLE_... of each who may send it; 0: never on the wire. */\n"
    "    unsigned later; /* The same: who of them only once the meeting is over. */\n"
    "    const struct record *args;\n"
    "    size_t offset;\n"
    "    const char *made;\n"
    "    struct undo_info undo;\n"
    "};\n"
    "extern const struct command_info command_infos[COMMAND_COUNT];\n\n"
    "/* Frees what the command owns and zeroes it. */\n"
    "void command_release(struct command *c);\n\n";

static const char *const fact_table =
    "/* What is known of each fact; `fields` and `offset` as above. */\n"
    "struct fact_info {\n"
    "    const char *name;\n"
    "    unsigned seen_by;     /* 1u << ROLE_... of each who may see it. */\n"
    "    bool author;          /* Also the phone that holds the fact's seat. */\n"
    "    size_t author_offset; /* Of that seat, an int64_t, in struct fact; else SIZE_MAX. */\n"
    "    size_t handset_offset; /* Of the hash of the phone that the author is, */\n"
    "    size_t has_handset_offset; /* and of the bool that says whether it is known; else\n"
    "                               * SIZE_MAX: whichever phone holds the seat. */\n"
    "    const struct record *fields;\n"
    "    size_t offset;\n"
    "    bool redacts; /* Some of its fields are kept apart, to be blanked. */\n"
    "    bool untold;  /* Some of its fields are kept, and told to nobody. */\n"
    "    bool minutes; /* What it tells stands in the minutes. */\n"
    "    bool undated; /* It has the time of the fact before it. */\n"
    "    size_t blanks;         /* A struct ints in struct fact: the numbers of the facts that "
    "are\n"
    "                            * blanked with it; SIZE_MAX when there are none. */\n"
    "    bool blanks_commands;  /* The ids of the commands that caused them are blanked too. */\n"
    "};\n"
    "extern const struct fact_info fact_infos[FACT_COUNT];\n\n"
    "/* Frees what the fact owns and zeroes it. */\n"
    "void fact_release(struct fact *f);\n\n"
    "/* False when memory is exhausted; then `ret_fact` is untouched. */\n"
    "bool fact_copy(struct fact *ret_fact, const struct fact *from);\n\n"
    "#endif\n";

void write_header(const struct model *m, FILE *out)
{
    fputs("/* protocol.gen.h -- made by protogen from protocol/; changes belong there. */\n"
          "#ifndef PROTOCOL_GEN_H\n#define PROTOCOL_GEN_H\n\n"
          "#include \"base/ids.h\"\n#include \"base/instant.h\"\n"
          "#include \"base/record.h\"\n#include \"base/text.h\"\n\n",
          out);
    write_limits(m, out);
    write_enums(m, out);
    write_kinds(m->commands, m->command_count, "command", out);
    write_kinds(m->facts, m->fact_count, "fact", out);
    for (size_t i = 0; i < m->record_count; i++)
        write_struct(&m->records[i], out);
    write_method_header(m, out);
    write_word_header(out);
    write_verbs(m->commands, m->command_count, out);
    fputs("struct command {\n    enum command_kind kind;\n    bool has_id;\n    struct uuid id;\n",
          out);
    write_union(m->commands, m->command_count, "args", out);
    fputs(undo_info, out);
    fputs(command_table, out);
    write_verbs(m->facts, m->fact_count, out);
    fputs("struct fact {\n    enum fact_kind kind;\n    int64_t seq;\n    struct instant at;\n",
          out);
    write_union(m->facts, m->fact_count, "is", out);
    fputs(fact_table, out);
}
