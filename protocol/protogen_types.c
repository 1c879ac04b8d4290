/* protogen_types.c -- protocol.d.ts: what the type checker of the pages knows of the protocol.
 *
 * It declares the two modules that the pages import: `runde:protocol`, with a type for each enum
 * and record, and `runde:traits`.  No page takes in the file itself.
 */
#include "protogen.h"

#include <ctype.h>

/* A name as a type's name: question_group -> QuestionGroup. */
static const char *type_name(const char *name)
{
    static char names[4][120];
    static size_t next;
    char *to = names[next++ % 4];
    size_t n = 0;
    bool begins = true;

    for (const char *c = name; *c && n + 1 < sizeof(names[0]); c++) {
        if (*c != '_')
            to[n++] = begins ? (char)toupper((unsigned char)*c) : *c;
        begins = *c == '_';
    }
    to[n] = '\0';
    return to;
}

static const char *type_of(const struct field *f)
{
    switch (f->kind) {
    case KIND_INT:
    case KIND_INSTANT:
    case KIND_SPAN:
    case KIND_INTS:
        return "number";
    case KIND_BOOL:
        return "boolean";
    case KIND_UUID:
    case KIND_HASH:
    case KIND_TEXT:
    case KIND_TEXTS:
    case KIND_UUIDS:
        return "string";
    case KIND_ENUM:
        return type_name(f->type->name);
    case KIND_RECORD:
    case KIND_LIST:
        return type_name(f->of->name);
    }
    return NULL;
}

static void write_fields(const struct record *r, const char *indent, FILE *out)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        if (f->untold)
            continue;
        /* What can be redacted may be missing: it was blanked. */
        fprintf(out, "%s%s%s: %s%s%s;\n", indent, f->name, f->required && !f->redact ? "" : "?",
                type_of(f), f->count_max > 0 ? "[]" : "", f->null ? " | null" : "");
    }
}

static void write_words(const char *name, json_t *words, FILE *out)
{
    size_t i;
    json_t *value;

    fprintf(out, "  export type %s = ", name);
    json_array_foreach(words, i, value)
        fprintf(out, "%s'%s'", i ? " | " : "", json_string_value(value));
    fputs(";\n", out);
}

static void write_refusals(const struct model *m, FILE *out)
{
    fputs("  export type Refusal = ", out);
    for (size_t i = 0; i < m->refusal_count; i++)
        fprintf(out, "%s'%s'", i ? " | " : "", m->refusals[i]);
    fputs(";\n\n", out);
}

static void write_records(const struct model *m, FILE *out)
{
    for (size_t i = 0; i < m->record_count; i++) {
        const struct record *r = &m->records[i];
        fprintf(out, "  /** %s */\n  export interface %s {\n", r->about, type_name(r->name));
        write_fields(r, "    ", out);
        fputs("  }\n", out);
    }
}

/* The fields of each command, or of each fact, by its name. */
static void write_verbs(const char *name, const struct verb *verbs, size_t count, FILE *out)
{
    fprintf(out, "\n  export interface %s {\n", name);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "    /** %s */\n    '%s': {\n", verbs[i].record.about, verbs[i].name);
        write_fields(&verbs[i].record, "      ", out);
        fputs("    };\n", out);
    }
    fputs("  }\n", out);
}

static void write_constants(const struct model *m, FILE *out)
{
    fputs("\n  export const limits: {\n", out);
    for (size_t i = 0; i < m->limit_count; i++)
        fprintf(out, "    %s: number;\n", m->limits[i].name);
    fputs(
        "  };\n"
        "  export const refusals: Refusal[];\n"
        "  export const commands: {\n"
        "    [name in keyof Commands]: { who: Role[]; made: string | null; refusals: Refusal[] };\n"
        "  };\n"
        "  export const facts: (keyof Facts)[];\n"
        "  export const methods: { [name in Method]: { [trait: string]: any } };\n"
        "  export const enums: {\n",
        out);
    for (size_t i = 0; i < m->type_count; i++)
        if (m->types[i].kind == KIND_ENUM)
            fprintf(out, "    %s: %s[];\n", m->types[i].name, type_name(m->types[i].name));
    fputs("  };\n", out);
}

static void write_trait_type(const struct trait *t, FILE *out)
{
    switch (t->kind) {
    case TRAIT_BOOLEAN:
        fputs("boolean", out);
        break;
    case TRAIT_INTEGER:
        fputs("number", out);
        break;
    case TRAIT_COMMAND:
        fputs("keyof import('runde:protocol').Commands | ''", out);
        break;
    case TRAIT_FACT:
        fputs("keyof import('runde:protocol').Facts | ''", out);
        break;
    case TRAIT_SEEN:
        fputs("keyof import('runde:protocol').Snapshot | ''", out);
        break;
    case TRAIT_STRINGS:
        fputs("string[]", out);
        break;
    case TRAIT_WORDS:
        fprintf(out, "import('runde:protocol').%s[]", type_name(t->type->name));
        break;
    }
}

/* A trait may have a name that no constant can have in JavaScript: `protected`. */
static void write_traits(const struct model *m, FILE *out)
{
    fputs("declare module 'runde:traits' {\n  type Part = { method?: string };\n", out);
    for (size_t i = 0; i < m->trait_count; i++) {
        fprintf(out, "  /** %s */\n  const trait_%zu: (part: Part) => ", m->traits[i].about, i);
        write_trait_type(&m->traits[i], out);
        fprintf(out, ";\n  export { trait_%zu as %s };\n", i, m->traits[i].name);
    }
    fputs("}\n", out);
}

void write_types(const struct model *m, FILE *out)
{
    fputs("// protocol.d.ts -- made by protogen from protocol/; changes belong there.\n\n"
          "declare module 'runde:protocol' {\n",
          out);
    for (size_t i = 0; i < m->type_count; i++)
        if (m->types[i].kind == KIND_ENUM)
            write_words(type_name(m->types[i].name), m->types[i].values, out);
    write_refusals(m, out);
    write_records(m, out);
    write_verbs("Commands", m->commands, m->command_count, out);
    write_verbs("Facts", m->facts, m->fact_count, out);
    fputs("  /** A fact as a frame tells it. */\n"
          "  export type Fact<F extends keyof Facts = keyof Facts> = {\n"
          "    [name in F]: Facts[name] & { seq: number; at: number; fact: name };\n"
          "  }[F];\n",
          out);
    write_constants(m, out);
    fputs("}\n\n", out);
    write_traits(m, out);
}
