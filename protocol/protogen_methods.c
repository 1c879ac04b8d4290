/* protogen_methods.c -- traits.json (what can be said of a method) and the rows of methods/ (what
 * is said of each): read, checked, and written to all that is made. */
#include "protogen.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void read_row(struct model *m, const char *folder, const char *file, const char *name)
{
    json_t *row = read_object(folder, file);
    json_t *place = json_object_get(row, "place");

    check_keys(row, file,
               " method place about commands facts hooks records settings state seen traits ");
    if (m->method_count == METHODS_MAX)
        die(file, "more than %d methods", METHODS_MAX);
    if (strcmp(need_string(row, file, "method"), name) != 0)
        die(file, "it calls itself otherwise");
    if (!json_is_integer(place))
        die(file, "place is needed: where it stands among the methods");
    m->methods[m->method_count++] = (struct method){
        .name = need_string(row, file, "method"),
        .file = strdup(file),
        .about = need_string(row, file, "about"),
        .place = json_integer_value(place),
        .row = row,
    };
}

static int by_place(const void *a, const void *b)
{
    const struct method *x = a, *y = b;

    if (x->place == y->place)
        return strcmp(x->name, y->name);
    return x->place < y->place ? -1 : 1;
}

json_t *method_record(const struct method *method, const char *name)
{
    return json_object_get(json_object_get(method->row, "records"), name);
}

const struct method *method_with_record(const struct model *m, const char *name)
{
    const struct method *found = NULL;

    for (size_t i = 0; i < m->method_count; i++) {
        if (!method_record(&m->methods[i], name))
            continue;
        if (found)
            die(m->methods[i].file, "%s has a record of this name, too: %s", found->file, name);
        found = &m->methods[i];
    }
    return found;
}

void read_method_names(struct model *m, const char *folder)
{
    json_t *schema = json_object(), *words = json_array();

    each_file(m, folder, "methods", read_row);
    qsort(m->methods, m->method_count, sizeof(m->methods[0]), by_place);
    for (size_t i = 1; i < m->method_count; i++)
        if (m->methods[i].place == m->methods[i - 1].place)
            die(m->methods[i].file, "stands in the same place as %s", m->methods[i - 1].name);
    for (size_t i = 0; i < m->method_count; i++)
        json_array_append_new(words, json_string(m->methods[i].name));
    json_object_set_new(schema, "type", json_string("string"));
    json_object_set(schema, "enum", words); /* One more reference: the type borrows them. */
    read_type(m, "method", schema);
    json_decref(schema);
}

static const struct type *enum_of(const struct model *m, const char *name)
{
    const struct type *t = name ? find_type(m, name) : NULL;

    if (t && t->kind == KIND_ENUM)
        return t;
    die("traits.json", "a list is of strings, or of the words of an enum");
}

static void read_trait(struct model *m, const char *name, json_t *row)
{
    const char *type = need_string(row, "traits.json", "type");
    json_t *items = json_object_get(row, "items");
    struct trait *t = &m->traits[m->trait_count++];

    check_keys(row, "traits.json", " about type items ");
    *t = (struct trait){ .name = name, .about = need_string(row, "traits.json", "about") };
    if (strcmp(type, "boolean") == 0)
        t->kind = TRAIT_BOOLEAN;
    else if (strcmp(type, "integer") == 0)
        t->kind = TRAIT_INTEGER;
    else if (strcmp(type, "command") == 0)
        t->kind = TRAIT_COMMAND;
    else if (strcmp(type, "fact") == 0)
        t->kind = TRAIT_FACT;
    else if (strcmp(type, "seen") == 0)
        t->kind = TRAIT_SEEN;
    else if (strcmp(type, "array") != 0)
        die("traits.json", "%s: no trait is of type %s", name, type);
    else if (json_object_get(items, "type"))
        t->kind = TRAIT_STRINGS;
    else {
        t->kind = TRAIT_WORDS;
        t->type = enum_of(m, json_string_value(json_object_get(items, "$ref")));
    }
}

void read_traits(struct model *m, const char *folder)
{
    const char *name;
    json_t *row, *rows = read_object(folder, "traits.json");

    json_object_foreach(rows, name, row)
    {
        if (m->trait_count == TRAITS_MAX)
            die("traits.json", "more than %d traits", TRAITS_MAX);
        read_trait(m, name, row);
    }
}

/* Reads `what` of a row as a record of its own: NAME_settings, NAME_state or NAME_seen. NULL where
 * the row has none. */
