/* meeting.h -- a meeting as a pure state machine.
 *
 *     meeting_decide    what would this command cause?    may refuse, changes nothing
 *     meeting_prepare   make room for a fact              may fail, changes nothing that shows
 *     meeting_apply     record that it happened           cannot fail
 *     meeting_wake_at   when must I be asked again?
 *
 * It reads no clock, does no input or output, makes no random choice and knows no JSON: whoever
 * drives it brings time, ids and texts.  The caller tells nobody of a fact before it is durable;
 * when it cannot be made durable, the meeting is thrown away and folded anew.
 */
#ifndef ENGINE_MEETING_H
#define ENGINE_MEETING_H

#include "engine/facts.h"
#include "engine/state.h"

/* An empty meeting, before its first fact.  NULL when memory is exhausted. */
struct meeting *meeting_new(void);

/* Frees the meeting.  NULL is ignored. */
void meeting_free(struct meeting *m);

/* Works out what `c`, coming at context->now, would cause.  On REFUSED_NOT `ret_facts` holds one or
 * more facts, numbered on from m->seq and dated; the caller releases them.  On a refusal it holds
 * none, and `field` where one is at fault.  REFUSED_BUSY: memory was exhausted. */
enum refusal meeting_decide(const struct meeting *m, const struct command *c,
                            const struct context *context, struct facts *ret_facts);

/* Makes sure that meeting_apply has room for `f`.  False when memory is exhausted. */
bool meeting_prepare(struct meeting *m, const struct fact *f);

/* Records one fact, which meeting_prepare has been called with: live or replayed. */
void meeting_apply(struct meeting *m, const struct fact *f);

/* True when COMMAND_TIME_WAKE is due at `*ret_at`; false when nothing is timed. */
bool meeting_wake_at(const struct meeting *m, struct instant *ret_at);

#endif
