#include "wire/fact_json.h"

#include <assert.h>
#include <string.h>

#include "base/scoped.h"
#include "wire/json_text.h"
#include "wire/record_json.h"

enum fact_kind fact_named(const char *name)
{
    for (unsigned i = 0; i < FACT_COUNT; i++)
        if (strcmp(fact_infos[i].name, name) == 0)
            return (enum fact_kind)i;
    return FACT_COUNT;
}

char *fact_encode(const struct fact *f, enum record_part part)
{
    assert(f->kind < FACT_COUNT);
    const struct fact_info *info = &fact_infos[f->kind];
    const char *fields = (const char *)f + info->offset;

    assert(part != RECORD_REDACTABLE || info->redacts);
    SCOPED(json_release) json_t *object = json_object();
    if (!object)
        return NULL;
    if (part != RECORD_REDACTABLE &&
        (json_object_set_new(object, "seq", json_integer(f->seq)) != 0 ||
         json_object_set_new(object, "at", json_integer(f->at.ms)) != 0 ||
         json_object_set_new(object, "fact", json_string(info->name)) != 0))
        return NULL;
    if (!record_encode_into(object, info->fields, fields, part))
        return NULL;
    return json_text_write(GIVE(object));
}

/* Moves the text's fields into the body; each must be one that can be redacted, and must not be
 * in the body already. */
static enum refusal merge(json_t *body, const struct fact_info *info, const char *text)
{
    SCOPED(json_release) json_t *object = NULL;
    const char *name;
    json_t *value;

    enum refusal refusal = json_text_read(text, strlen(text), &object);
    if (refusal != REFUSED_NOT)
        return refusal;
    json_object_foreach(object, name, value)
    {
        const struct record_field *f = record_find(info->fields, name);
        if (!f || !f->redact || json_object_get(body, name))
            return REFUSED_BAD_FIELD;
        if (json_object_set(body, name, value) != 0)
            return REFUSED_BUSY;
    }
    return REFUSED_NOT;
}

/* What a double, and so a page, holds exactly. */
static const int64_t number_max = INT64_C(9007199254740991);

/* Takes a number from `least` up out of the body. */
static bool take_number(json_t *body, const char *name, int64_t least, int64_t *ret_number)
{
    json_t *value = json_object_get(body, name);

    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > number_max)
        return false;
    *ret_number = json_integer_value(value);
    return json_object_del(body, name) == 0;
}

enum refusal fact_decode(const char *body, const char *text, struct fact *ret_fact)
{
    SCOPED(json_release) json_t *object = NULL;
    char field[FIELD_PATH_ROOM];
    struct fact f = { 0 };

    enum refusal refusal = json_text_read(body, strlen(body), &object);
    if (refusal != REFUSED_NOT)
        return refusal;
    const char *name = json_string_value(json_object_get(object, "fact"));
    f.kind = name ? fact_named(name) : FACT_COUNT;
    if (f.kind == FACT_COUNT || json_object_del(object, "fact") != 0 ||
        !take_number(object, "seq", 1, &f.seq) || !take_number(object, "at", 0, &f.at.ms))
        return REFUSED_BAD_FIELD;
    const struct fact_info *info = &fact_infos[f.kind];
    if (text)
        refusal = merge(object, info, text);
    if (refusal != REFUSED_NOT)
        return refusal;
    refusal = record_decode(info->fields, object, RECORD_OURS, (char *)&f + info->offset, field);
    if (refusal == REFUSED_NOT)
        *ret_fact = f;
    return refusal;
}
