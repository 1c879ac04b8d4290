#include "wire/command_decode.h"

#include <assert.h>
#include <string.h>

#include "base/scoped.h"
#include "wire/json_text.h"
#include "wire/record_json.h"

static const int64_t clock_max = INT64_C(9007199254740991); /* What a double holds exactly. */

enum command_kind command_named(const char *name)
{
    for (unsigned i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(command_infos[i].name, name) == 0)
            return (enum command_kind)i;
    return COMMAND_COUNT;
}

static enum refusal bad(const char *name, char *ret_field)
{
    field_name(name, ret_field);
    return REFUSED_BAD_FIELD;
}

/* A frame has these keys and no others; the list ends with NULL. */
static enum refusal only(json_t *object, const char *const *allowed, char *ret_field)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        while (allowed[i] && strcmp(allowed[i], key) != 0)
            i++;
        if (!allowed[i])
            return bad(key, ret_field);
    }
    return REFUSED_NOT;
}

static enum refusal decode_hello(json_t *root, struct incoming *in,
                                 char ret_field[static FIELD_PATH_ROOM])
{
    static const char *const keys[] = { "hello", NULL };
    json_t *hello = json_object_get(root, "hello");

    in->kind = INCOMING_HELLO;
    if (!json_is_object(hello))
        return bad("hello", ret_field);
    enum refusal refusal = only(root, keys, ret_field);
    if (refusal != REFUSED_NOT)
        return refusal;
    return record_decode(&hello_record, hello, RECORD_PEOPLES, &in->hello, ret_field);
}

static bool is_time(json_t *value)
{
    return !value || (json_is_integer(value) && json_integer_value(value) >= 0 &&
                      json_integer_value(value) <= clock_max);
}

/* The frame goes both ways, so `now` and `wall` may be there; a client's say nothing to us. */
static enum refusal decode_clock(json_t *root, struct incoming *in,
                                 char ret_field[static FIELD_PATH_ROOM])
{
    static const char *const keys[] = { "clock", NULL };
    static const char *const clock_keys[] = { "sent", "now", "wall", NULL };
    json_t *clock = json_object_get(root, "clock");
    json_t *sent = json_object_get(clock, "sent");

    in->kind = INCOMING_CLOCK;
    if (!json_is_object(clock))
        return bad("clock", ret_field);
    enum refusal refusal = only(root, keys, ret_field);
    if (refusal == REFUSED_NOT)
        refusal = only(clock, clock_keys, ret_field);
    if (refusal != REFUSED_NOT)
        return refusal;
    in->sent = json_number_value(sent);
    if (!json_is_number(sent) || in->sent < 0 || in->sent > (double)clock_max)
        return bad("sent", ret_field);
    if (!is_time(json_object_get(clock, "now")))
        return bad("now", ret_field);
    return is_time(json_object_get(clock, "wall")) ? REFUSED_NOT : bad("wall", ret_field);
}

static enum refusal decode_writing(json_t *root, enum role role, struct incoming *in,
                                   char ret_field[static FIELD_PATH_ROOM])
{
    static const char *const keys[] = { "writing", NULL };
    json_t *writing = json_object_get(root, "writing");

    in->kind = INCOMING_WRITING;
    if (role != ROLE_CONSOLE && role != ROLE_SCRIBE)
        return REFUSED_FORBIDDEN;
    if (!json_is_object(writing))
        return bad("writing", ret_field);
    enum refusal refusal = only(root, keys, ret_field);
    if (refusal != REFUSED_NOT)
        return refusal;
    return record_decode(&writing_record, writing, RECORD_PEOPLES, &in->writing, ret_field);
}

static enum refusal decode_with(json_t *root, const struct command_info *info, struct command *c,
                                char ret_field[static FIELD_PATH_ROOM])
{
    json_t *with = json_object_get(root, "with");
    SCOPED(json_release) json_t *nothing = with ? NULL : json_object();

    if (with && !json_is_object(with))
        return bad("with", ret_field);
    if (!with && !nothing)
        return REFUSED_BUSY;
    return record_decode(info->args, with ? with : nothing, RECORD_PEOPLES,
                         (char *)c + info->offset, ret_field);
}

