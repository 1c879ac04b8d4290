/* method.h -- what a method of conversation does at the points where the engine asks it.
 *
 * A method is a row in protocol/methods/ and, where that is not all, one file here,
 * engine/method/NAME.c.  Its traits (method_infos) say what is plain about it: how many laps, which
 * boxes, whether hands wait.  A hook is for what a trait cannot say.  The row names the hooks that
 * the method has; each is a function NAME_HOOK of that file, and protogen makes its prototype and
 * the table from them (dispatch.gen.h).  So are its own commands and facts functions of that file.
 * What it keeps of a meeting is m->methods.NAME, described in its row.
 */
#ifndef ENGINE_METHOD_METHOD_H
#define ENGINE_METHOD_METHOD_H

#include "engine/facts.h"
#include "engine/reader.h"
#include "engine/state.h"

/* The part with this index begins: adds the facts that belong to it, which come after
 * part.began. In `m` the part does not run yet. */
typedef void hook_begin(const struct meeting *m, int part, const struct context *context,
                        struct facts *out);

/* The running part is left, for good or to come back to: adds the facts that come before
 * part.ended. */
typedef void hook_end(const struct meeting *m, const struct context *context, struct facts *out);

/* Decides contribution.add in a part of this method, instead of board.c.  `seat` is whose the
 * contribution is, 0 for nobody's. */
typedef enum refusal hook_contribute(const struct meeting *m,
                                     const struct command_contribution_add *c, int part,
                                     int64_t seat, const struct context *context,
                                     struct facts *out);

/* Decide contribution.edit and contribution.withdraw of a point that is sealed and so not on
 * the board.  REFUSED_NO_SUCH_CONTRIBUTION where it is none of this method's. */
typedef enum refusal hook_edit(const struct meeting *m, const struct command_contribution_edit *c,
                               const struct context *context, struct facts *out);
typedef enum refusal hook_withdraw(const struct meeting *m,
                                   const struct command_contribution_withdraw *c,
                                   const struct context *context, struct facts *out);

/* Whether the seat has written something that the method keeps. */
typedef bool hook_wrote(const struct meeting *m, int64_t seat);

/* Somebody sits down, or is back, while a part of this method runs: adds the facts that follow
 * from that.  A seat that is new is not in `m` yet. */
typedef void hook_seat_joins(const struct meeting *m, int64_t seat, struct facts *out);

/* Another phone than before takes the seat, whichever part runs: adds the facts that follow from
 * that. */
typedef void hook_seat_moves(const struct meeting *m, int64_t seat, struct facts *out);

/* Somebody leaves the meeting while a part of this method runs: the same.  In `m` the seat is
 * still there. */
typedef void hook_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out);

/* Undo takes back the step that the fact with number `step` keeps: adds the facts that follow
 * from that for parts of this method, whichever part runs.  `then` is the meeting as it will be
 * afterwards, as far as its people, its table and its running part go. */
typedef void hook_undone(const struct meeting *then, int64_t step, struct facts *out);

/* The private texts of the meeting are blanked: frees those that the method keeps. */
typedef void hook_blank(struct meeting *m);

/* Fills its part of a snapshot: `ret_seen` is the zeroed struct NAME_seen of its row, which
 * then owns what it holds.  False when memory is exhausted. */
typedef bool hook_see(const struct meeting *m, const struct reader *reader, void *ret_seen);

/* The hooks of a method; NULL: it goes without. */
struct method_hooks {
    hook_begin *begin;
    hook_end *end;
    hook_contribute *contribute;
    hook_edit *edit;
    hook_withdraw *withdraw;
    hook_wrote *wrote;
    hook_seat_joins *seat_joins;
    hook_seat_moves *seat_moves;
    hook_seat_leaves *seat_leaves;
    hook_undone *undone;
    hook_blank *blank;
    hook_see *see;
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

/* Tells every method that a seat is on another phone. */
void method_seat_moves(const struct meeting *m, int64_t seat, struct facts *out);

/* Tells every method that a step is undone. */
void method_undone(const struct meeting *then, int64_t step, struct facts *out);

/* Tells every method that the private texts are gone. */
void method_blank(struct meeting *m);

/* Whether the seat has written something that some method keeps. */
bool method_wrote(const struct meeting *m, int64_t seat);

#endif
