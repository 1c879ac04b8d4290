/* protogen_read.c -- the files of the protocol folder. */
#include "protogen.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Holds every tree that was read, so that names may be borrowed. */
static json_t *kept;

json_t *read_object(const char *folder, const char *file)
{
    char path[4096];
    json_error_t error;

    if (snprintf(path, sizeof(path), "%s/%s", folder, file) >= (int)sizeof(path))
        die(file, "the path is too long");
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        die(file, "%d:%d: %s", error.line, error.column, error.text);
    if (!json_is_object(root))
        die(file, "must be an object");
    if (!kept)
        kept = json_array();
    json_array_append_new(kept, root);
    return root;
}

void check_keys(json_t *object, const char *file, const char *allowed)
{
    const char *key;
    json_t *value;
    char word[100];

    if (!json_is_object(object))
        die(file, "an object was expected, with some of:%s", allowed);
    json_object_foreach(object, key, value)
    {
        if (snprintf(word, sizeof(word), " %s ", key) >= (int)sizeof(word) ||
            !strstr(allowed, word))
            die(file, "\"%s\" is not known here", key);
    }
}

const char *need_string(json_t *object, const char *file, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    if (!value || !*value)
        die(file, "%s is needed", key);
    return value;
}

void need_word(const char *file, const char *word, const char *extra)
{
    for (const char *c = word; *c; c++)
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9' && c > word) && *c != '_' &&
            !strchr(extra, *c))
            die(file, "\"%s\" cannot be a name", word);
}

static void need_about(json_t *object, const char *file)
{
    if (strstr(need_string(object, file, "about"), "*/"))
        die(file, "about would end a comment");
}

static bool there(const char *folder, const char *file)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/%s", folder, file);
    return access(path, F_OK) == 0;
}

/* Reads the agenda's schema, which has a file of its own: people write agendas by it too. */
static void read_agenda(struct model *m, const char *folder, struct record *ret_record)
{
    const char *file = "template.schema.json";
    json_t *root = read_object(folder, file);

    check_keys(root, file, " $schema title description type properties required ");
    ret_record->name = need_string(root, file, "title");
    ret_record->about = need_string(root, file, "description");
    json_t *schema = json_copy(root);
    json_object_del(schema, "$schema");
    json_object_del(schema, "title");
    json_object_del(schema, "description");
    json_array_append_new(kept, schema);
    read_fields(m, folder, file, schema, ret_record);
}

static void read_record_fields(struct model *m, const char *folder, const char *file, json_t *row,
                               const char *keys, struct record *ret_record)
{
    check_keys(row, file, keys);
    need_about(row, file);
    ret_record->about = need_string(row, file, "about");
    read_fields(m, folder, file, json_object_get(row, "fields"), ret_record);
}

/* A record stands in a file of records/, or in the row of the method whose own it is. */
struct record *find_record(struct model *m, const char *folder, const char *name)
{
    static int depth; /* Records hold each other only so deep; a ring of them never ends. */
    char file[200];
    struct record made = { 0 };

    for (size_t i = 0; i < m->record_count; i++)
        if (strcmp(m->records[i].name, name) == 0)
            return &m->records[i];
    if (++depth > RECORDS_MAX)
        die(name, "records hold each other in a ring");
    snprintf(file, sizeof(file), "records/%s.json", name);
    const struct method *of = method_with_record(m, name);
    if (of && there(folder, file))
        die(of->file, "the record %s stands in %s", name, file);
    if (strcmp(name, "agenda") == 0) {
        read_agenda(m, folder, &made);
    } else if (of) {
        read_record_fields(m, folder, of->file, method_record(of, name), " about fields ", &made);
        made.name = name;
    } else if (there(folder, file)) {
        json_t *root = read_object(folder, file);
        made.name = need_string(root, file, "record");
        read_record_fields(m, folder, file, root, " record about fields ", &made);
    } else {
        depth--;
        return NULL;
    }
    if (strcmp(made.name, name) != 0)
        die(file, "it calls itself %s", made.name);
    if (made.count == 0)
        die(file, "a record has fields");
    if (m->record_count == RECORDS_MAX)
        die(file, "more than %d records", RECORDS_MAX);
    depth--;
    m->records[m->record_count] = made;
    return &m->records[m->record_count++];
}

