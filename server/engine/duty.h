/* duty.h -- who presents a part and who facilitates it.
 *
 * The agenda names people by their function, and says in words what they do: "Skolelederen
 * præsenterer data", "PUF konsulent faciliterer" (source: the agenda of the school talk).  Pages
 * show the same people, so the rule stands there too (web/shared/duty.js), and both are held
 * against one list of cases, protocol/examples/duty.json.
 *
 * A function fits a phrase when its words are the phrase's first words, one by one, without regard
 * to case; a word of the phrase may have a definite ending ("Skolelederen").  A function that
 * phones offer goes by its name in every language: who has chosen "School leader" is the agenda's
 * "Skoleleder".  The phrases of a part
 * come before its item's.  The first with a word that begins with "facilit" names the facilitator,
 * the first with "præsenter" or "present" the presenter; phrases that say neither name the
 * presenter of a talk and the facilitator of everything else.
 */
#ifndef ENGINE_DUTY_H
#define ENGINE_DUTY_H

#include "engine/state.h"

/* Whether the function fits the phrase. */
bool duty_fits(const struct text *function, const struct text *phrase);

/* The seat that has the duty in the part, or 0: the one that the console named, else the first in
 * the table's order that has not left and whose function fits. */
int64_t duty_seat(const struct meeting *m, int part, enum duty duty);

/* Whether somebody with this function would have the duty on sitting down: it fits, and nobody has
 * the duty yet. */
bool duty_awaits(const struct meeting *m, int part, enum duty duty, const struct text *function);

#endif
