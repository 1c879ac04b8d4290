#include "sim/check_public.h"

#include <stdlib.h>
#include <string.h>

#include "sim/keys.h"
#include "sim/peer.h"

static char *fetch(struct sim *s, const char *key, int *ret_status)
{
    char path[64];

    snprintf(path, sizeof(path), "/api/meetings/%s/minutes", s->code);
    return sim_ask(s, "GET", path, "edition=public&format=md", key, "", ret_status);
}

static bool is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether the word stands in the text as it is. */
static bool has_word(const char *text, const char *word, size_t len)
{
    for (const char *at = text; (at = strstr(at, word)); at++)
        if ((at == text || !is_letter(at[-1])) && !is_letter(at[len]))
            return true;
    return false;
}

static void check_name(struct sim *s, const char *text, const char *name)
{
    char word[80];

    for (size_t len; *name; name += len) {
        for (len = 0; is_letter(name[len]) && len + 1 < sizeof(word);)
            len++;
        if (len == 0) {
            len = 1;
            continue;
        }
        snprintf(word, sizeof(word), "%.*s", (int)len, name);
        if (len > 1 && !json_object_get(s->kept, word) && has_word(text, word, len))
            SIM_FAIL(s, "%s is published: %s", word, text);
    }
}

void check_public(struct sim *s)
{
    json_t *state = s->observer->state, *seat;
    const char *stands =
        json_string_value(json_object_get(json_object_get(state, "standing"), "state"));
    int status;
    size_t i;

    char *text = fetch(s, keys_of(s, "leader"), &status);
    SIM_CHECK(s, status == 200 && text);
    json_array_foreach(json_object_get(state, "seats"), i, seat)
    {
        const char *name = json_string_value(json_object_get(seat, "name"));
        if (name)
            check_name(s, text, name);
    }
    free(text);
    for (i = 0; i < s->peer_count && strcmp(stands, "published") != 0; i++) {
        if (!peer_is(s->peers[i], "phone") || !s->peers[i]->token[0])
            continue;
        free(fetch(s, s->peers[i]->token, &status));
        if (status != 403 && status != 401)
            SIM_FAIL(s, "a phone gets what is not published yet: %d", status);
    }
}
