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

/* Whether the whole string has the form; everything has PATTERN_NONE. */
bool pattern_matches(enum record_pattern pattern, const char *bytes, size_t len);

/* Whether the calendar has this day; `date` has the form of PATTERN_DATE. */
bool day_exists(const char *date);

#endif
