/* why.h -- why something failed, in words for the person who started the server. */
#ifndef STORE_WHY_H
#define STORE_WHY_H

/* Puts a formatted reason into this thread's buffer and returns it; an earlier one may be part of
 * it. */
const char *why_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
