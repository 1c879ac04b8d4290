/* kept.h -- what of an agenda may be kept outside the house for the next meeting, when the server
 * has forgotten this one: nobody by name.
 *
 * People's words go through the same look as in the public edition (marks.h), with the same
 * replacements; so a class or a place stays, and a name does not.
 */
#ifndef MINUTES_KEPT_H
#define MINUTES_KEPT_H

#include "minutes/minutes.h"

/* Looks through all that people wrote in `a`, in place: names go by function, and whoever has a
 * task is told by function or not at all.  No text becomes longer than the protocol lets it be.
 * `a` is the caller's own, not the source's agenda.  False when memory is exhausted; then `a` still
 * has to be released, and must not be shown to anybody. */
bool kept_look_through(const struct minutes_source *source, struct agenda *a);

#endif
