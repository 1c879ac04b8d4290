#include "wire/trunk_message.h"

#include <assert.h>
#include <string.h>

enum { HAS_CHANNEL = 1, HAS_NUMBER = 2, HAS_FLAGS = 4, CHANNEL_BYTES = 8 };

/* texts: how many it has; strings: which of them are strings, by bit. */
static const struct shape {
    unsigned has, texts, strings;
} shapes[TRUNK_KINDS] = {
    [TRUNK_CHALLENGE] = { HAS_NUMBER, 1, 0 },
    [TRUNK_CALLER] = { 0, 3, 1 << 2 },
    [TRUNK_ACCEPTED] = { 0, 2, 1 << 1 },
    [TRUNK_PULSE] = { HAS_NUMBER, 0, 0 },
    [TRUNK_GUESSED] = { 0, 1, 1 },
    [TRUNK_PAIRING] = { HAS_NUMBER, 1, 1 },
    [TRUNK_PAIRED] = { 0, 2, 1 | 1 << 1 },
    [TRUNK_OPEN] = { HAS_CHANNEL | HAS_NUMBER, 2, 1 },
    [TRUNK_SAY] = { HAS_CHANNEL, 1, 0 },
    [TRUNK_OWED] = { HAS_CHANNEL, 0, 0 },
    [TRUNK_GONE] = { HAS_CHANNEL, 0, 0 },
    [TRUNK_CALL] = { HAS_CHANNEL | HAS_NUMBER | HAS_FLAGS, 6,
                     1 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 },
    [TRUNK_TELL] = { HAS_NUMBER | HAS_FLAGS, 2, 0 },
    [TRUNK_CLOSE] = { HAS_CHANNEL | HAS_NUMBER, 0, 0 },
    [TRUNK_FAILED] = { HAS_CHANNEL, 0, 0 },
    [TRUNK_ANSWER] = { HAS_CHANNEL | HAS_NUMBER | HAS_FLAGS, 3, 1 | 1 << 1 },
};

struct trunk_text trunk_text(const char *string)
{
    return (struct trunk_text){ string ? string : "", string ? strlen(string) : 0 };
}

static void put(unsigned char *at, uint64_t number, size_t len)
{
    for (size_t i = len; i-- > 0; number >>= 8)
        at[i] = (unsigned char)number;
}

static uint64_t get(const unsigned char *at, size_t len)
{
    uint64_t number = 0;

    for (size_t i = 0; i < len; i++)
        number = number << 8 | at[i];
    return number;
}

static void add_number(struct buffer *b, uint64_t number, size_t len)
{
    unsigned char bytes[8];

    put(bytes, number, len);
    buffer_add(b, (const char *)bytes, len);
}

size_t trunk_message_size(const struct trunk_message *m)
{
    const struct shape *shape = &shapes[m->kind];
    size_t size = 1;

    size += shape->has & HAS_CHANNEL ? 8 : 0;
    size += shape->has & HAS_NUMBER ? 8 : 0;
    size += shape->has & HAS_FLAGS ? 1 : 0;
    for (unsigned i = 0; i < shape->texts; i++)
        size += 4 + m->texts[i].len + 1;
    return size;
}

void trunk_message_write(const struct trunk_message *m, struct buffer *b)
{
    const struct shape *shape = &shapes[m->kind];
    size_t size = trunk_message_size(m);

    assert(m->kind > TRUNK_NOTHING && m->kind < TRUNK_KINDS);
    assert(size <= TRUNK_MESSAGE_MAX);
    add_number(b, size, TRUNK_HEAD);
    add_number(b, m->kind, 1);
    if (shape->has & HAS_CHANNEL)
        add_number(b, m->channel, 8);
    if (shape->has & HAS_NUMBER)
        add_number(b, (uint64_t)m->number, 8);
    if (shape->has & HAS_FLAGS)
        add_number(b, m->flags, 1);
    for (unsigned i = 0; i < shape->texts; i++) {
        add_number(b, m->texts[i].len, 4);
        buffer_add(b, m->texts[i].bytes, m->texts[i].len);
        buffer_add(b, "", 1);
    }
}

size_t trunk_message_length(const unsigned char head[static TRUNK_HEAD])
{
    return (size_t)get(head, TRUNK_HEAD);
}

/* What is left of a message to read. */
struct rest {
    const unsigned char *at;
    size_t len;
};

static bool take_number(struct rest *r, size_t len, uint64_t *ret_number)
{
    if (r->len < len)
        return false;
    *ret_number = get(r->at, len);
    r->at += len;
    r->len -= len;
    return true;
}

static bool take_text(struct rest *r, bool string, struct trunk_text *ret_text)
{
    uint64_t len;

    if (!take_number(r, 4, &len) || len >= r->len || r->at[len] != '\0' ||
        (string && memchr(r->at, '\0', len)))
        return false;
    *ret_text = (struct trunk_text){ (const char *)r->at, len };
    r->at += len + 1;
    r->len -= len + 1;
    return true;
}

bool trunk_message_read(const unsigned char *bytes, size_t len, struct trunk_message *ret_message)
{
    struct rest rest = { bytes, len };
    struct trunk_message m = { 0 };
    uint64_t kind, number = 0, flags = 0;

    if (!take_number(&rest, 1, &kind) || kind == TRUNK_NOTHING || kind >= TRUNK_KINDS)
        return false;
    const struct shape *shape = &shapes[kind];
    if ((shape->has & HAS_CHANNEL && !take_number(&rest, 8, &m.channel)) ||
        (shape->has & HAS_NUMBER && !take_number(&rest, 8, &number)) ||
        (shape->has & HAS_FLAGS && !take_number(&rest, 1, &flags)))
        return false;
    for (unsigned i = 0; i < shape->texts; i++)
        if (!take_text(&rest, shape->strings >> i & 1, &m.texts[i]))
            return false;
    if (rest.len > 0 || (kind == TRUNK_TELL && m.texts[0].len % CHANNEL_BYTES != 0))
        return false;
    m.kind = (enum trunk_kind)kind;
    m.number = (int64_t)number;
    m.flags = (unsigned)flags;
    *ret_message = m;
    return true;
}

void trunk_channel_write(uint64_t channel, unsigned char ret_bytes[static 8])
{
    put(ret_bytes, channel, 8);
}

uint64_t trunk_channel_read(const unsigned char bytes[static 8])
{
    return get(bytes, 8);
}
