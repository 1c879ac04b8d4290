#include "wire/hello_json.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/scoped.h"
#include "wire/json_text.h"
#include "wire/record_json.h"

char *hello_write(const struct hello *hello)
{
    json_t *body = record_encode(&hello_record, hello, RECORD_ALL);

    return body ? json_text_write(json_pack("{s:o}", "hello", body)) : NULL;
}

static void seat_read(json_t *from, struct seat_token *ret_seat)
{
    const char *token = json_string_value(json_object_get(from, "token"));

    ret_seat->seat = json_integer_value(json_object_get(from, "seat"));
    snprintf(ret_seat->token, sizeof(ret_seat->token), "%s", token ? token : "");
}

enum greeting greeting_read(const char *bytes, size_t len,
                            struct seat_token ret_seats[static LIMIT_SEATS_A_PHONE],
                            size_t *ret_count)
{
    SCOPED(json_release) json_t *root = NULL;

    *ret_count = 0;
    if (json_text_read(bytes, len, &root) != REFUSED_NOT)
        return GREETING_NOT;
    json_t *welcome = json_object_get(root, "welcome");
    if (!json_is_object(welcome))
        return json_object_get(root, "refused") ? GREETING_REFUSED : GREETING_NOT;
    json_t *seats = json_object_get(welcome, "seats");
    for (size_t i = 0; i < json_array_size(seats) && i < LIMIT_SEATS_A_PHONE; i++)
        seat_read(json_array_get(seats, i), &ret_seats[(*ret_count)++]);
    return GREETING_WELCOME;
}

bool reply_id(const char *bytes, size_t len, struct uuid *ret_re)
{
    static const char before[] = "{\"re\":\"";
    const size_t n = sizeof(before) - 1;

    return len > n + UUID_CHARS && memcmp(bytes, before, n) == 0 &&
           uuid_read(bytes + n, UUID_CHARS, ret_re);
}
