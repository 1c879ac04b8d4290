#include "wire/record_text.h"

#include "base/scoped.h"
#include "wire/json_text.h"
#include "wire/record_json.h"

enum refusal record_read(const struct record *r, const char *bytes, size_t len,
                         enum record_source source, void *ret_thing,
                         char ret_field[static FIELD_PATH_ROOM])
{
    SCOPED(json_release) json_t *object = NULL;

    ret_field[0] = '\0';
    enum refusal refusal = json_text_read(bytes, len, &object);
    if (refusal != REFUSED_NOT)
        return refusal;
    return record_decode(r, object, source, ret_thing, ret_field);
}

char *record_write(const struct record *r, const void *thing, enum record_part part)
{
    return json_text_write(record_encode(r, thing, part));
}
