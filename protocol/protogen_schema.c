/* protogen_schema.c -- the small part of JSON Schema that the protocol keeps to. */
#include "protogen.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_POINTS_MAX = 1000000 };

/* The forms that wire/ knows how to check, as they must stand in types.json. */
/* clang-format off */
static const struct {
    const char *type, *constant, *pattern;
} patterns[] = {
    { "uuid",    "UUID",    "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$" },
    { "hash",    "HASH",    "^[0-9a-f]{64}$" },
    { "secret",  "SECRET",  "^[A-Za-z0-9_-]{43}$" },
    { "code",    "CODE",    "^[2-9A-HJKMNP-Za-hjkmnp-z]{4}-?[2-9A-HJKMNP-Za-hjkmnp-z]{4}$" },
    { "date",    "DATE",    "^2[01][0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" },
    { "time",    "TIME",    "^([01][0-9]|2[0-3]):[0-5][0-9]$" },
    { "part_id", "PART_ID", "^[a-z0-9_-]{1,16}$" },
    { "url",     "URL",     "^https?://[!-~]{1,500}$" },
    { "zone",    "ZONE",    "^(?=.{1,64}$)[A-Z][A-Za-z0-9+_-]*(/[A-Za-z0-9+_-]+)*$" },
};
/* clang-format on */

static const char *pattern_of(const char *type, const char *pattern)
{
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
        if (strcmp(type, patterns[i].type) == 0 && strcmp(pattern, patterns[i].pattern) == 0)
            return patterns[i].constant;
    die("types.json", "%s: the server knows no such pattern (wire/pattern.c)", type);
}

/* A number of the schema: written out, or as "limit:NAME". */
static int64_t number(const struct model *m, const char *file, json_t *schema, const char *key)
{
    json_t *value = json_object_get(schema, key);
    const char *name = json_string_value(value);

    if (json_is_integer(value))
        return json_integer_value(value);
    if (!name || strncmp(name, "limit:", 6) != 0)
        die(file, "%s is needed, as an integer or as \"limit:NAME\"", key);
    for (size_t i = 0; i < m->limit_count; i++)
        if (strcmp(m->limits[i].name, name + 6) == 0)
            return m->limits[i].value;
    die(file, "limits.json has no %s", name + 6);
}

static void range(const struct model *m, const char *file, json_t *schema, const char *low,
                  const char *high, int64_t *ret_min, int64_t *ret_max)
{
    *ret_min = number(m, file, schema, low);
    *ret_max = number(m, file, schema, high);
    if (*ret_min > *ret_max)
        die(file, "%s is above %s", low, high);
}

static void read_enum(struct type *t, json_t *schema)
{
    size_t i;
    json_t *value;

    check_keys(schema, "types.json", " type enum ");
    t->kind = KIND_ENUM;
    t->values = json_object_get(schema, "enum");
    if (json_array_size(t->values) == 0)
        die("types.json", "%s: an enum has values", t->name);
    json_array_foreach(t->values, i, value) if (!json_is_string(value) ||
                                                strcmp(json_string_value(value), "not") == 0 ||
                                                strcmp(json_string_value(value), "count") == 0)
        die("types.json", "%s: value %zu is no word that can be one", t->name, i);
}

static void read_string(struct model *m, struct type *t, json_t *schema)
{
    const char *pattern = json_string_value(json_object_get(schema, "pattern"));

    t->kind = KIND_TEXT;
    if (pattern) {
        check_keys(schema, "types.json", " type pattern ");
        t->pattern = pattern_of(t->name, pattern);
        if (strcmp(t->name, "uuid") == 0)
            t->kind = KIND_UUID;
        if (strcmp(t->name, "hash") == 0)
            t->kind = KIND_HASH;
        return;
    }
    check_keys(schema, "types.json", " type minLength maxLength clean ");
    range(m, "types.json", schema, "minLength", "maxLength", &t->min, &t->max);
    t->clean = json_string_value(json_object_get(schema, "clean"));
    if (t->clean && strcmp(t->clean, "line") != 0 && strcmp(t->clean, "lines") != 0 &&
        strcmp(t->clean, "table") != 0)
        die("types.json", "%s: the server cleans no text so (base/clean.h)", t->name);
    if (t->min < 0 || t->max > TEXT_POINTS_MAX)
        die("types.json", "%s: no such length", t->name);
}

void read_type(struct model *m, const char *name, json_t *schema)
{
    const char *type = json_string_value(json_object_get(schema, "type"));

    if (m->type_count == TYPES_MAX)
        die("types.json", "more than %d types", TYPES_MAX);
    struct type *t = &m->types[m->type_count++];
    *t = (struct type){ .name = name, .pattern = "NONE" };
    if (type && strcmp(type, "integer") == 0) {
        check_keys(schema, "types.json", " type minimum maximum ");
        range(m, "types.json", schema, "minimum", "maximum", &t->min, &t->max);
        t->kind = strcmp(name, "instant") == 0                              ? KIND_INSTANT
                  : strcmp(name, "span") == 0 || strcmp(name, "lapse") == 0 ? KIND_SPAN
                                                                            : KIND_INT;
    } else if (type && strcmp(type, "string") == 0) {
        if (json_object_get(schema, "enum"))
            read_enum(t, schema);
        else
            read_string(m, t, schema);
    } else {
        die("types.json", "%s: type must be integer or string", name);
    }
}

