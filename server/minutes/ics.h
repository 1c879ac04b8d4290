/* ics.h -- what of a document has a day, as a calendar (RFC 5545): when it is followed up, and
 * tasks.
 *
 * They are whole days, which have no zone: the 14th of May is that day wherever the calendar is.
 * Each has an id that stays, so that a calendar that is taken in again moves what has moved.
 */
#ifndef MINUTES_ICS_H
#define MINUTES_ICS_H

#include "minutes/document.h"

/* The bytes, which the caller frees; NULL when memory is exhausted.  Of a document in which nothing
 * has a day it is a calendar without an event. */
char *ics_write(const struct document *d, size_t *ret_len);

/* Whether anything in the document has a day that a calendar would have. */
bool ics_has_any(const struct document *d);

#endif
