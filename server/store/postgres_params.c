/* postgres_params.c -- parameters as PostgreSQL takes them in binary: big-endian, arrays with a
 * head of their own (array_recv in src/backend/utils/adt/arrayfuncs.c of PostgreSQL says the form).
 */
#include <assert.h>
#include <endian.h>
#include <string.h>

#include "base/alloc.h"
#include "store/postgres_connection.h"

enum { OID_INT8 = 20, OID_TEXT = 25, ARRAY_HEAD = 5 * 4 };

static int next(struct params *p)
{
    assert(p->count < PARAMS_MAX);
    return p->count++;
}

void params_text(struct params *p, const char *text)
{
    p->values[next(p)] = text; /* Format 0: text as it is. */
}

void params_number(struct params *p, int64_t number)
{
    int i = next(p);

    p->numbers[i] = (int64_t)htobe64((uint64_t)number);
    p->values[i] = (const char *)&p->numbers[i];
    p->lengths[i] = sizeof(p->numbers[i]);
    p->formats[i] = 1;
}

void params_bytes(struct params *p, const void *bytes, size_t len)
{
    int i = next(p);

    p->values[i] = bytes;
    p->lengths[i] = (int)len;
    p->formats[i] = 1;
}

static char *put_word(char *to, uint32_t word)
{
    word = htobe32(word);
    memcpy(to, &word, sizeof(word));
    return to + sizeof(word);
}

/* Makes room for an array of `bytes` behind its head, and writes the head. */
static char *begin_array(struct params *p, uint32_t type, size_t count, size_t bytes)
{
    int i = next(p);
    char *at = alloc_bytes(ARRAY_HEAD + bytes);

    if (!at) {
        p->exhausted = true;
        return NULL;
    }
    p->owned[i] = at;
    p->values[i] = at;
    p->lengths[i] = (int)(ARRAY_HEAD + bytes);
    p->formats[i] = 1;
    at = put_word(at, 1); /* One dimension, */
    at = put_word(at, 1); /* some of which may be null, */
    at = put_word(at, type);
    at = put_word(at, (uint32_t)count);
    return put_word(at, 1); /* the first of which is number 1. */
}

void params_numbers(struct params *p, const int64_t *numbers, size_t count)
{
    char *at = begin_array(p, OID_INT8, count, 12 * count);

    for (size_t i = 0; at && i < count; i++) {
        uint64_t number = htobe64((uint64_t)numbers[i]);
        at = put_word(at, sizeof(number));
        memcpy(at, &number, sizeof(number));
        at += sizeof(number);
    }
}

void params_texts(struct params *p, const char *const *first, size_t stride, size_t count)
{
    size_t bytes = 0;

    for (size_t i = 0; i < count; i++) {
        const char *text = *(const char *const *)((const char *)first + i * stride);
        bytes += 4 + (text ? strlen(text) : 0);
    }
    char *at = begin_array(p, OID_TEXT, count, bytes);
    for (size_t i = 0; at && i < count; i++) {
        const char *text = *(const char *const *)((const char *)first + i * stride);
        size_t len = text ? strlen(text) : 0;
        at = put_word(at, text ? (uint32_t)len : UINT32_MAX);
        memcpy(at, text ? text : "", len);
        at += len;
    }
}