const struct type *find_type(const struct model *m, const char *name)
{
    for (size_t i = 0; i < m->type_count; i++)
        if (strcmp(m->types[i].name, name) == 0)
            return &m->types[i];
    return NULL;
}

/* What {"$ref": name} stands for. */
static void resolve(struct model *m, const char *folder, const char *file, json_t *schema,
                    struct field *ret_field)
{
    const char *name = json_string_value(json_object_get(schema, "$ref"));

    check_keys(schema, file, " $ref ");
    if (!name)
        die(file, "%s: a field is a $ref, a boolean, or an array of $refs", ret_field->name);
    const struct type *t = find_type(m, name);
    if (t) {
        ret_field->kind = t->kind;
        ret_field->type = t->kind == KIND_ENUM ? t : NULL;
        ret_field->min = t->min;
        ret_field->max = t->max;
        ret_field->pattern = t->pattern;
        ret_field->clean = t->clean;
        return;
    }
    ret_field->of = find_record(m, folder, name);
    if (!ret_field->of)
        die(file, "%s: no type and no record is called %s", ret_field->name, name);
    ret_field->kind = KIND_RECORD;
}

static void read_array(struct model *m, const char *folder, const char *file, json_t *schema,
                       struct field *ret_field)
{
    check_keys(schema, file, " type items maxItems ");
    resolve(m, folder, file, json_object_get(schema, "items"), ret_field);
    int64_t most = number(m, file, schema, "maxItems");
    if (most < 1)
        die(file, "%s: no such count", ret_field->name);
    ret_field->count_max = (size_t)most;
    if (ret_field->kind == KIND_INT || ret_field->kind == KIND_INSTANT)
        ret_field->kind = KIND_INTS;
    else if (ret_field->kind == KIND_TEXT)
        ret_field->kind = KIND_TEXTS;
    else if (ret_field->kind == KIND_UUID)
        ret_field->kind = KIND_UUIDS;
    else if (ret_field->kind == KIND_RECORD)
        ret_field->kind = KIND_LIST;
    else
        die(file, "%s: no lists of these", ret_field->name);
    if (ret_field->of)
        find_record(m, folder, ret_field->of->name)->listed = true;
}

static void read_field(struct model *m, const char *folder, const char *file, json_t *schema,
                       struct field *ret_field)
{
    const char *type = json_string_value(json_object_get(schema, "type"));

    if (type && strcmp(type, "boolean") == 0) {
        check_keys(schema, file, " type ");
        ret_field->kind = KIND_BOOL;
    } else if (type && strcmp(type, "array") == 0) {
        read_array(m, folder, file, schema, ret_field);
    } else {
        resolve(m, folder, file, schema, ret_field);
    }
}

static void check_object(const char *file, json_t *schema)
{
    json_t *properties = json_object_get(schema, "properties");
    json_t *required = json_object_get(schema, "required");
    const char *type = json_string_value(json_object_get(schema, "type"));

    check_keys(schema, file, " type properties required null ");
    if (!type || strcmp(type, "object") != 0 || !json_is_object(properties) ||
        !json_is_array(required))
        die(file, "type \"object\", properties and required are needed");
}

static bool names(json_t *array, const char *name)
{
    size_t i;
    json_t *value;

    json_array_foreach(array, i,
                       value) if (strcmp(json_string_value(value), name) == 0) return true;
    return false;
}

static struct field *field_named(struct record *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->fields[i].name, name) == 0)
            return &r->fields[i];
    return NULL;
}

static struct field *add_field(struct record *r, const char *file, struct field field)
{
    if (r->count == FIELDS_MAX)
        die(file, "more than %d fields", FIELDS_MAX);
    r->fields[r->count] = field;
    return &r->fields[r->count++];
}

/* Spreads a record ("...name"): its fields stand here as if they were written out, except those
 * that the schema names itself. */
static void spread(const char *file, const struct record *from, const char *member_name,
                   json_t *properties, struct record *ret_record)
{
    for (size_t i = 0; i < from->count; i++) {
        struct field copy = from->fields[i];
        if (json_object_get(properties, copy.name))
            continue;
        if (field_named(ret_record, copy.name))
            die(file, "%s stands in two of its spreads", copy.name);
        char *path = malloc(2 + strlen(member_name) + (copy.path ? strlen(copy.path) : 0));
        sprintf(path, copy.path ? "%s.%s" : "%s", member(member_name), copy.path);
        copy.spread = from;
        copy.spread_name = member_name;
        copy.path = path;
        add_field(ret_record, file, copy);
    }
}

