#include "engine/links.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"

bool links_open(const struct meeting *m, enum role role, struct hash secret)
{
    const struct keys *keys = &m->keys[role];
    bool opens = false;

    assert(role > ROLE_NOT && role < ROLE_COUNT);
    for (size_t i = 0; i < keys->count; i++)
        opens |= hash_same(keys->at[i], secret);
    return opens;
}

void links_issue(struct facts *out, enum role role, struct hash secret)
{
    facts_add(out, FACT_KEY_ISSUED)->is.key_issued =
        (struct fact_key_issued){ .role = role, .hash = secret };
}

/* Also when the meeting is over: its minutes can still be read by the link. */
enum refusal link_renew_decide(const struct meeting *m, const struct command_link_renew *c,
                               const struct context *context, struct facts *out)
{
    if (c->role == ROLE_PHONE) { /* Phones have seats: seat.link. */
        out->field = "role";
        return REFUSED_BAD_FIELD;
    }
    links_issue(out, c->role, context->secret);
    return REFUSED_NOT;
}

enum refusal board_pair_decide(const struct meeting *m, const struct command_board_pair *c,
                               const struct context *context, struct facts *out)
{
    links_issue(out, ROLE_BOARD, context->secret);
    out->at[out->count - 1].is.key_issued.has_more = true;
    out->at[out->count - 1].is.key_issued.more = true;
    return REFUSED_NOT;
}

/* When there is no room for one more, the secret of the screen that was paired first goes; that of
 * the link itself stays. */
static void add_key(struct keys *keys, struct hash key)
{
    if (keys->count == LIMIT_KEYS) {
        memmove(&keys->at[1], &keys->at[2], (LIMIT_KEYS - 2) * sizeof(keys->at[0]));
        keys->count--;
    }
    keys->at[keys->count++] = key;
}

void key_issued_apply(struct meeting *m, const struct fact_key_issued *issued)
{
    struct keys *keys = &m->keys[issued->role];

    if (!issued->has_more || !issued->more)
        keys->count = 0;
    add_key(keys, issued->hash);
}
