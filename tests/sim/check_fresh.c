#include "sim/check_fresh.h"

#include <stdlib.h>

#include "sim/auditor.h"
#include "sim/fold.h"
#include "sim/keys.h"
#include "sim/method/pairs.h"
#include "sim/nodes.h"

static void compare(struct peer *p, json_t *folded, json_t *fresh)
{
    char *difference = fold_difference(folded, fresh);

    if (difference)
        SIM_FAIL(p->sim, "%s %zu has folded what is not so: %s", p->role, p->number, difference);
    free(difference);
}

/* The snapshot of a new connection with the same link. */
static json_t *look(struct peer *p)
{
    struct world_wire *wire = keys_beside(p);
    json_t *fresh = NULL;
    char *text;

    if (p->sim->nodes)
        nodes_drain(p->sim->nodes);
    while ((text = world_hear(wire))) {
        json_t *frame = json_loads(text, 0, NULL), *snapshot = json_object_get(frame, "snapshot");
        auditor_frame(p->sim->auditor, p, frame);
        if (snapshot && !fresh) {
            fresh = fold_begin(snapshot);
            sim_tell(p->sim, p, "fresh", text);
        }
        json_decref(frame);
        free(text);
    }
    world_disconnect(wire);
    return fresh;
}

void check_fresh(struct peer *p)
{
    struct sim *s = p->sim;
    bool phone = peer_is(p, "phone");

    if (!p->wire || !p->live || p->broken || p->slow || p->gone || !sim_is_well(s))
        return;
    if (phone && !p->token[0] && !p->phone[0])
        return;
    if (s->nodes)
        nodes_drain(s->nodes);
    sim_hear(s);
    if (s->nodes && !nodes_are_idle(s->nodes))
        return; /* Something is on its way. */
    int64_t written = auditor_written_count(s->auditor);
    if (!p->live || p->slow || p->gone || p->wire == NULL || p->wire->closing)
        return; /* What is being closed hears no more. */
    json_t *folded = json_incref(p->state);
    if (phone) { /* A second connection takes its place. */
        p->wants_snapshot = true;
        peer_connect(p);
        if (s->nodes)
            nodes_drain(s->nodes);
        sim_hear(s);
    }
    json_t *fresh = phone ? json_incref(p->live ? p->state : NULL) : look(p);
    if (fresh && auditor_written_count(s->auditor) == written) {
        compare(p, folded, fresh);
        if (peer_is(p, "console"))
            auditor_kept(s->auditor, fresh);
        if (phone || peer_is(p, "console"))
            audit_pairs_kept(s->auditor, p, fresh);
        if (phone)
            auditor_notes_kept(s->auditor, p, fresh);
    }
    json_decref(fresh);
    json_decref(folded);
}