/* Ends the process where a setting of the method is called like another field of a part. */
static void check_settings(const struct method *method, json_t *properties,
                           struct record *ret_record)
{
    for (size_t i = 0; i < method->settings->count; i++) {
        const char *name = method->settings->fields[i].name;
        if (json_object_get(properties, name) || field_named(ret_record, name))
            die(method->file, "a part has another %s", name);
    }
}

/* Spreads the record of this name. "...methods" stands for what each method adds to a snapshot,
 * "...settings" for what each adds to a part. */
static void spread_one(struct model *m, const char *folder, const char *file, const char *name,
                       json_t *properties, struct record *ret_record)
{
    bool seen = strcmp(name, "methods") == 0, settings = strcmp(name, "settings") == 0;
    const struct record *from = seen || settings ? NULL : find_record(m, folder, name);

    if (from)
        spread(file, from, from->name, properties, ret_record);
    else if (!seen && !settings)
        die(file, "no record is called %s", name);
    for (size_t i = 0; !from && i < m->method_count; i++) {
        const struct method *method = &m->methods[i];
        const struct record *own = seen ? method->seen : method->settings;
        if (settings && own)
            check_settings(method, properties, ret_record);
        if (own)
            spread(file, own, method->name, properties, ret_record);
    }
}

/* Whether a field needs no has_NAME: a text that is NULL and an enum that is 0 are absent. */
static bool is_alone(const struct field *f)
{
    return f->kind == KIND_TEXT || f->kind == KIND_ENUM;
}

/* Reads which fields are required, and which are told as null when they are absent; both may name
 * fields that were spread. */
static void read_presence(const char *file, json_t *required, json_t *null,
                          struct record *ret_record)
{
    size_t i;
    json_t *value;

    json_array_foreach(required, i, value)
    {
        struct field *f = field_named(ret_record, json_string_value(value));
        if (!f)
            die(file, "required names what is no property");
        f->required = true;
    }
    json_array_foreach(null, i, value)
    {
        struct field *f = field_named(ret_record, json_string_value(value));
        if (!f || !(f->counted || is_alone(f)))
            die(file, "null names what is no property, or is always there");
        f->null = true;
    }
}

void read_fields(struct model *m, const char *folder, const char *file, json_t *schema,
                 struct record *ret_record)
{
    json_t *properties = json_object_get(schema, "properties");
    json_t *required = json_object_get(schema, "required");
    json_t *null = json_object_get(schema, "null");
    const char *name;
    json_t *value;

    check_object(file, schema);
    json_object_foreach(properties, name, value)
    {
        if (strncmp(name, "...", 3) == 0) {
            spread_one(m, folder, file, name + 3, properties, ret_record);
            continue;
        }
        struct field *f =
            add_field(ret_record, file, (struct field){ .name = name, .pattern = "NONE" });
        read_field(m, folder, file, value, f);
        f->counted = !is_alone(f) && (!names(required, name) || names(null, name));
    }
    read_presence(file, required, null, ret_record);
}

static void check_frame_scalar(struct model *m, const char *folder, const char *file,
                               json_t *schema, const char *type)
{
    int64_t low, high;

    if (!type) {
        const char *name = json_string_value(json_object_get(schema, "$ref"));
        check_keys(schema, file, " $ref ");
        if (!name ||
            (strcmp(name, "refusal") != 0 && !find_type(m, name) && !find_record(m, folder, name)))
            die(file, "a $ref leads nowhere");
    } else if (strcmp(type, "string") == 0) {
        check_keys(schema, file, " type minLength maxLength ");
        range(m, file, schema, "minLength", "maxLength", &low, &high);
    } else if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0) {
        check_keys(schema, file, " type minimum maximum ");
        range(m, file, schema, "minimum", "maximum", &low, &high);
    } else if (strcmp(type, "boolean") == 0) {
        check_keys(schema, file, " type ");
    } else {
        die(file, "no type is called %s", type);
    }
}

void check_frame(struct model *m, const char *folder, const char *file, json_t *schema)
{
    const char *type = json_string_value(json_object_get(schema, "type"));
    json_t *either = json_object_get(schema, "anyOf");
    const char *name;
    json_t *value;

    if (either) {
        json_t *null = json_object_get(json_array_get(either, 1), "type");
        check_keys(schema, file, " anyOf ");
        if (json_array_size(either) != 2 || !null || strcmp(json_string_value(null), "null") != 0)
            die(file, "anyOf is for \"this, or null\" alone");
        check_frame(m, folder, file, json_array_get(either, 0));
    } else if (type && strcmp(type, "object") == 0) {
        if (json_object_size(schema) == 1)
            return; /* Any object: a command's or a fact's own schema says more. */
        check_object(file, schema);
        json_object_foreach(json_object_get(schema, "properties"), name, value)
            check_frame(m, folder, file, value);
    } else if (type && strcmp(type, "array") == 0) {
        check_keys(schema, file, " type items maxItems ");
        number(m, file, schema, "maxItems");
        check_frame(m, folder, file, json_object_get(schema, "items"));
    } else {
        check_frame_scalar(m, folder, file, schema, type);
    }
}
