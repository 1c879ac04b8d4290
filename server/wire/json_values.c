#include "wire/json_values.h"

json_t *json_of_text(const struct text *t)
{
    return t ? json_stringn(t->bytes, t->len) : json_null();
}

json_t *json_of_uuid(struct uuid id)
{
    char chars[UUID_CHARS + 1];

    uuid_write(id, chars);
    return json_stringn(chars, UUID_CHARS);
}

json_t *json_of_part(const struct meeting *m, int part)
{
    return part == PART_NONE ? json_null() : json_of_text(m->parts[part].part->id);
}

void json_put_text(json_t *to, const char *name, const struct text *t)
{
    if (t)
        json_object_set_new(to, name, json_of_text(t));
}
