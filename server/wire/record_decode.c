/* record_decode.c -- JSON to structs; the other half of record_json.h is record_encode.c. */
#include "wire/record_json.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/zone.h"
#include "wire/pattern.h"

/* Where in the object we are, as a chain from the inside out; becomes a path when something is
 * bad there. */
struct place {
    const struct place *up; /* NULL outside. */
    const char *name;       /* NULL for an element of a list. */
    size_t index;
};

struct decoding {
    enum record_source source;
    char *ret_field; /* FIELD_PATH_ROOM bytes. */
};

static bool is_word(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    return len > 0 && name[len] == '\0';
}

void field_name(const char *name, char ret_field[static FIELD_PATH_ROOM])
{
    snprintf(ret_field, FIELD_PATH_ROOM, "%s", is_word(name) ? name : "?");
}

static void write_path(const struct place *at, char *ret_field)
{
    char name[FIELD_PATH_ROOM];

    if (!at)
        return;
    write_path(at->up, ret_field);
    if (at->name)
        field_name(at->name, name);
    else
        snprintf(name, sizeof(name), "%zu", at->index);
    size_t used = strlen(ret_field);
    snprintf(ret_field + used, FIELD_PATH_ROOM - used, "%s%s", used > 0 ? "." : "", name);
}

static enum refusal bad(const struct decoding *d, const struct place *at)
{
    d->ret_field[0] = '\0';
    write_path(at, d->ret_field);
    return REFUSED_BAD_FIELD;
}

static enum refusal decode_object(const struct decoding *d, const struct place *at,
                                  const struct record *r, json_t *object, char *to);

static bool decode_integer(const struct record_field *f, json_t *value, char *to)
{
    json_int_t number = json_integer_value(value);

    if (!json_is_integer(value) || number < f->min || number > f->max)
        return false; /* 1.0 is a real to the parser, and no integer to us. */
    int64_t kept = number;
    memcpy(to, &kept, sizeof(kept));
    return true;
}

static bool decode_bool(json_t *value, char *to)
{
    bool kept = json_is_true(value);

    memcpy(to, &kept, sizeof(kept));
    return json_is_boolean(value);
}

static bool decode_enum(const struct record_field *f, json_t *value, char *to)
{
    const char *name = json_string_value(value);

    for (unsigned i = 1; name && i < f->values->count; i++) {
        if (strcmp(name, f->values->names[i]) != 0)
            continue;
        memcpy(to, &i, sizeof(i));
        return true;
    }
    return false;
}

static bool decode_uuid(json_t *value, char *to)
{
    struct uuid id;

    if (!json_is_string(value) ||
        !uuid_read(json_string_value(value), json_string_length(value), &id))
        return false;
    memcpy(to, &id, sizeof(id));
    return true;
}

static bool decode_hash(json_t *value, char *to)
{
    struct hash hash;

    if (!json_is_string(value) ||
        !hash_read(json_string_value(value), json_string_length(value), &hash))
        return false;
    memcpy(to, &hash, sizeof(hash));
    return true;
}

/* What stands in the journal was taken by the rules of its day. */
static bool is_good(enum record_source source, const struct record_field *f, const struct text *t)
{
    if (f->pattern == PATTERN_NONE) {
        size_t points = text_points(t->bytes, t->len);
        return points >= (size_t)f->min && points <= (size_t)f->max;
    }
    if (!pattern_matches(f->pattern, t->bytes, t->len))
        return false;
    if (source == RECORD_OURS)
        return true;
    return f->pattern == PATTERN_DATE   ? day_is_taken(t->bytes)
           : f->pattern == PATTERN_ZONE ? zone_known(t->bytes)
                                        : true;
}

static enum refusal decode_text(const struct decoding *d, const struct record_field *f,
                                json_t *value, char *to)
{
    if (!json_is_string(value))
        return REFUSED_BAD_FIELD;
    struct text *t = text_clean(json_string_value(value), json_string_length(value),
                                d->source == RECORD_OURS ? CLEAN_NOT : f->clean);
    if (!t)
        return REFUSED_BUSY;
    if (!is_good(d->source, f, t)) {
        text_unref(t);
        return REFUSED_BAD_FIELD;
    }
    memcpy(to, &t, sizeof(t));
    return REFUSED_NOT;
}

static enum refusal decode_element(const struct decoding *d, const struct place *at,
                                   const struct record_field *f, json_t *value, char *to)
{
    enum refusal refusal;

    if (f->type == RECORD_LIST)
        return decode_object(d, at, f->of, value, to);
    if (f->type == RECORD_TEXTS)
        refusal = decode_text(d, f, value, to);
    else if (f->type == RECORD_INTS)
        refusal = decode_integer(f, value, to) ? REFUSED_NOT : REFUSED_BAD_FIELD;
    else
        refusal = decode_uuid(value, to) ? REFUSED_NOT : REFUSED_BAD_FIELD;
    return refusal == REFUSED_BAD_FIELD ? bad(d, at) : refusal;
}

