#include "store/memory_facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void kept_clear(struct kept *k)
{
    free(k->body);
    free(k->text);
    free(k->made);
    *k = (struct kept){ 0 };
}

void kept_free(struct kept *facts, size_t count)
{
    for (size_t i = 0; facts && i < count; i++)
        kept_clear(&facts[i]);
    free(facts);
}

struct kept_meeting **kept_find(struct kept_meeting **list, const char *code)
{
    struct kept_meeting **at = list;

    while (*at && strcmp((*at)->code, code) != 0)
        at = &(*at)->next;
    return at;
}

void kept_forget(struct kept_meeting **at)
{
    struct kept_meeting *one = *at;

    *at = one->next;
    kept_free(one->facts, one->count);
    free(one);
}

static int copy(const char *from, char **ret)
{
    if (!from)
        return 0;
    size_t len = strlen(from) + 1;
    *ret = alloc_bytes(len);
    if (!*ret)
        return -ENOMEM;
    memcpy(*ret, from, len);
    return 0;
}

/* Copies `k` with its strings; on failure nothing is left of it. */
int kept_copy(const struct kept *k, struct kept *ret_copy)
{
    struct kept c = *k;

    c.body = c.text = c.made = NULL;
    if (copy(k->body, &c.body) || copy(k->text, &c.text) || copy(k->made, &c.made)) {
        kept_clear(&c);
        return -ENOMEM;
    }
    *ret_copy = c;
    return 0;
}

static int room_for(struct kept_meeting *m, size_t more)
{
    if (m->count + more <= m->room)
        return 0;
    size_t room = 2 * (m->count + more);
    struct kept *facts = alloc_again(m->facts, room, sizeof(*facts));
    if (!facts)
        return -ENOMEM;
    m->facts = facts;
    m->room = room;
    return 0;
}

static bool blanks_fit(const struct batch *b)
{
    for (size_t i = 0; i < b->blank_count; i++) {
        if (b->blanks[i] < 1 || b->blanks[i] > b->rows[b->count - 1].seq)
            return false;
    }
    return true;
}

static void blank(struct kept_meeting *m, int64_t seq, bool command_too)
{
    struct kept *k = &m->facts[seq - 1];
    struct kept *last = &m->facts[seq - 1 + k->rest];

    free(k->text);
    k->text = NULL;
    if (!command_too)
        return;
    free(last->made);
    last->made = NULL;
    last->has_command = false;
}

int kept_add(struct kept_meeting *m, const struct batch *b)
{
    size_t before = m->count;
    int error = blanks_fit(b) ? room_for(m, b->count) : -EINVAL;

    for (size_t i = 0; !error && i < b->count; i++) {
        bool last = i + 1 == b->count;
        struct kept k = {
            .seq = b->rows[i].seq,
            .at = b->rows[i].at,
            .wall = b->wall,
            .rest = (int64_t)(b->count - 1 - i),
            .body = b->rows[i].body,
            .text = b->rows[i].text,
            .made = last ? b->made : NULL,
            .has_command = last && b->has_command,
            .command = b->command,
        };
        error = kept_copy(&k, &m->facts[m->count]);
        m->count += error ? 0 : 1;
    }
    if (error) {
        while (m->count > before)
            kept_clear(&m->facts[--m->count]);
        return error;
    }
    for (size_t i = 0; i < b->blank_count; i++)
        blank(m, b->blanks[i], i < b->blank_count - b->text_only);
    return 0;
}
