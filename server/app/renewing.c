#include "app/renewing.h"

#include <string.h>

#include "app/state.h"
#include "app/telling.h"
#include "wire/api_json.h"

/* The role of this name; ROLE_NOT for none. */
static enum role role_read(const char *name)
{
    for (int role = ROLE_NOT + 1; role < ROLE_COUNT; role++)
        if (strcmp(role_enum.names[role], name) == 0)
            return (enum role)role;
    return ROLE_NOT;
}

struct api_call *renewing_answer(const struct asking *a, struct room *r)
{
    struct command c = { .kind = COMMAND_LINK_RENEW };
    char name[QUERY_VALUE_MAX], keys[ROLE_COUNT][SECRET_CHARS + 1] = { "" };
    struct facts facts;

    asking_value(a->request->query, "role", name);
    enum role role = role_read(name);
    if (role == ROLE_NOT)
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "role");
    c.args.link_renew.role = role;
    app_secret(a->app, keys[role]);
    const struct sender nobody = { .role = ROLE_NOT, .secret = keys[role] };
    enum refusal refusal = room_handle(r, &c, &nobody, &facts);
    if (refusal != REFUSED_NOT)
        return asking_refuse(a, refusal == REFUSED_BUSY ? 503 : 400, refusal, facts.field);
    facts_release(&facts);
    char *body = api_links_write(r->code, a->app->options.base_url, keys);
    struct api_call *call =
        asking_wait(a, r, 200, "application/json", "", body, body ? strlen(body) : 0);
    telling_end_links(r);
    return call;
}
