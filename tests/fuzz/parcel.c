/* A file of `runde import`: one that is whole is the same bytes' meaning when it is written again.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "wire/parcel.h"

/* The end is made right, so that not every change is found by the sum alone. */
static void read_summed(const uint8_t *bytes, size_t len)
{
    struct buffer b = { 0 };
    struct parcel p;
    char end[128], hex[HASH_CHARS + 1];

    buffer_add(&b, (const char *)bytes, len);
    hash_write(hash_of(bytes, len), hex);
    for (int facts = 0; facts < 4; facts++) {
        size_t before = b.len;
        int n = snprintf(end, sizeof(end), "{\"end\":%d,\"sum\":\"%s\"}\n", facts, hex);
        buffer_add(&b, end, (size_t)n);
        HOLDS(!b.failed);
        if (parcel_read(b.at, b.len, &p) == PARCEL_WHOLE)
            HOLDS(p.count == (size_t)facts);
        parcel_release(&p);
        b.len = before;
    }
    buffer_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct parcel p, again;

    read_summed(bytes, len);
    if (parcel_read((const char *)bytes, len, &p) == PARCEL_WHOLE) {
        struct buffer b = { 0 };
        parcel_begin(&b, p.code, p.zero, (int64_t)p.count);
        for (size_t i = 0; i < p.count; i++)
            parcel_add(&b, &p.facts[i]);
        parcel_end(&b, (int64_t)p.count);
        HOLDS(!b.failed);
        HOLDS(parcel_read(b.at, b.len, &again) == PARCEL_WHOLE);
        HOLDS(again.count == p.count && strcmp(again.code, p.code) == 0);
        parcel_release(&again);
        buffer_release(&b);
    }
    parcel_release(&p);
    return 0;
}
