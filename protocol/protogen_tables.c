/* protogen_tables.c -- protocol.gen.c: the same as tables, for code that walks structs. */
#include "protogen.h"

#include <inttypes.h>
#include <string.h>

static const char *const kind_names[] = {
    [KIND_INT] = "INT",   [KIND_BOOL] = "BOOL",   [KIND_INSTANT] = "INSTANT",
    [KIND_SPAN] = "SPAN", [KIND_UUID] = "UUID",   [KIND_HASH] = "HASH",
    [KIND_TEXT] = "TEXT", [KIND_ENUM] = "ENUM",   [KIND_RECORD] = "RECORD",
    [KIND_INTS] = "INTS", [KIND_TEXTS] = "TEXTS", [KIND_UUIDS] = "UUIDS",
    [KIND_LIST] = "LIST",
};

static void write_names(const struct model *m, FILE *out)
{
    fputs("const char *const refusal_names[REFUSED_COUNT] = {\n    NULL,\n", out);
    for (size_t i = 0; i < m->refusal_count; i++)
        fprintf(out, "    \"%s\",\n", m->refusals[i]);
    fputs("};\n\n", out);
    for (size_t i = 0; i < m->type_count; i++) {
        const struct type *t = &m->types[i];
        size_t k;
        json_t *value;
        if (t->kind != KIND_ENUM)
            continue;
        fprintf(out, "static const char *const %s_names[%s_COUNT] = {\n    NULL,\n", t->name,
                upper(t->name));
        json_array_foreach(t->values, k, value)
            fprintf(out, "    \"%s\",\n", json_string_value(value));
        fprintf(out, "};\nconst struct record_enum %s_enum = { \"%s\", %s_COUNT, %s_names };\n\n",
                t->name, t->name, upper(t->name), t->name);
    }
}

static void write_field(const struct record *r, const struct field *f, FILE *out)
{
    const char *in = f->path ? f->path : "", *dot = f->path ? "." : "";

    fprintf(out, "    { .name = \"%s\", .type = RECORD_%s,", f->name, kind_names[f->kind]);
    fprintf(out, " .required = %s, .redact = %s, .untold = %s, .null = %s,\n",
            f->required ? "true" : "false", f->redact ? "true" : "false",
            f->untold ? "true" : "false", f->null ? "true" : "false");
    fprintf(out, "      .offset = offsetof(struct %s, %s%s%s),", r->name, in, dot, member(f->name));
    if (f->counted)
        fprintf(out, " .has_offset = offsetof(struct %s, %s%shas_%s)", r->name, in, dot, f->name);
    else
        fputs(" .has_offset = SIZE_MAX", out);
    if (f->min != 0 || f->max != 0)
        fprintf(out, ",\n      .min = %" PRId64 ", .max = %" PRId64, f->min, f->max);
    if (f->count_max > 0)
        fprintf(out, ",\n      .count_max = %zu", f->count_max);
    if (strcmp(f->pattern, "NONE") != 0)
        fprintf(out, ",\n      .pattern = PATTERN_%s", f->pattern);
    if (f->clean)
        fprintf(out, ",\n      .clean = CLEAN_%s", upper(f->clean));
    if (f->kind == KIND_ENUM)
        fprintf(out, ",\n      .values = &%s_enum", f->type->name);
    if (f->of)
        fprintf(out, ",\n      .of = &%s_record", f->of->name);
    fputs(" },\n", out);
}

static void write_record(const struct record *r, FILE *out)
{
    if (r->count == 0)
        return;
    fprintf(out, "static const struct record_field %s_fields[] = {\n", r->name);
    for (size_t i = 0; i < r->count; i++)
        write_field(r, &r->fields[i], out);
    fprintf(out,
            "};\nconst struct record %s_record = { \"%s\", sizeof(struct %s), %zu, "
            "%s_fields };\n\n",
            r->name, r->name, r->name, r->count, r->name);
}

/* Writes the roles as bits. "author" is no role and has a column of its own. */
static void write_roles(json_t *roles, FILE *out)
{
    size_t i;
    json_t *value;
    const char *between = "";

    json_array_foreach(roles, i, value)
    {
        if (strcmp(json_string_value(value), "author") == 0)
            continue;
        fprintf(out, "%s1u << ROLE_%s", between, upper(json_string_value(value)));
        between = " | ";
    }
    if (!*between)
        fputs("0", out);
}

static void write_place(const struct verb *v, const char *outer, const char *in, FILE *out)
{
    if (v->record.count > 0)
        fprintf(out, "&%s_record, offsetof(struct %s, %s.%s)", v->tag, outer, in, v->c_name);
    else
        fputs("NULL, 0", out);
}

