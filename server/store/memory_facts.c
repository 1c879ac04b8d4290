#include "store/memory_facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void memory_fact_clear(struct memory_fact *f)
{
    free(f->body);
    free(f->text);
    free(f->made);
    *f = (struct memory_fact){ 0 };
}

void memory_facts_free(struct memory_fact *facts, size_t count)
{
    for (size_t i = 0; facts && i < count; i++)
        memory_fact_clear(&facts[i]);
    free(facts);
}

struct memory_meeting **memory_meeting_find(struct memory_meeting **list, const char *code)
{
    struct memory_meeting **at = list;

    while (*at && strcmp((*at)->code, code) != 0)
        at = &(*at)->next;
    return at;
}

void memory_meeting_remove(struct memory_meeting **at)
{
    struct memory_meeting *one = *at;

    *at = one->next;
    memory_facts_free(one->facts, one->count);
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

/* Copies `f` with its strings; on failure nothing is left of it. */
int memory_fact_copy(const struct memory_fact *f, struct memory_fact *ret_copy)
{
    struct memory_fact c = *f;

    c.body = c.text = c.made = NULL;
    if (copy(f->body, &c.body) || copy(f->text, &c.text) || copy(f->made, &c.made)) {
        memory_fact_clear(&c);
        return -ENOMEM;
    }
    *ret_copy = c;
    return 0;
}

static int room_for(struct memory_meeting *m, size_t more)
{
    if (m->count + more <= m->room)
        return 0;
    size_t room = 2 * (m->count + more);
    struct memory_fact *facts = alloc_again(m->facts, room, sizeof(*facts));
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

static void blank(struct memory_meeting *m, int64_t seq, bool command_too)
{
    struct memory_fact *f = &m->facts[seq - 1];
    struct memory_fact *last = &m->facts[seq - 1 + f->rest];

    free(f->text);
    f->text = NULL;
    if (!command_too)
        return;
    free(last->made);
    last->made = NULL;
    last->has_command = false;
}

int memory_meeting_add(struct memory_meeting *m, const struct batch *b)
{
    size_t before = m->count;
    int error = blanks_fit(b) ? room_for(m, b->count) : -EINVAL;

    for (size_t i = 0; !error && i < b->count; i++) {
        bool last = i + 1 == b->count;
        struct memory_fact f = {
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
        error = memory_fact_copy(&f, &m->facts[m->count]);
        m->count += error ? 0 : 1;
    }
    if (error) {
        while (m->count > before)
            memory_fact_clear(&m->facts[--m->count]);
        return error;
    }
    for (size_t i = 0; i < b->blank_count; i++)
        blank(m, b->blanks[i], i < b->blank_count - b->text_only);
    return 0;
}
