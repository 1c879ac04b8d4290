/* pattern.h -- the fixed forms that a string of the protocol can be asked to have.
 *
 * They stand as regular expressions in protocol/types.json, which protogen compares with what it
 * knows; tests/protocol checks that both accept the same.
 */
#ifndef WIRE_PATTERN_H
#define WIRE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/record.h"

/* Whether the whole string has the form; everything has PATTERN_NONE.  A date may be of any year.
 */
bool pattern_matches(enum record_pattern pattern, const char *bytes, size_t len);

/* Whether a date that comes in is taken: the calendar has that day, and it is of the years from
 * 2000 to 2199, in which meetings are held; others are slips of a finger.  `date` has the form of
 * PATTERN_DATE. */
bool day_is_taken(const char *date);

#endif
