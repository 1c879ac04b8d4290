/* protogen_dispatch.c -- dispatch.gen.h and .c: one function for each command, each fact and each
 * hook of a method.  A function that nobody wrote does not link; one that nothing in
 * protocol/ asks for has no prototype and does not compile. */
#include "protogen.h"

static void decide(const struct verb *v, bool call, FILE *out)
{
    const char *typed = v->record.count > 0 ? v->tag : NULL;

    if (call) {
        fprintf(out, "        return %s_decide(m, ", v->c_name);
        if (typed)
            fprintf(out, "&c->args.%s, ", v->c_name);
        fputs("context, out);\n", out);
        return;
    }
    fprintf(out, "enum refusal %s_decide(const struct meeting *m, ", v->c_name);
    if (typed)
        fprintf(out, "const struct %s *c,\n    ", typed);
    fputs("const struct context *context, struct facts *out);\n", out);
}

static void keep(const struct verb *v, FILE *out)
{
    if (!v->undo.keeps)
        return;
    fprintf(out,
            "bool %s_keep(const struct meeting *m, const struct %s *c,\n"
            "    const struct context *context, struct keeping *keeping, struct facts *out);\n"
            "void %s_back(struct meeting *then, const struct fact_undo_kept *kept,\n"
            "    struct facts *out);\n",
            v->c_name, v->tag, v->c_name);
}

static void apply(const struct verb *v, FILE *out)
{
    fprintf(out, "void %s_apply(struct meeting *m", v->c_name);
    if (v->record.count > 0)
        fprintf(out, ", const struct %s *f", v->tag);
    fputs(");\n", out);
    if (v->room)
        fprintf(out, "bool %s_room(struct meeting *m, const struct %s *f);\n", v->c_name, v->tag);
}

/* Writes the hooks that a method's row names: their prototypes, or, for the table, its fields.  The
 * types stand in method.h: a hook that is none does not compile. */
static void write_hooks(const struct method *method, bool table, FILE *out)
{
    size_t i;
    json_t *hook;

    json_array_foreach(json_object_get(method->row, "hooks"), i, hook)
    {
        const char *name = json_string_value(hook);
        if (table)
            fprintf(out, "    [METHOD_%s].%s = %s_%s,\n", upper(method->name), name, method->name,
                    name);
        else
            fprintf(out, "hook_%s %s_%s;\n", name, method->name, name);
    }
}

static const char *const heads =
    "/* Decides the command: REFUSED_NOT and the facts in `out`, or why it is refused. */\n"
    "enum refusal dispatch_decide(const struct meeting *m, const struct command *c,\n"
    "    const struct context *context, struct facts *out);\n\n"
    "/* Keeps what a command is about to set beside the course of the meeting.  False: this one\n"
    " * is no step of undo.  The other sets it again. */\n"
    "bool dispatch_keep(const struct meeting *m, const struct command *c, const struct context "
    "*context,\n"
    "    struct keeping *keeping, struct facts *out);\n"
    "void dispatch_back(struct meeting *then, enum command_kind kind,\n"
    "    const struct fact_undo_kept *kept, struct facts *out);\n\n"
    "/* Makes memory ready for what the fact will hold; false when it is exhausted. */\n"
    "bool dispatch_room(struct meeting *m, const struct fact *f);\n\n"
    "/* Makes the fact true. */\n"
    "void dispatch_apply(struct meeting *m, const struct fact *f);\n\n"
    "/* The hooks of each method (engine/method/method.h). */\n"
    "extern const struct method_hooks method_hooks[METHOD_COUNT];\n";

void write_dispatch_header(const struct model *m, FILE *out)
{
    fputs(
        "/* dispatch.gen.h -- made by protogen: the functions of the engine, one for each command\n"
        " * and each fact of protocol/.  What one of them does stands with its command or fact. "
        "*/\n"
        "#ifndef DISPATCH_GEN_H\n#define DISPATCH_GEN_H\n\n#include "
        "\"engine/method/method.h\"\n#include \"protocol.gen.h\"\n\n"
        "struct keeping;\n\n",
        out);
    for (size_t i = 0; i < m->command_count; i++) {
        decide(&m->commands[i], false, out);
        keep(&m->commands[i], out);
    }
    fputc('\n', out);
    for (size_t i = 0; i < m->fact_count; i++)
        apply(&m->facts[i], out);
    fputc('\n', out);
    for (size_t i = 0; i < m->method_count; i++)
        write_hooks(&m->methods[i], false, out);
    fputc('\n', out);
    fputs(heads, out);
    fputs("\n#endif\n", out);
}

