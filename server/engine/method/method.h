/* method.h -- what a method of conversation is to the engine: one row of answers.
 *
 * A method lives in one file, engine/method/NAME.c, that fills in a `struct method_ops`.  What
 * it leaves NULL or zero, it goes without.  Its own commands and facts name it as their home
 * in protocol/, and reach NAME_decide and NAME_apply by generated dispatch.
 */
#ifndef ENGINE_METHOD_METHOD_H
#define ENGINE_METHOD_METHOD_H

#include "engine/facts.h"
#include "engine/state.h"

struct method_ops {
    enum method method;

    /* Laps round the table that the part goes from its beginning; 0: it goes none. */
    int64_t (*laps)(const struct part *p);

    /* A hand that is raised joins those who wait for the floor. */
    bool hands_wait;

    /* The speaker's time in a part without laps. */
    struct span turn;

    /* Which boxes a contribution may stand in, as 1u << BOX_x; 0: in none. */
    unsigned boxes;
    bool box_required;
    bool answers; /* A contribution may name the answer that it is a suggestion for. */

    /* Takes a contribution in the board's stead.  `seat` is whose it is, 0 for nobody's. */
    enum refusal (*contribute)(const struct meeting *m, const struct command_contribution_add *c,
                               int part, int64_t seat, const struct step *step, struct facts *out);

    /* The part is left, for good or not: what must be said before that. */
    void (*end)(const struct meeting *m, const struct step *step, struct facts *out);
};

/* The row of a method; never NULL. */
const struct method_ops *method_of(enum method method);

/* The row of the part that runs, or NULL before the first and after the last. */
const struct method_ops *method_now(const struct meeting *m);

extern const struct method_ops method_talk, method_turns, method_reflection, method_spiral,
    method_dialogue, method_summary, method_decision, method_retrospect;

#endif