static const struct record *read_part(struct model *m, const char *folder,
                                      const struct method *method, const char *what)
{
    json_t *schema = json_object_get(method->row, what);

    if (!schema)
        return NULL;
    char *name = malloc(strlen(method->name) + strlen(what) + 2);
    struct record made = { .name = name, .about = method->about };
    sprintf(name, "%s_%s", method->name, what);
    read_fields(m, folder, name, schema, &made);
    if (made.count == 0 || m->record_count == RECORDS_MAX)
        die(name, "it has no fields, or there are more than %d records", RECORDS_MAX);
    m->records[m->record_count] = made;
    return &m->records[m->record_count++];
}

void read_method_records(struct model *m, const char *folder)
{
    const char *name;
    json_t *record;

    for (size_t i = 0; i < m->method_count; i++) /* A part has all of them. */
        m->methods[i].settings = read_part(m, folder, &m->methods[i], "settings");
    for (size_t i = 0; i < m->method_count; i++) {
        struct method *method = &m->methods[i];
        json_object_foreach(json_object_get(method->row, "records"), name, record)
        {
            need_word(method->file, name, "");
            find_record(m, folder, name);
        }
        method->state = read_part(m, folder, method, "state");
        method->seen = read_part(m, folder, method, "seen");
    }
}

struct verb *find_verb(struct verb *verbs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

/* Marks the commands or facts that a row names as the method's own. Ends the process where one is
 * not there, or is another method's. */
static void own(const struct method *method, json_t *names, struct verb *verbs, size_t count)
{
    size_t i;
    json_t *value;

    if (!json_is_array(names))
        die(method->file, "commands and facts are needed, as arrays");
    json_array_foreach(names, i, value)
    {
        const char *name = json_is_string(value) ? json_string_value(value) : "";
        struct verb *v = find_verb(verbs, count, name);
        if (!v)
            die(method->file, "has no %s", name);
        if (v->method)
            die(method->file, "%s is %s's", name, v->method);
        v->method = method->name;
    }
}

static const struct trait *find_trait(const struct model *m, const char *name)
{
    for (size_t i = 0; i < m->trait_count; i++)
        if (strcmp(m->traits[i].name, name) == 0)
            return &m->traits[i];
    return NULL;
}

static bool is_word(json_t *words, json_t *value)
{
    size_t i;
    json_t *word;

    json_array_foreach(words, i, word)
    {
        if (json_equal(word, value))
            return true;
    }
    return false;
}

static bool fits(const struct method *method, const struct trait *t, json_t *value)
{
    size_t i;
    json_t *each;

    switch (t->kind) {
    case TRAIT_BOOLEAN:
        return json_is_boolean(value);
    case TRAIT_INTEGER:
        return json_is_integer(value);
    case TRAIT_COMMAND:
        return is_word(json_object_get(method->row, "commands"), value);
    case TRAIT_FACT:
        return is_word(json_object_get(method->row, "facts"), value);
    case TRAIT_SEEN:
        return method->seen && json_is_string(value) &&
               find_field(method->seen, json_string_value(value));
    case TRAIT_STRINGS:
    case TRAIT_WORDS:
        break;
    }
    json_array_foreach(value, i, each)
    {
        if (!json_is_string(each) || (t->type && !is_word(t->type->values, each)))
            return false;
    }
    return json_is_array(value);
}

/* What a method adds to a snapshot its hook `see` fills in. */
static void check_hooks(const struct method *method)
{
    json_t *hook, *hooks = json_object_get(method->row, "hooks");
    bool sees = false;
    size_t i;

    if (hooks && !json_is_array(hooks))
        die(method->file, "hooks is an array of names");
    json_array_foreach(hooks, i, hook)
    {
        if (!json_is_string(hook))
            die(method->file, "hooks is an array of names");
        sees |= strcmp(json_string_value(hook), "see") == 0;
    }
    if (sees != (method->seen != NULL))
        die(method->file, "seen and the hook see belong together");
}

void check_methods(struct model *m)
{
    for (size_t i = 0; i < m->method_count; i++) {
        const struct method *method = &m->methods[i];
        const char *name;
        json_t *value;
        own(method, json_object_get(method->row, "commands"), m->commands, m->command_count);
        own(method, json_object_get(method->row, "facts"), m->facts, m->fact_count);
        check_hooks(method);
        json_t *traits = json_object_get(method->row, "traits");
        if (!json_is_object(traits))
            die(method->file, "traits are needed, as an object");
        json_object_foreach(traits, name, value)
        {
            const struct trait *t = find_trait(m, name);
            if (!t)
                die(method->file, "traits.json has no %s", name);
            if (!fits(method, t, value))
                die(method->file, "%s is of another type", name);
        }
    }
}

/* Whether C has a column for the trait: lists of strings are for pages alone. */
static bool in_c(const struct trait *t)
{
    return t->kind != TRAIT_STRINGS;
}

static const char *c_type(const struct trait *t)
{
    switch (t->kind) {
    case TRAIT_BOOLEAN:
        return "bool ";
    case TRAIT_INTEGER:
        return "int64_t ";
    case TRAIT_COMMAND:
    case TRAIT_FACT:
    case TRAIT_SEEN:
        return "const char *";
    case TRAIT_WORDS:
        return "unsigned ";
    case TRAIT_STRINGS:
        break;
    }
    return NULL;
}

void write_method_header(const struct model *m, FILE *out)
{
    fputs("/* What each method keeps of a meeting. */\nstruct method_states {\n", out);
    for (size_t i = 0; i < m->method_count; i++)
        if (m->methods[i].state)
            fprintf(out, "    struct %s %s;\n", m->methods[i].state->name,
                    member(m->methods[i].name));
    fputs("};\n\n/* What is said of each method: its traits (traits.json), and where its state\n"
          " * stands in struct method_states; NULL where it has none. */\nstruct method_info {\n"
          "    const char *name;\n    const struct record *state;\n    size_t state_offset;\n"
          "    const struct record *seen;\n",
          out);
    for (size_t i = 0; i < m->trait_count; i++) {
        const struct trait *t = &m->traits[i];
        if (in_c(t))
            fprintf(out, "    %s%s; /* %s%s */\n", c_type(t), member(t->name), t->about,
                    t->kind == TRAIT_WORDS ? " As 1u << each." : "");
    }
    fputs("};\nextern const struct method_info method_infos[METHOD_COUNT];\n\n", out);
}

static void write_trait(const struct trait *t, json_t *value, FILE *out)
{
    size_t i;
    json_t *each;
    const char *between = "";

    fprintf(out, "        .%s = ", member(t->name));
    if (t->kind == TRAIT_BOOLEAN)
        fputs(json_is_true(value) ? "true" : "false", out);
    else if (t->kind == TRAIT_INTEGER)
        fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (t->kind == TRAIT_COMMAND || t->kind == TRAIT_FACT || t->kind == TRAIT_SEEN)
        fprintf(out, "\"%s\"", json_string_value(value));
    else
        json_array_foreach(value, i, each)
        {
            fprintf(out, "%s1u << %s_%s", between, upper(t->type->name),
                    upper(json_string_value(each)));
            between = " | ";
        }
    fputs(",\n", out);
}

void write_method_tables(const struct model *m, FILE *out)
{
    fputs("const struct method_info method_infos[METHOD_COUNT] = {\n", out);
    for (size_t i = 0; i < m->method_count; i++) {
        const struct method *method = &m->methods[i];
        fprintf(out, "    [METHOD_%s] = {\n        .name = \"%s\",\n", upper(method->name),
                method->name);
        if (method->state)
            fprintf(out,
                    "        .state = &%s_record,\n"
                    "        .state_offset = offsetof(struct method_states, %s),\n",
                    method->state->name, member(method->name));
        if (method->seen)
            fprintf(out, "        .seen = &%s_record,\n", method->seen->name);
        for (size_t k = 0; k < m->trait_count; k++) {
            json_t *value =
                json_object_get(json_object_get(method->row, "traits"), m->traits[k].name);
            if (value && in_c(&m->traits[k]))
                write_trait(&m->traits[k], value, out);
        }
        fputs("    },\n", out);
    }
    fputs("};\n\n", out);
}

static void write_plain(json_t *value, FILE *out)
{
    if (json_dumpf(value, out, JSON_ENCODE_ANY) != 0)
        die("traits", "could not be written");
}

void write_method_javascript(const struct model *m, FILE *out)
{
    fputs("/** The methods, by their place, and what traits.json says of each. */\n"
          "export const methods = {\n",
          out);
    for (size_t i = 0; i < m->method_count; i++) {
        fprintf(out, "  %s: {", m->methods[i].name);
        for (size_t k = 0; k < m->trait_count; k++) {
            json_t *value =
                json_object_get(json_object_get(m->methods[i].row, "traits"), m->traits[k].name);
            if (!value)
                continue;
            fprintf(out, " %s: ", m->traits[k].name);
            write_plain(value, out);
            fputc(',', out);
        }
        fputs(" },\n", out);
    }
    fputs("};\n\n", out);
}
