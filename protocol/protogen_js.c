/* protogen_js.c -- protocol.js: the constants that the pages take in. */
#include "protogen.h"

static void write_words(json_t *words, FILE *out)
{
    size_t i;
    json_t *value;

    fputc('[', out);
    json_array_foreach(words, i, value)
        fprintf(out, "%s'%s'", i ? ", " : "", json_string_value(value));
    fputc(']', out);
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
