/* protogen_dispatch.c -- dispatch.gen.h and .c: from a command or a fact to its home. */
#include "protogen.h"

#include <stdlib.h>
#include <string.h>

static const char *const decide_arguments = "(const struct meeting *m, const struct command *c,\n"
                                            "    const struct step *step, struct facts *out)";

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The homes of these verbs, each once, in order. */
static size_t homes_of(const struct verb *verbs, size_t count, const char *ret_homes[HOMES_MAX])
{
    const char *all[VERBS_MAX];
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        all[i] = verbs[i].home;
    qsort(all, count, sizeof(all[0]), by_name);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(all[i], all[i - 1]) == 0)
            continue;
        if (kept == HOMES_MAX)
            die(all[i], "more than %d homes", HOMES_MAX);
        ret_homes[kept++] = all[i];
    }
    return kept;
}

void write_dispatch_header(const struct model *m, FILE *out)
{
    const char *homes[HOMES_MAX];
    size_t count = homes_of(m->commands, m->command_count, homes);

    fputs("/* dispatch.gen.h -- made by protogen: which file of the engine each command and fact\n"
          " * belongs to (`home` in protocol/). */\n"
          "#ifndef DISPATCH_GEN_H\n#define DISPATCH_GEN_H\n\n#include \"protocol.gen.h\"\n\n"
          "struct meeting;\nstruct step;\nstruct facts;\n\n",
          out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "enum refusal %s_decide%s;\n", homes[i], decide_arguments);
    fputc('\n', out);
    count = homes_of(m->facts, m->fact_count, homes);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "void %s_apply(struct meeting *m, const struct fact *f);\n", homes[i]);
    fprintf(out, "\n/* Hands the command to its home. */\nenum refusal dispatch_decide%s;\n\n",
            decide_arguments);
    fputs("/* Hands the fact to its home. */\n"
          "void dispatch_apply(struct meeting *m, const struct fact *f);\n\n#endif\n",
          out);
}

/* The cases of one home, and what they call. */
static void write_cases(const struct verb *verbs, size_t count, const char *home, const char *what,
                        FILE *out)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(verbs[i].home, home) == 0)
            fprintf(out, "    case %s_%s:\n", what, upper(verbs[i].name));
}

void write_dispatch(const struct model *m, FILE *out)
{
    const char *homes[HOMES_MAX];
    size_t count = homes_of(m->commands, m->command_count, homes);

    fputs("/* dispatch.gen.c -- made by protogen; see dispatch.gen.h. */\n"
          "#include \"dispatch.gen.h\"\n\n#include <assert.h>\n\n",
          out);
    fprintf(out, "enum refusal dispatch_decide%s\n{\n    switch (c->kind) {\n", decide_arguments);
    for (size_t i = 0; i < count; i++) {
        write_cases(m->commands, m->command_count, homes[i], "COMMAND", out);
        fprintf(out, "        return %s_decide(m, c, step, out);\n", homes[i]);
    }
    fputs(
        "    case COMMAND_COUNT:\n        break;\n    }\n"
        "    assert(false);\n    return REFUSED_UNKNOWN_COMMAND;\n}\n\n"
        "void dispatch_apply(struct meeting *m, const struct fact *f)\n{\n    switch (f->kind) {\n",
        out);
    count = homes_of(m->facts, m->fact_count, homes);
    for (size_t i = 0; i < count; i++) {
        write_cases(m->facts, m->fact_count, homes[i], "FACT", out);
        fprintf(out, "        %s_apply(m, f);\n        return;\n", homes[i]);
    }
    fputs("    case FACT_COUNT:\n        break;\n    }\n"
          "    assert(false);\n}\n",
          out);
}
