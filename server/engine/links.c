#include "engine/links.h"

#include <assert.h>

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
static enum refusal renew(const struct command_link_renew *c, const struct step *step,
                          struct facts *out)
{
    if (c->role == ROLE_PHONE) { /* Phones have seats: seat.link. */
        out->field = "role";
        return REFUSED_BAD_FIELD;
    }
    links_issue(out, c->role, step->secret);
    return REFUSED_NOT;
}

enum refusal links_decide(const struct meeting *m, const struct command *c, const struct step *step,
                          struct facts *out)
{
    (void)m;
    assert(c->kind == COMMAND_LINK_RENEW);
    return renew(&c->with.link_renew, step, out);
}

void links_apply(struct meeting *m, const struct fact *f)
{
    assert(f->kind == FACT_KEY_ISSUED);
    m->keys[f->is.key_issued.role] = (struct keys){ .count = 1, .at = { f->is.key_issued.hash } };
}