static enum refusal decode_command(json_t *root, enum role role, struct incoming *in,
                                   char ret_field[static FIELD_PATH_ROOM])
{
    static const char *const keys[] = { "id", "do", "with", NULL };
    const char *name = json_string_value(json_object_get(root, "do"));

    in->kind = INCOMING_COMMAND;
    if (!name)
        return REFUSED_MALFORMED;
    if (!in->has_id)
        return bad("id", ret_field);
    enum command_kind kind = command_named(name);
    if (kind == COMMAND_COUNT)
        return REFUSED_UNKNOWN_COMMAND;
    if (!(command_infos[kind].who & 1u << role))
        return REFUSED_FORBIDDEN;
    in->command = (struct command){ .kind = kind, .has_id = true, .id = in->id };
    enum refusal refusal = only(root, keys, ret_field);
    if (refusal != REFUSED_NOT)
        return refusal;
    return decode_with(root, &command_infos[kind], &in->command, ret_field);
}

static size_t skip_blanks(const char *bytes, size_t len, size_t at)
{
    while (at < len && strchr(" \t\r\n", bytes[at]) && bytes[at])
        at++;
    return at;
}

/* Whether a key "id" begins here, with a uuid as its value. */
static bool id_begins(const char *bytes, size_t len, size_t at, struct uuid *ret_id)
{
    if (len - at < 4 || memcmp(bytes + at, "\"id\"", 4) != 0)
        return false;
    at = skip_blanks(bytes, len, at + 4);
    if (at == len || bytes[at] != ':')
        return false;
    at = skip_blanks(bytes, len, at + 1);
    if (len - at < UUID_CHARS + 2 || bytes[at] != '"' || bytes[at + UUID_CHARS + 1] != '"')
        return false;
    return uuid_read(bytes + at + 1, UUID_CHARS, ret_id);
}

/* The id of a frame that is no JSON: whoever sent it waits for an answer to it.  It stands in the
 * outermost object, as in any frame. */
static bool salvage_id(const char *bytes, size_t len, struct uuid *ret_id)
{
    struct json_walk walk = { .bytes = bytes, .len = len };

    while (json_walk_on(&walk))
        if (walk.mark == '"' && walk.depth == 1 && id_begins(bytes, len, walk.at, ret_id))
            return true;
    return false;
}

enum refusal incoming_decode(const char *bytes, size_t len, enum role role,
                             struct incoming *ret_incoming, struct uuid *ret_id, bool *ret_has_id,
                             char ret_field[static FIELD_PATH_ROOM])
{
    SCOPED(json_release) json_t *root = NULL;
    struct incoming in = { 0 };

    assert(role < ROLE_COUNT);
    ret_field[0] = '\0';
    *ret_has_id = false;
    enum refusal refusal = json_text_read(bytes, len, &root);
    if (refusal != REFUSED_NOT) {
        *ret_has_id = salvage_id(bytes, len, ret_id);
        return refusal;
    }
    json_t *id = json_object_get(root, "id");
    in.has_id =
        json_is_string(id) && uuid_read(json_string_value(id), json_string_length(id), &in.id);
    *ret_has_id = in.has_id;
    if (in.has_id)
        *ret_id = in.id;

    if (json_object_get(root, "hello"))
        refusal = decode_hello(root, &in, ret_field);
    else if (json_object_get(root, "clock"))
        refusal = decode_clock(root, &in, ret_field);
    else if (json_object_get(root, "writing"))
        refusal = decode_writing(root, role, &in, ret_field);
    else if (json_object_get(root, "do"))
        refusal = decode_command(root, role, &in, ret_field);
    else
        refusal = REFUSED_MALFORMED;
    if (refusal == REFUSED_NOT)
        *ret_incoming = in;
    return refusal;
}

void incoming_release(struct incoming *in)
{
    if (in->kind == INCOMING_HELLO)
        record_release(&hello_record, &in->hello);
    if (in->kind == INCOMING_WRITING)
        record_release(&writing_record, &in->writing);
    if (in->kind == INCOMING_COMMAND)
        command_release(&in->command);
    memset(in, 0, sizeof(*in));
}
