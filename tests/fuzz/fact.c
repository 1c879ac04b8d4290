/* A row of the journal, its body and after a line feed its text: what is taken is the same when it
 * is written in two parts and read again. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "wire/fact_json.h"

static char *copy(const uint8_t *bytes, size_t len)
{
    char *text = malloc(len + 1);

    HOLDS(text);
    memcpy(text, bytes, len);
    text[len] = '\0';
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const uint8_t *split = memchr(bytes, '\n', len);
    size_t body_len = split ? (size_t)(split - bytes) : len;
    char *body = copy(bytes, body_len);
    char *text = split ? copy(split + 1, len - body_len - 1) : NULL;
    struct fact f, again;

    if (fact_decode(body, text, &f) == REFUSED_NOT) {
        const struct fact_info *info = &fact_infos[f.kind];
        char *kept = fact_encode(&f, info->redacts ? RECORD_KEPT : RECORD_ALL);
        char *apart = info->redacts ? fact_encode(&f, RECORD_REDACTABLE) : NULL;
        HOLDS(kept);
        HOLDS(fact_decode(kept, apart, &again) == REFUSED_NOT);
        HOLDS(again.kind == f.kind && again.seq == f.seq && again.at.ms == f.at.ms);
        HOLDS(!info->fields || record_same(info->fields, (const char *)&f + info->offset,
                                           (const char *)&again + info->offset));
        fact_release(&again);
        fact_release(&f);
        free(kept);
        free(apart);
    }
    free(body);
    free(text);
    return 0;
}