static void read_limits(struct model *m, const char *folder)
{
    const char *name;
    json_t *value, *root = read_object(folder, "limits.json");

    json_object_foreach(root, name, value)
    {
        if (m->limit_count == LIMITS_MAX || !json_is_integer(value))
            die("limits.json", "%s: an integer, and no more than %d of them", name, LIMITS_MAX);
        need_word("limits.json", name, "");
        m->limits[m->limit_count].name = name;
        m->limits[m->limit_count++].value = json_integer_value(value);
    }
}

static void read_refusals(struct model *m, const char *folder)
{
    const char *name;
    json_t *value, *root = read_object(folder, "refusals.json");

    json_object_foreach(root, name, value)
    {
        if (m->refusal_count == REFUSALS_MAX || !json_is_string(value))
            die("refusals.json", "%s: a text, and no more than %d", name, REFUSALS_MAX);
        need_word("refusals.json", name, "");
        m->refusals[m->refusal_count++] = name;
    }
}

static bool ends_in_json(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

static int keep_json(const struct dirent *entry)
{
    return ends_in_json(entry);
}

/* Compares names by their bytes: alphasort would follow the locale of whoever builds. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

void each_file(struct model *m, const char *folder, const char *sub, file_fn *each)
{
    char path[4096], file[512], name[256];
    struct dirent **found = NULL;

    snprintf(path, sizeof(path), "%s/%s", folder, sub);
    int count = scandir(path, &found, keep_json, by_bytes);
    if (count < 0)
        die(path, "cannot be read");
    for (int i = 0; i < count; i++) {
        snprintf(file, sizeof(file), "%s/%s", sub, found[i]->d_name);
        snprintf(name, sizeof(name), "%.*s", (int)(strlen(found[i]->d_name) - 5), found[i]->d_name);
        each(m, folder, file, name);
        free(found[i]);
    }
    free(found);
}

static void read_record(struct model *m, const char *folder, const char *file, const char *name)
{
    need_word(file, name, "");
    find_record(m, folder, name);
}

static void check_words(json_t *array, const char *file, const char *what,
                        bool (*known)(const struct model *m, const char *word),
                        const struct model *m)
{
    size_t i;
    json_t *value;

    if (!json_is_array(array))
        die(file, "%s is needed, as an array", what);
    json_array_foreach(array, i,
                       value) if (!json_is_string(value) || !known(m, json_string_value(value)))
        die(file, "%s: number %zu is not known", what, i);
}

static bool is_role(const struct model *m, const char *word)
{
    for (size_t t = 0; t < m->type_count; t++) {
        size_t i;
        json_t *value;
        if (strcmp(m->types[t].name, "role") == 0)
            json_array_foreach(m->types[t].values, i,
                               value) if (strcmp(json_string_value(value), word) == 0) return true;
    }
    return false;
}

static bool is_role_or_author(const struct model *m, const char *word)
{
    return strcmp(word, "author") == 0 || is_role(m, word);
}

static bool is_refusal(const struct model *m, const char *word)
{
    for (size_t i = 0; i < m->refusal_count; i++)
        if (strcmp(m->refusals[i], word) == 0)
            return true;
    return false;
}

/* Reads what commands and facts have in common. */
static struct verb *read_verb(struct model *m, const char *folder, const char *file,
                              const char *name, json_t *root, const char *what)
{
    bool command = strcmp(what, "command") == 0;
    size_t *count = command ? &m->command_count : &m->fact_count;

    if (*count == VERBS_MAX)
        die(file, "more than %d", VERBS_MAX);
    struct verb *v = command ? &m->commands[(*count)++] : &m->facts[(*count)++];
    need_about(root, file);
    v->name = need_string(root, file, command ? "do" : "fact");
    if (strcmp(v->name, name) != 0)
        die(file, "it calls itself %s", v->name);
    need_word(file, v->name, ".");
    snprintf(v->c_name, sizeof(v->c_name), "%s", member(v->name));
    snprintf(v->tag, sizeof(v->tag), "%s_%s", what, v->c_name);
    v->record.name = v->tag;
    v->record.about = need_string(root, file, "about");
    read_fields(m, folder, file, json_object_get(root, command ? "with" : "fields"), &v->record);
    if (!json_is_object(json_object_get(root, "example")))
        die(file, "an example is needed");
    return v;
}

static bool flag(json_t *object, const char *file, const char *key)
{
    json_t *value = json_object_get(object, key);

    if (value && !json_is_boolean(value))
        die(file, "%s is true or false", key);
    return json_is_true(value);
}

static void need_field(const struct verb *v, const char *file, const char *name, enum kind kind)
{
    const struct field *f = find_field(&v->record, name);

    if (!f || f->kind != kind)
        die(file, "undo names its %s, which it has not", name);
}

/* Reads `undo` of a command: false, or an object that says how. A command without it is an error.
 */
static void read_undo(struct verb *v, const char *file, json_t *undo)
{
    if (!undo)
        die(file, "undo is needed: false, or how the command is taken back");
    if (json_is_false(undo))
        return;
    check_keys(undo, file, " whose block seat part as keeps ");
    const char *whose = need_string(undo, file, "whose");
    const char *seat = json_string_value(json_object_get(undo, "seat"));
    if (strcmp(whose, "console") != 0 && strcmp(whose, "everybody") != 0)
        die(file, "undo is the console's or everybody's");
    if (seat && strcmp(seat, "named") != 0 && strcmp(seat, "next") != 0)
        die(file, "undo names the seat that is named, or the next to come");
    v->undo = (struct undo){
        .covered = true,
        .everybodys = strcmp(whose, "everybody") == 0,
        .memento = flag(undo, file, "block"),
        .keeps = flag(undo, file, "keeps"),
        .seat = seat ? seat : "speaker",
        .part = json_object_get(undo, "part") != NULL,
        .as = json_object_get(undo, "as") ? need_string(undo, file, "as") : v->name,
    };
    if (strcmp(v->undo.seat, "named") == 0)
        need_field(v, file, "seat", KIND_INT);
    if (v->undo.part)
        need_field(v, file, "part", KIND_TEXT);
    if (!v->undo.memento && !v->undo.keeps)
        die(file, "undo has nothing to set again");
}

static void read_command(struct model *m, const char *folder, const char *file, const char *name)
{
    json_t *root = read_object(folder, file);

    check_keys(root, file, " do about who later made undo with refusals example ");
    struct verb *v = read_verb(m, folder, file, name, root, "command");
    v->roles = json_object_get(root, "who");
    v->later = json_object_get(root, "later");
    v->refusals = json_object_get(root, "refusals");
    check_words(v->roles, file, "who", is_role, m);
    if (v->later)
        check_words(v->later, file, "later", is_role, m);
    check_words(v->refusals, file, "refusals", is_refusal, m);
    if (json_object_get(root, "made"))
        v->made = need_string(root, file, "made");
    read_undo(v, file, json_object_get(root, "undo"));
}

/* The fields that a fact lists under `key`: each is handed to `mark`. */
static void mark_fields(struct verb *v, const char *file, json_t *root, const char *key,
                        void (*mark)(struct verb *v, struct field *f))
{
    json_t *list = json_object_get(root, key), *value;
    size_t i;

    if (list && !json_is_array(list))
        die(file, "%s is an array of fields", key);
    json_array_foreach(list, i, value)
    {
        const char *name = json_is_string(value) ? json_string_value(value) : "";
        size_t k = 0;
        while (k < v->record.count && strcmp(v->record.fields[k].name, name) != 0)
            k++;
        if (k == v->record.count)
            die(file, "%s: number %zu is no field", key, i);
        mark(v, &v->record.fields[k]);
    }
}

static void mark_redacted(struct verb *v, struct field *f)
{
    f->redact = v->redacts = true;
}

static void mark_untold(struct verb *v, struct field *f)
{
    f->untold = v->untold = true;
}

/* Reads `blanks` of a fact that holds the numbers of earlier ones: "texts" when what can be
 * redacted of those is blanked with it, "commands" when the ids of the commands that caused them
 * are too. */
static void read_blanks(struct verb *v, const char *file, json_t *blanks)
{
    const struct field *f = find_field(&v->record, "blanks");

    if (!blanks != !f)
        die(file, "blanks says what is forgotten of the facts in its field `blanks`");
    if (!blanks)
        return;
    v->blanks = json_string_value(blanks);
    if (f->kind != KIND_INTS || !v->blanks ||
        (strcmp(v->blanks, "texts") != 0 && strcmp(v->blanks, "commands") != 0))
        die(file, "blanks is \"texts\" or \"commands\", of a list of numbers");
}

static void read_fact(struct model *m, const char *folder, const char *file, const char *name)
{
    json_t *root = read_object(folder, file);

    check_keys(root, file,
               " fact about seen_by minutes undated redact untold room blanks fields example ");
    struct verb *v = read_verb(m, folder, file, name, root, "fact");
    v->roles = json_object_get(root, "seen_by");
    check_words(v->roles, file, "seen_by", is_role_or_author, m);
    mark_fields(v, file, root, "redact", mark_redacted);
    mark_fields(v, file, root, "untold", mark_untold);
    v->minutes = flag(root, file, "minutes");
    v->undated = flag(root, file, "undated");
    v->room = flag(root, file, "room");
    read_blanks(v, file, json_object_get(root, "blanks"));
    if (v->room && v->record.count == 0)
        die(file, "room is kept for what a fact holds, and it holds nothing");

    size_t i;
    json_t *value;
    json_array_foreach(v->roles, i, value) if (strcmp(json_string_value(value), "author") == 0)
        v->author = true;
    bool seat = false;
    for (size_t k = 0; k < v->record.count; k++)
        seat |=
            strcmp(v->record.fields[k].name, "seat") == 0 && v->record.fields[k].kind == KIND_INT;
    if (v->author && !seat)
        die(file, "its author is the phone of `seat`, which it has not");
    const struct field *handset = find_field(&v->record, "handset");
    v->handset = v->author && handset && handset->kind == KIND_HASH;
}

static void read_frame(struct model *m, const char *folder, const char *file, const char *name)
{
    json_t *root = read_object(folder, file);
    json_t *schema = json_object_get(root, "schema");

    check_keys(root, file, " frame from about schema example ");
    need_about(root, file);
    if (strcmp(need_string(root, file, "frame"), name) != 0)
        die(file, "it calls itself otherwise");
    const char *from = need_string(root, file, "from");
    if (strcmp(from, "client") != 0 && strcmp(from, "server") != 0 && strcmp(from, "both") != 0)
        die(file, "from is client, server or both");
    check_frame(m, folder, file, schema);
    if (strcmp(name, "hello") != 0)
        return;
    if (m->record_count == RECORDS_MAX)
        die(file, "more than %d records", RECORDS_MAX);
    struct record hello = { .name = "hello", .about = need_string(root, file, "about") };
    read_fields(m, folder, file, json_object_get(json_object_get(schema, "properties"), "hello"),
                &hello);
    m->records[m->record_count++] = hello;
}

void read_all(struct model *m, const char *folder)
{
    const char *name;
    json_t *value;

    read_limits(m, folder);
    read_refusals(m, folder);
    json_t *root = read_object(folder, "types.json");
    json_object_foreach(root, name, value)
    {
        need_word("types.json", name, "");
        read_type(m, name, value);
    }
    read_method_names(m, folder);
    read_traits(m, folder);
    read_method_records(m, folder);
    each_file(m, folder, "records", read_record);
    find_record(m, folder, "agenda");
    each_file(m, folder, "commands", read_command);
    each_file(m, folder, "facts", read_fact);
    each_file(m, folder, "frames", read_frame);
    check_methods(m);
}
