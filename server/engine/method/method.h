/* method.h -- what a method of conversation does at the points where the engine asks it.
 *
 * A method is a row in protocol/methods/ and one file here, engine/method/NAME.c, with
 * `NAME_method`.  Its traits (method_infos) say what is plain about it: how many laps, which boxes,
 * whether hands wait.  A hook is for what a trait cannot say; what it leaves NULL, the method goes
 * without.  Its own commands and facts are functions of that file, called by generated dispatch.
 * What it keeps of a meeting is m->methods.NAME, described in its row.
 */
#ifndef ENGINE_METHOD_METHOD_H
#define ENGINE_METHOD_METHOD_H

#include "engine/facts.h"
#include "engine/reader.h"
#include "engine/state.h"

struct method_hooks {
    enum method method; /* Whose they are: a method that has lost its row does not compile. */

    /* The part (its index) begins: adds what that means, after the fact that says so.  The part is
     * not the running one of `m` yet. */
    void (*begin)(const struct meeting *m, int part, const struct context *context,
                  struct facts *out);

    /* The running part is left, for good or not: adds what must be said before that. */
    void (*end)(const struct meeting *m, const struct context *context, struct facts *out);

    /* Takes a contribution in the board's stead.  `seat` is whose it is, 0 for nobody's. */
    enum refusal (*contribute)(const struct meeting *m, const struct command_contribution_add *c,
                               int part, int64_t seat, const struct context *context,
                               struct facts *out);

    /* What somebody may do to a point that is not on the board because it is sealed.
     * REFUSED_NO_SUCH_CONTRIBUTION where it is not one of this method's. */
    enum refusal (*edit)(const struct meeting *m, const struct command_contribution_edit *c,
                         const struct context *context, struct facts *out);
    enum refusal (*withdraw)(const struct meeting *m, const struct command_contribution_withdraw *c,
                             const struct context *context, struct facts *out);

    /* Whether the seat has written something that the method keeps. */
    bool (*wrote)(const struct meeting *m, int64_t seat);

    /* Somebody sits down, or is back, while a part of this method runs: adds what that means.  A
     * seat that is new is not in `m` yet. */
    void (*seat_joins)(const struct meeting *m, int64_t seat, struct facts *out);

    /* Somebody leaves the meeting while a part of this method runs. */
    void (*seat_leaves)(const struct meeting *m, int64_t seat, struct facts *out);

    /* The step that the fact with this number keeps is undone: adds what that means for parts of
     * this method, whichever runs.  `then` is the meeting as it will be, in people, table and
     * running part. */
    void (*undone)(const struct meeting *then, int64_t step, struct facts *out);

    /* The private texts of the meeting are blanked: what of them the method keeps is gone. */
    void (*blank)(struct meeting *m);

    /* Fills its part of a snapshot: `ret_seen` is the zeroed struct NAME_seen of its row, which
     * then owns what it holds.  False when memory is exhausted. */
    bool (*see)(const struct meeting *m, const struct reader *reader, void *ret_seen);
};

/* The traits of the part that runs, or NULL before the first and after the last. */
const struct method_info *method_now(const struct meeting *m);

/* The hooks of the part with this index. */
const struct method_hooks *method_hooks_of(const struct meeting *m, int part);

/* Asks each method about a point that is not on the board. */
enum refusal method_edit_sealed(const struct meeting *m, const struct command_contribution_edit *c,
                                const struct context *context, struct facts *out);
enum refusal method_withdraw_sealed(const struct meeting *m,
                                    const struct command_contribution_withdraw *c,
                                    const struct context *context, struct facts *out);

/* Tells the running part's method that somebody comes or goes. */
void method_seat_joins(const struct meeting *m, int64_t seat, struct facts *out);
void method_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out);

/* Tells every method that a step is undone. */
void method_undone(const struct meeting *then, int64_t step, struct facts *out);

/* Tells every method that the private texts are gone. */
void method_blank(struct meeting *m);

/* Whether the seat has written something that some method keeps. */
bool method_wrote(const struct meeting *m, int64_t seat);

#endif