/* Writes the body of a function that is one switch over all commands or facts; `write` adds the
 * lines of a case. */
static void write_switch(const struct verb *verbs, size_t count, const char *what,
                         void (*write)(const struct verb *v, FILE *out), FILE *out)
{
    const char *kind = what[0] == 'C' ? "c->kind" : "f->kind";

    fprintf(out, "{\n    switch (%s) {\n", kind);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "    case %s_%s:\n", what, upper(verbs[i].name));
        write(&verbs[i], out);
    }
    fprintf(out, "    case %s_COUNT:\n        break;\n    }\n", what);
}

static void decide_case(const struct verb *v, FILE *out)
{
    decide(v, true, out);
}

static void keep_case(const struct verb *v, FILE *out)
{
    if (v->undo.keeps)
        fprintf(out, "        return %s_keep(m, &c->args.%s, context, keeping, out);\n", v->c_name,
                v->c_name);
    else
        fputs("        return true;\n", out);
}

static void room_case(const struct verb *v, FILE *out)
{
    if (v->room)
        fprintf(out, "        return %s_room(m, &f->is.%s);\n", v->c_name, v->c_name);
    else
        fputs("        return true;\n", out);
}

static void apply_case(const struct verb *v, FILE *out)
{
    if (v->record.count > 0)
        fprintf(out, "        %s_apply(m, &f->is.%s);\n        return;\n", v->c_name, v->c_name);
    else
        fprintf(out, "        %s_apply(m);\n        return;\n", v->c_name);
}

static void write_back(const struct model *m, FILE *out)
{
    fputs("void dispatch_back(struct meeting *then, enum command_kind kind,\n"
          "    const struct fact_undo_kept *kept, struct facts *out)\n{\n",
          out);
    for (size_t i = 0; i < m->command_count; i++)
        if (m->commands[i].undo.keeps)
            fprintf(out, "    if (kind == COMMAND_%s)\n        %s_back(then, kept, out);\n",
                    upper(m->commands[i].name), m->commands[i].c_name);
    fputs("}\n\n", out);
}

void write_dispatch(const struct model *m, FILE *out)
{
    fputs("/* dispatch.gen.c -- made by protogen; see dispatch.gen.h. */\n"
          "#include \"dispatch.gen.h\"\n\n#include <assert.h>\n\n"
          "enum refusal dispatch_decide(const struct meeting *m, const struct command *c,\n"
          "    const struct context *context, struct facts *out)\n",
          out);
    write_switch(m->commands, m->command_count, "COMMAND", decide_case, out);
    fputs("    assert(false);\n    return REFUSED_UNKNOWN_COMMAND;\n}\n\n"
          "bool dispatch_keep(const struct meeting *m, const struct command *c,\n"
          "    const struct context *context, struct keeping *keeping, struct facts *out)\n",
          out);
    write_switch(m->commands, m->command_count, "COMMAND", keep_case, out);
    fputs("    assert(false);\n    return false;\n}\n\n", out);
    write_back(m, out);
    fputs("bool dispatch_room(struct meeting *m, const struct fact *f)\n", out);
    write_switch(m->facts, m->fact_count, "FACT", room_case, out);
    fputs("    assert(false);\n    return false;\n}\n\n"
          "void dispatch_apply(struct meeting *m, const struct fact *f)\n",
          out);
    write_switch(m->facts, m->fact_count, "FACT", apply_case, out);
    fputs("    assert(false);\n}\n\n"
          "const struct method_hooks method_hooks[METHOD_COUNT] = {\n",
          out);
    for (size_t i = 0; i < m->method_count; i++)
        write_hooks(&m->methods[i], true, out);
    fputs("};\n", out);
}
