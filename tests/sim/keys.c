#include "sim/keys.h"

#include <stdlib.h>
#include <string.h>

#include "sim/auditor.h"
#include "sim/nodes.h"
#include "sim/peer.h"

void keys_read(struct sim *s, const json_t *made)
{
    const char *role;
    json_t *link;

    json_object_foreach(json_object_get(made, "links"), role, link)
    {
        const char *key = strchr(json_string_value(link), '#');
        if (key)
            json_object_set_new(s->keys, role, json_string(key + 1));
    }
}

const char *keys_of(const struct sim *s, const char *role)
{
    return json_string_value(json_object_get(s->keys, role));
}

static struct world_wire *greet(struct sim *s, const char *role, const char *key, bool anywhere)
{
    json_t *hello =
        json_pack("{s:{s:s, s:s, s:s}}", "hello", "as", role, "meeting", s->code, "key", key);
    char *text = json_dumps(hello, JSON_COMPACT);

    struct world_wire *wire = sim_greet(s, text, anywhere);
    free(text);
    json_decref(hello);
    return wire;
}

struct world_wire *keys_beside(const struct peer *p)
{
    bool speak = p->sim->nodes && nodes_speak(p->sim->nodes);
    struct world_wire *wire = greet(p->sim, p->role, p->token, speak);

    SIM_CHECK(p->sim, !wire->closing);
    return wire;
}

static bool opens(struct sim *s, const char *role, const char *key)
{
    struct world_wire *wire = greet(s, role, key, false);
    bool welcome = !wire->closing;

    world_disconnect(wire);
    return welcome;
}

void keys_told(struct sim *s, const char *role, const char *key)
{
    bool calm = sim_is_well(s); /* Else it may only be `busy`. */
    bool newest = !calm || opens(s, role, key);

    if (calm && newest && strcmp(key, keys_of(s, role)) != 0)
        SIM_CHECK(s, !opens(s, role, keys_of(s, role)));
    if (newest) /* Another may have been made since. */
        json_object_set_new(s->keys, role, json_string(key));
}

void keys_anew(struct sim *s, const char *role)
{
    char path[64], query[32];
    int status = 0;

    if (!sim_is_well(s))
        return;
    snprintf(path, sizeof(path), "/api/meetings/%s/links", s->code);
    snprintf(query, sizeof(query), "role=%s", role);
    auditor_renewed(s->auditor, role);
    char *body = sim_ask(s, "POST", path, query, NULL, "", &status);
    json_t *made = json_loads(body, 0, NULL);
    if (status == 200)
        keys_read(s, made);
    json_decref(made);
    free(body);
}
