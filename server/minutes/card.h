/* card.h -- what the chief of several schools reads of a meeting, where its leader shares it: what
 * was agreed, who does what by function, when it is followed up, what is open.
 *
 * People's words go through the same look as in the public edition (public.c, marks.h), so that
 * there is one answer to what may leave the house, and one place where the leader decides it.
 * Points, laps, recaps, tables and participants are not in it at all.
 */
#ifndef MINUTES_CARD_H
#define MINUTES_CARD_H

#include "minutes/minutes.h"

/* The card as JSON (protocol/chief.schema.json: a meeting), which the caller frees; its length in
 * `ret_len`.  NULL when memory is exhausted. */
char *card_write(const struct minutes_source *source, size_t *ret_len);

#endif
