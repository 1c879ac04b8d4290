/* protogen_js.c -- protocol.js: constants, and JSDoc types that the checker knows. */
#include "protogen.h"

#include <ctype.h>
#include <string.h>

static void write_words(json_t *words, FILE *out)
{
    size_t i;
    json_t *value;

    fputc('[', out);
    json_array_foreach(words, i, value)
        fprintf(out, "%s'%s'", i ? ", " : "", json_string_value(value));
    fputc(']', out);
}

/* A name as a type's name: question_group -> QuestionGroup, seat.add -> SeatAdd. */
static const char *type_name(const char *prefix, const char *name)
{
    static char names[4][120];
    static size_t next;
    char *to = names[next++ % 4];
    size_t n = strlen(prefix);
    bool begins = true;

    memcpy(to, prefix, n);
    for (const char *c = name; *c && n + 1 < sizeof(names[0]); c++) {
        if (*c == '_' || *c == '.') {
            begins = true;
            continue;
        }
        to[n++] = begins ? (char)toupper((unsigned char)*c) : *c;
        begins = false;
    }
    to[n] = '\0';
    return to;
}

static void write_field(const struct field *f, FILE *out)
{
    const char *type = "";

    switch (f->kind) {
    case KIND_INT:
    case KIND_INSTANT:
    case KIND_SPAN:
        type = "number";
        break;
    case KIND_BOOL:
        type = "boolean";
        break;
    case KIND_UUID:
    case KIND_HASH:
    case KIND_TEXT:
        type = "string";
        break;
    case KIND_ENUM:
        type = type_name("", f->type->name);
        break;
    case KIND_RECORD:
    case KIND_LIST:
        type = type_name("", f->of->name);
        break;
    case KIND_INTS:
        type = "number";
        break;
    case KIND_TEXTS:
    case KIND_UUIDS:
        type = "string";
        break;
    }
    /* What was redacted is missing for ever. */
    fprintf(out, "%s%s: %s%s%s", f->name, f->required && !f->redact ? "" : "?", type,
            f->count_max > 0 ? "[]" : "", f->null ? " | null" : "");
}

static void write_fields(const struct record *r, const char *between, FILE *out)
{
    for (size_t i = 0; i < r->count; i++) {
        fputs(i ? ", " : between, out);
        write_field(&r->fields[i], out);
    }
}

static void write_typedef(const struct record *r, FILE *out)
{
    if (r->count == 0)
        return;
    fprintf(out, "/**\n * %s\n * @typedef {{", r->about);
    write_fields(r, " ", out);
    fprintf(out, " }} %s\n */\n", type_name("", r->name));
}

static void write_types(const struct model *m, FILE *out)
{
    for (size_t i = 0; i < m->type_count; i++) {
        size_t k;
        json_t *value;
        if (m->types[i].kind != KIND_ENUM)
            continue;
        fputs("/** @typedef {", out);
        json_array_foreach(m->types[i].values, k, value)
            fprintf(out, "%s'%s'", k ? " | " : "", json_string_value(value));
        fprintf(out, "} %s */\n", type_name("", m->types[i].name));
    }
    fputs("/** @typedef {", out);
    for (size_t i = 0; i < m->refusal_count; i++)
        fprintf(out, "%s'%s'", i ? " | " : "", m->refusals[i]);
    fputs("} Refusal */\n\n", out);
    for (size_t i = 0; i < m->record_count; i++) {
        const struct record *r = &m->records[i];
        write_typedef(r, out);
    }
    fputc('\n', out);
    for (size_t i = 0; i < m->command_count; i++) {
        const struct verb *v = &m->commands[i];
        fprintf(out, "/**\n * %s\n * @typedef {{", v->record.about);
        write_fields(&v->record, " ", out);
        fprintf(out, " }} %s\n */\n", type_name("Command", v->name));
    }
    fputc('\n', out);
    for (size_t i = 0; i < m->fact_count; i++) {
        const struct verb *v = &m->facts[i];
        fprintf(out, "/**\n * %s\n * @typedef {{ seq: number, at: number, fact: '%s'",
                v->record.about, v->name);
        write_fields(&v->record, ", ", out);
        fprintf(out, " }} %s\n */\n", type_name("Fact", v->name));
    }
    fputs("/** @typedef {", out);
    for (size_t i = 0; i < m->fact_count; i++)
        fprintf(out, "%s%s", i ? " | " : "", type_name("Fact", m->facts[i].name));
    fputs("} Fact */\n\n", out);
}

static void write_commands(const struct model *m, FILE *out)
{
    fputs("export const commands = {\n", out);
    for (size_t i = 0; i < m->command_count; i++) {
        const struct verb *v = &m->commands[i];
        fprintf(out, "  '%s': { who: ", v->name);
        write_words(v->roles, out);
        fprintf(out, v->made ? ", made: '%s', refusals: " : ", made: null, refusals: ", v->made);
        write_words(v->refusals, out);
        fputs(" },\n", out);
    }
    fputs("};\n\n", out);
}

void write_javascript(const struct model *m, FILE *out)
{
    fputs("// protocol.js -- made by protogen from protocol/; changes belong there.\n\n", out);
    write_types(m, out);
    fputs("export const limits = {\n", out);
    for (size_t i = 0; i < m->limit_count; i++)
        fprintf(out, "  %s: %" JSON_INTEGER_FORMAT ",\n", m->limits[i].name,
                (json_int_t)m->limits[i].value);
    fputs("};\n\nexport const refusals = [\n", out);
    for (size_t i = 0; i < m->refusal_count; i++)
        fprintf(out, "  '%s',\n", m->refusals[i]);
    fputs("];\n\n", out);
    write_commands(m, out);
    write_method_javascript(m, out);
    fputs("export const facts = [\n", out);
    for (size_t i = 0; i < m->fact_count; i++)
        fprintf(out, "  '%s',\n", m->facts[i].name);
    fputs("];\n\nexport const enums = {\n", out);
    for (size_t i = 0; i < m->type_count; i++) {
        if (m->types[i].kind != KIND_ENUM)
            continue;
        fprintf(out, "  %s: ", m->types[i].name);
        write_words(m->types[i].values, out);
        fputs(",\n", out);
    }
    fputs("};\n", out);
}
