#include "wire/frame_json.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "base/scoped.h"
#include "wire/json_text.h"
#include "wire/record_json.h"

char *frame_welcome(const struct seat_token *seats, size_t count, struct instant now, int64_t wall,
                    const struct venue *venue)
{
    json_t *body = json_object();
    json_t *all = json_array();

    json_object_set_new(body, "seat", count > 0 ? json_integer(seats[0].seat) : json_null());
    if (count > 0 && seats[0].token[0])
        json_object_set_new(body, "token", json_string(seats[0].token));
    for (size_t i = 0; i < count; i++) {
        json_t *seat = json_pack("{s:I}", "seat", (json_int_t)seats[i].seat);
        if (seats[i].token[0])
            json_object_set_new(seat, "token", json_string(seats[i].token));
        json_array_append_new(all, seat);
    }
    if (count > 0)
        json_object_set_new(body, "seats", all);
    else
        json_decref(all);
    json_object_set_new(body, "now", json_integer(now.ms));
    json_object_set_new(body, "wall", json_integer(wall));
    json_object_set_new(body, "protocol", json_integer(1));
    if (venue->colour)
        json_object_set_new(body, "colour", json_string(venue->colour));
    if (venue->wifi)
        json_object_set_new(body, "wifi", json_true());
    return json_text_write(json_pack("{s:o}", "welcome", body));
}

char *frame_refused(enum refusal code, const char *field, int64_t wait_ms, int64_t seat)
{
    assert(code > REFUSED_NOT && code < REFUSED_COUNT);
    json_t *body = json_pack("{s:s}", "code", refusal_names[code]);

    if (field && field[0])
        json_object_set_new(body, "field", json_string(field));
    if (wait_ms > 0)
        json_object_set_new(body, "wait", json_integer(wait_ms));
    if (seat > 0)
        json_object_set_new(body, "seat", json_integer(seat));
    return json_text_write(json_pack("{s:o}", "refused", body));
}

char *frame_made(enum made made, struct uuid id, int64_t seat, const char *secret, bool *ret_failed)
{
    static const char *const names[] = {
        [MADE_CONTRIBUTION] = "contribution", [MADE_GROUP] = "group", [MADE_DATA] = "data"
    };
    char chars[UUID_CHARS + 1];
    json_t *root = NULL;

    *ret_failed = false;
    if (secret)
        root = json_pack("{s:s}", "token", secret);
    else if (made == MADE_SEAT)
        root = json_pack("{s:I}", "seat", (json_int_t)seat);
    else if (made != MADE_NOTHING) {
        uuid_write(id, chars);
        root = json_pack("{s:s}", names[made], chars);
    } else
        return NULL;
    char *text = json_text_write(root);
    *ret_failed = !text;
    return text;
}

char *frame_reply_ok(struct uuid re, int64_t seq, const char *made)
{
    struct buffer b = { 0 };
    char chars[UUID_CHARS + 1];

    uuid_write(re, chars);
    buffer_say(&b, "{\"re\":\"");
    buffer_say(&b, chars);
    buffer_say(&b, "\",\"ok\":true,\"seq\":");
    buffer_number(&b, seq);
    if (made) {
        buffer_say(&b, ",\"made\":");
        buffer_say(&b, made);
    }
    buffer_say(&b, "}");
    size_t len;
    return buffer_take(&b, &len);
}

char *frame_reply_refused(const struct uuid *re, enum refusal code, const char *field,
                          int64_t wait_ms)
{
    assert(code > REFUSED_NOT && code < REFUSED_COUNT);
    char chars[UUID_CHARS + 1] = "";
    json_t *root = json_object();

    if (re)
        uuid_write(*re, chars);
    json_object_set_new(root, "re", re ? json_string(chars) : json_null());
    json_object_set_new(root, "ok", json_false());
    json_object_set_new(root, "code", json_string(refusal_names[code]));
    json_object_set_new(root, "field", field && field[0] ? json_string(field) : json_null());
    if (wait_ms > 0)
        json_object_set_new(root, "wait", json_integer(wait_ms));
    return json_text_write(root);
}

char *frame_clock(double sent, struct instant now, int64_t wall)
{
    return json_text_write(json_pack("{s:{s:f, s:I, s:I}}", "clock", "sent", sent, "now",
                                     (json_int_t)now.ms, "wall", (json_int_t)wall));
}

void frame_facts_begin(struct buffer *b)
{
    buffer_say(b, "{\"facts\":[");
}

void frame_facts_add(struct buffer *b, const struct text *fact)
{
    if (!b->failed && b->at[b->len - 1] != '[')
        buffer_say(b, ",");
    buffer_add(b, fact->bytes, fact->len);
}

void frame_facts_end(struct buffer *b, int64_t seq)
{
    buffer_say(b, "],\"seq\":");
    buffer_number(b, seq);
    buffer_say(b, "}");
}

/* False when memory is exhausted. */
static bool put_writers(json_t *body, const struct attendance *here)
{
    json_t *all = json_array();

    for (size_t i = 0; i < here->writer_count; i++)
        if (json_array_append_new(
                all, record_encode(&writer_record, &here->writers[i], RECORD_TOLD)) != 0) {
            json_decref(all);
            return false;
        }
    return json_object_set_new(body, "writing", all) == 0;
}

char *frame_presence(const struct attendance *here)
{
    static const enum role shown[] = { ROLE_CONSOLE, ROLE_BOARD, ROLE_SCRIBE, ROLE_LEADER };
    json_t *connected = json_array();
    json_t *others = json_object();

    for (size_t i = 0; i < here->count; i++)
        json_array_append_new(connected, json_integer(here->seats[i]));
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
        json_object_set_new(others, role_enum.names[shown[i]],
                            json_integer(here->screens[shown[i]]));
    SCOPED(json_release)
    json_t *body = json_pack("{s:o, s:o}", "connected", connected, "screens", others);
    if (!body || (here->writers && !put_writers(body, here)))
        return NULL;
    if (here->guessed != GUESSED_NOT &&
        json_object_set_new(body, "guessed", json_string(guessed_enum.names[here->guessed])) != 0)
        return NULL;
    return json_text_write(json_pack("{s:O}", "presence", body));
}

char *frame_saving(bool saving)
{
    return json_text_write(json_pack("{s:b}", "saving", saving));
}