static void write_undo(const struct verb *v, FILE *out)
{
    const struct undo *u = &v->undo;

    if (!u->covered) {
        fputs("        { .covered = false }", out);
        return;
    }
    fprintf(out, "        { true, %s, %s, %s, %s, ", u->everybodys ? "true" : "false",
            u->memento ? "true" : "false", strcmp(u->seat, "named") == 0 ? "true" : "false",
            strcmp(u->seat, "next") == 0 ? "true" : "false");
    const struct field *seat =
        strcmp(u->seat, "named") == 0 ? find_field(&v->record, "seat") : NULL;
    if (seat)
        fprintf(out, "offsetof(struct command, args.%s.%s), ", v->c_name, place_of(seat));
    else
        fputs("SIZE_MAX, ", out);
    if (seat && seat->counted)
        fprintf(out, "offsetof(struct command, args.%s.%s%shas_seat), ", v->c_name,
                seat->path ? seat->path : "", seat->path ? "." : "");
    else
        fputs("SIZE_MAX, ", out);
    if (u->part)
        fprintf(out, "offsetof(struct command, args.%s.part), ", v->c_name);
    else
        fputs("SIZE_MAX, ", out);
    fprintf(out, "COMMAND_%s }", upper(u->as));
}

static void write_infos(const struct model *m, FILE *out)
{
    fputs("const struct command_info command_infos[COMMAND_COUNT] = {\n", out);
    for (size_t i = 0; i < m->command_count; i++) {
        const struct verb *v = &m->commands[i];
        fprintf(out, "    [COMMAND_%s] = { \"%s\", ", upper(v->name), v->name);
        write_roles(v->roles, out);
        fputs(", ", out);
        write_roles(v->later, out);
        fputs(",\n        ", out);
        write_place(v, "command", "args", out);
        fprintf(out, v->made ? ", \"%s\",\n" : ", NULL,\n", v->made);
        write_undo(v, out);
        fputs(" },\n", out);
    }
    fputs("};\n\nconst struct fact_info fact_infos[FACT_COUNT] = {\n", out);
    for (size_t i = 0; i < m->fact_count; i++) {
        const struct verb *v = &m->facts[i];
        fprintf(out, "    [FACT_%s] = { \"%s\",\n        ", upper(v->name), v->name);
        write_roles(v->roles, out);
        if (v->author)
            fprintf(out, ", true, offsetof(struct fact, is.%s.%s),\n        ", v->c_name,
                    place_of(find_field(&v->record, "seat")));
        else
            fputs(", false, SIZE_MAX,\n        ", out);
        if (v->handset)
            fprintf(out,
                    "offsetof(struct fact, is.%s.handset), offsetof(struct fact, "
                    "is.%s.has_handset),\n        ",
                    v->c_name, v->c_name);
        else
            fputs("SIZE_MAX, SIZE_MAX,\n        ", out);
        write_place(v, "fact", "is", out);
        const bool flags[] = { v->redacts, v->untold, v->minutes, v->undated };
        for (size_t k = 0; k < sizeof(flags); k++)
            fputs(flags[k] ? ", true" : ", false", out);
        fputs(", ", out);
        if (v->blanks)
            fprintf(out, "offsetof(struct fact, is.%s.blanks), %s },\n", v->c_name,
                    strcmp(v->blanks, "commands") == 0 ? "true" : "false");
        else
            fputs("SIZE_MAX, false },\n", out);
    }
    fputs("};\n\n", out);
}

static const char *const functions =
    "void command_release(struct command *c)\n"
    "{\n"
    "    const struct command_info *info = &command_infos[c->kind];\n"
    "\n"
    "    record_release(info->args, (char *)c + info->offset);\n"
    "    memset(c, 0, sizeof(*c));\n"
    "}\n"
    "\n"
    "void fact_release(struct fact *f)\n"
    "{\n"
    "    const struct fact_info *info = &fact_infos[f->kind];\n"
    "\n"
    "    record_release(info->fields, (char *)f + info->offset);\n"
    "    memset(f, 0, sizeof(*f));\n"
    "}\n"
    "\n"
    "bool fact_copy(struct fact *ret_fact, const struct fact *from)\n"
    "{\n"
    "    const struct fact_info *info = &fact_infos[from->kind];\n"
    "    struct fact copy = { .kind = from->kind, .seq = from->seq, .at = from->at };\n"
    "\n"
    "    if (!record_copy(info->fields, (char *)&copy + info->offset,\n"
    "                     (const char *)from + info->offset))\n"
    "        return false;\n"
    "    *ret_fact = copy;\n"
    "    return true;\n"
    "}\n";

void write_tables(const struct model *m, FILE *out)
{
    fputs("/* protocol.gen.c -- made by protogen from protocol/; changes belong there. */\n"
          "#include \"protocol.gen.h\"\n\n#include <string.h>\n\n"
          "/* Tables treat every enum as an unsigned, and every list alike. */\n"
          "_Static_assert(sizeof(enum role) == sizeof(unsigned), \"enums are as wide as "
          "unsigned\");\n\n",
          out);
    write_names(m, out);
    for (size_t i = 0; i < m->record_count; i++)
        write_record(&m->records[i], out);
    write_method_tables(m, out);
    write_word_tables(m, out);
    for (size_t i = 0; i < m->command_count; i++)
        write_record(&m->commands[i].record, out);
    for (size_t i = 0; i < m->fact_count; i++)
        write_record(&m->facts[i].record, out);
    write_infos(m, out);
    fputs(functions, out);
}
