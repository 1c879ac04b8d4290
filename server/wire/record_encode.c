/* record_encode.c -- structs to JSON; the other half of record_json.h is record_decode.c. */
#include "wire/record_json.h"

#include <assert.h>
#include <string.h>

#include "base/scoped.h"
#include "wire/json_text.h"

static json_t *encode_uuid(const void *where)
{
    struct uuid id;
    char chars[UUID_CHARS + 1];

    memcpy(&id, where, sizeof(id));
    uuid_write(id, chars);
    return json_stringn(chars, UUID_CHARS);
}

static json_t *encode_hash(const void *where)
{
    struct hash hash;
    char chars[HASH_CHARS + 1];

    memcpy(&hash, where, sizeof(hash));
    hash_write(hash, chars);
    return json_stringn(chars, HASH_CHARS);
}

static json_t *encode_text(const void *where)
{
    const struct text *t;

    memcpy(&t, where, sizeof(t));
    assert(t);
    return json_stringn(t->bytes, t->len);
}

static json_t *encode_integer(const void *where)
{
    int64_t value;

    memcpy(&value, where, sizeof(value));
    return json_integer(value);
}

static json_t *encode_bool(const void *where)
{
    bool value;

    memcpy(&value, where, sizeof(value));
    return json_boolean(value);
}

static json_t *encode_enum(const struct record_enum *values, const void *where)
{
    unsigned value;

    memcpy(&value, where, sizeof(value));
    assert(value > 0 && value < values->count);
    return json_string(values->names[value]);
}

static json_t *encode_element(const struct record_field *f, const void *where)
{
    if (f->type == RECORD_INTS)
        return encode_integer(where);
    if (f->type == RECORD_TEXTS)
        return encode_text(where);
    if (f->type == RECORD_UUIDS)
        return encode_uuid(where);
    return record_encode(f->of, where, RECORD_ALL);
}

static json_t *encode_list(const struct record_field *f, const void *thing)
{
    void *at;
    size_t count = record_list(f, thing, &at), size = record_element_size(f);
    SCOPED(json_release) json_t *array = json_array();

    for (size_t i = 0; array && i < count; i++)
        if (json_array_append_new(array, encode_element(f, (char *)at + i * size)) != 0)
            return NULL;
    return GIVE(array);
}

static json_t *encode_field(const struct record_field *f, const void *thing)
{
    const char *where = (const char *)thing + f->offset;

    switch (f->type) {
    case RECORD_INT:
    case RECORD_INSTANT: /* Both time types hold one int64_t of milliseconds. */
    case RECORD_SPAN:
        return encode_integer(where);
    case RECORD_BOOL:
        return encode_bool(where);
    case RECORD_UUID:
        return encode_uuid(where);
    case RECORD_HASH:
        return encode_hash(where);
    case RECORD_TEXT:
        return encode_text(where);
    case RECORD_ENUM:
        return encode_enum(f->values, where);
    case RECORD_RECORD:
        return record_encode(f->of, where, RECORD_ALL);
    case RECORD_INTS:
    case RECORD_TEXTS:
    case RECORD_UUIDS:
    case RECORD_LIST:
        return encode_list(f, thing);
    }
    assert(false); /* Every type stands above. */
    return NULL;
}

bool record_encode_into(json_t *object, const struct record *r, const void *thing,
                        enum record_part part)
{
    for (size_t i = 0; r && i < r->count; i++) {
        const struct record_field *f = &r->fields[i];
        if ((part == RECORD_KEPT && f->redact) || (part == RECORD_REDACTABLE && !f->redact) ||
            (part == RECORD_TOLD && f->untold))
            continue;
        bool has = record_has(f, thing);
        if (!has && !f->null && !(f->required && f->count_max > 0))
            continue; /* A list that is required is told as an empty one. */
        json_t *value = has || !f->null ? encode_field(f, thing) : json_null();
        if (json_object_set_new(object, f->name, value) != 0)
            return false;
    }
    return true;
}

json_t *record_encode(const struct record *r, const void *thing, enum record_part part)
{
    SCOPED(json_release) json_t *object = json_object();

    if (!object || !record_encode_into(object, r, thing, part))
        return NULL;
    return GIVE(object);
}
