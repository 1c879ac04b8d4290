#include "net/prelude.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum {
    COMMENT_MAX = PRELUDE_MAX + 8,
    GZIP_HEAD = 10,
    GZIP_TAIL = 8,   /* CRC-32 and length of what was compressed. */
    STORED_HEAD = 5, /* Its kind, its length, and that inverted. */
};

/* "<!--FACTS-->": a '>' is written as JSON may also write it, so that no string ends the comment.
 * Returns its length, 0 when it does not fit. */
static size_t comment_write(const char *facts, char ret_comment[static COMMENT_MAX])
{
    static const char begin[] = "<!--", end[] = "-->", escaped[] = "\\u003e";
    size_t len = sizeof(begin) - 1;

    memcpy(ret_comment, begin, len);
    for (const char *c = facts; *c; c++) {
        const char *text = *c == '>' ? escaped : c;
        size_t some = *c == '>' ? sizeof(escaped) - 1 : 1;
        if (len + some + sizeof(end) > COMMENT_MAX)
            return 0;
        memcpy(ret_comment + len, text, some);
        len += some;
    }
    memcpy(ret_comment + len, end, sizeof(end) - 1);
    return len + sizeof(end) - 1;
}

/* RFC 1952, 8. Begins with 0 and goes on from what it gave. */
static uint32_t crc32_of(uint32_t crc, const void *bytes, size_t len)
{
    static uint32_t table[256];
    const unsigned char *at = bytes;

    if (!table[1])
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int k = 0; k < 8; k++)
                c = c & 1 ? 0xedb88320U ^ (c >> 1) : c >> 1;
            table[i] = c;
        }
    crc = ~crc;
    while (len-- > 0)
        crc = table[(crc ^ *at++) & 255] ^ (crc >> 8);
    return ~crc;
}

static unsigned char *put(unsigned char *to, const void *bytes, size_t len)
{
    memcpy(to, bytes, len);
    return to + len;
}

/* The least significant byte first. */
static unsigned char *put_number(unsigned char *to, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *to++ = (unsigned char)(number >> (8 * i));
    return to;
}

/* Puts a stored block before those of the page.  The page's blocks point back into the page alone,
 * so that they stay right. */
static void gzip_write(const struct page *page, const char *comment, size_t len, uint32_t crc,
                       unsigned char *to)
{
    to = put(to, page->gzip.bytes, GZIP_HEAD);
    *to++ = 0; /* Stored, and not the last; the rest of its byte is padding. */
    to = put_number(to, (uint32_t)len, 2);
    to = put_number(to, ~(uint32_t)len, 2);
    to = put(to, comment, len);
    to = put(to, page->gzip.bytes + GZIP_HEAD, page->gzip.len - GZIP_HEAD - GZIP_TAIL);
    to = put_number(to, crc, 4);
    put_number(to, (uint32_t)(len + page->plain_len), 4);
}

int prelude_page(const struct page *page, const char *facts, bool gzip, char **ret_body,
                 size_t *ret_len, uint32_t *ret_mark)
{
    char comment[COMMENT_MAX];
    size_t len = comment_write(facts, comment);

    assert(!gzip || page->gzip.len > GZIP_HEAD + GZIP_TAIL);
    assert(!gzip || page->gzip.bytes[3] == 0); /* No name, nothing else behind the ten bytes. */
    if (len == 0)
        return -E2BIG;
    size_t all = gzip ? page->gzip.len + STORED_HEAD + len : page->plain_len + len;
    char *body = alloc_bytes(all);
    if (!body)
        return -ENOMEM;
    uint32_t crc = crc32_of(crc32_of(0, comment, len), page->plain, page->plain_len);
    if (gzip)
        gzip_write(page, comment, len, crc, (unsigned char *)body);
    else
        put(put((unsigned char *)body, comment, len), page->plain, page->plain_len);
    *ret_body = body;
    *ret_len = all;
    *ret_mark = crc;
    return 0;
}
