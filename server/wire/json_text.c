#include "wire/json_text.h"

#include "base/buffer.h"
#include "base/scoped.h"

void json_release(json_t **p)
{
    json_decref(*p);
}

static size_t after_string(const struct json_walk *w)
{
    size_t i = w->at + 1;

    while (i < w->len && w->bytes[i] != '"')
        i += w->bytes[i] == '\\' ? 2 : 1;
    return i + 1;
}

bool json_walk_on(struct json_walk *walk)
{
    size_t i = walk->mark == '"' ? after_string(walk) : walk->mark ? walk->at + 1 : 0;

    for (; i < walk->len; i++) {
        char c = walk->bytes[i];
        bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
        if (c != '"' && !opens && !closes)
            continue;
        walk->at = i;
        walk->mark = c;
        walk->depth += opens - closes;
        return true;
    }
    return false;
}

/* Whether arrays and objects nest deeper than we ever need.  What is not JSON at all is the
 * parser's to find. */
static bool too_deep(const char *bytes, size_t len)
{
    struct json_walk walk = { .bytes = bytes, .len = len };

    while (json_walk_on(&walk))
        if (walk.depth > LIMIT_JSON_DEPTH)
            return true;
    return false;
}

enum refusal json_text_read(const char *bytes, size_t len, json_t **ret_object)
{
    json_error_t error;

    if (too_deep(bytes, len))
        return REFUSED_MALFORMED;
    SCOPED(json_release) json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
    if (!root) /* Jansson has words for every fault of the text, and none for lack of memory. */
        return error.text[0] ? REFUSED_MALFORMED : REFUSED_BUSY;
    if (!json_is_object(root))
        return REFUSED_MALFORMED;
    *ret_object = GIVE(root);
    return REFUSED_NOT;
}

static int collect(const char *bytes, size_t len, void *buffer)
{
    buffer_add(buffer, bytes, len);
    return 0;
}

/* Not json_dumps: when memory runs out that leaves single keys out and says nothing of it (seen
 * with jansson 2.14), while a buffer remembers that it missed something. */
char *json_text_write(json_t *object)
{
    SCOPED(json_release) json_t *root = object;
    struct buffer b = { 0 };
    size_t len;

    if (!root || json_dump_callback(root, collect, &b, JSON_COMPACT) != 0) {
        buffer_release(&b);
        return NULL;
    }
    return buffer_take(&b, &len);
}