/* The list struct is written before its elements, so that whoever gives up can release them. */
static enum refusal decode_list(const struct decoding *d, const struct place *at,
                                const struct record_field *f, json_t *array, char *to)
{
    struct {
        size_t count;
        char *at;
    } list = { json_array_size(array), NULL };
    size_t size = record_element_size(f);

    if (!json_is_array(array) || list.count > f->count_max)
        return bad(d, at);
    if (list.count == 0)
        return REFUSED_NOT;
    list.at = alloc_many(list.count, size);
    if (!list.at)
        return REFUSED_BUSY;
    memcpy(to, &list, sizeof(list));
    for (size_t i = 0; i < list.count; i++) {
        struct place here = { .up = at, .index = i };
        enum refusal refusal =
            decode_element(d, &here, f, json_array_get(array, i), list.at + i * size);
        if (refusal != REFUSED_NOT)
            return refusal;
    }
    return REFUSED_NOT;
}

static enum refusal decode_field(const struct decoding *d, const struct place *at,
                                 const struct record_field *f, json_t *value, char *to)
{
    enum refusal refusal = REFUSED_NOT;
    bool good = true;

    switch (f->type) {
    case RECORD_INT:
    case RECORD_INSTANT: /* Both time types hold one int64_t of milliseconds. */
    case RECORD_SPAN:
        good = decode_integer(f, value, to);
        break;
    case RECORD_BOOL:
        good = decode_bool(value, to);
        break;
    case RECORD_UUID:
        good = decode_uuid(value, to);
        break;
    case RECORD_HASH:
        good = decode_hash(value, to);
        break;
    case RECORD_ENUM:
        good = decode_enum(f, value, to);
        break;
    case RECORD_TEXT:
        refusal = decode_text(d, f, value, to);
        good = refusal != REFUSED_BAD_FIELD;
        break;
    case RECORD_RECORD:
        return decode_object(d, at, f->of, value, to);
    case RECORD_INTS:
    case RECORD_TEXTS:
    case RECORD_UUIDS:
    case RECORD_LIST:
        return decode_list(d, at, f, value, to);
    }
    return good ? refusal : bad(d, at);
}

const struct record_field *record_find(const struct record *r, const char *name)
{
    for (size_t i = 0; r && i < r->count; i++)
        if (strcmp(r->fields[i].name, name) == 0)
            return &r->fields[i];
    return NULL;
}

static enum refusal refuse_unknown(const struct decoding *d, const struct place *at,
                                   const struct record *r, json_t *object)
{
    const char *name;
    json_t *value;

    json_object_foreach(object, name, value)
    {
        struct place here = { .up = at, .name = name };
        if (!record_find(r, name))
            return bad(d, &here);
    }
    return REFUSED_NOT;
}

/* `to` is zeroed; after a failure it holds what was decoded so far, fit to be released. */
static enum refusal decode_object(const struct decoding *d, const struct place *at,
                                  const struct record *r, json_t *object, char *to)
{
    if (!json_is_object(object))
        return bad(d, at);
    enum refusal refusal = refuse_unknown(d, at, r, object);
    for (size_t i = 0; r && i < r->count && refusal == REFUSED_NOT; i++) {
        const struct record_field *f = &r->fields[i];
        struct place here = { .up = at, .name = f->name };
        json_t *value = json_object_get(object, f->name);
        if (!value) {
            if (f->required && !f->redact)
                refusal = bad(d, &here);
            continue;
        }
        refusal = decode_field(d, &here, f, value, to + f->offset);
        if (refusal == REFUSED_NOT && f->has_offset != SIZE_MAX)
            *(bool *)(to + f->has_offset) = true;
    }
    return refusal;
}

enum refusal record_decode(const struct record *r, json_t *object, enum record_source source,
                           void *ret_thing, char ret_field[static FIELD_PATH_ROOM])
{
    struct decoding d = { .source = source, .ret_field = ret_field };

    ret_field[0] = '\0';
    char *made = alloc_many(1, r ? r->size : 1);
    if (!made)
        return REFUSED_BUSY;
    enum refusal refusal = decode_object(&d, NULL, r, object, made);
    if (refusal != REFUSED_NOT)
        record_release(r, made);
    else if (r)
        memcpy(ret_thing, made, r->size);
    free(made);
    return refusal;
}
