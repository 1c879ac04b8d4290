/* marks_numbers.h -- addresses and numbers in a text.  Each says how many bytes what begins at `at`
 * takes, or 0 where it is none; what goes on from before `at` is none. */
#ifndef MINUTES_MARKS_NUMBERS_H
#define MINUTES_MARKS_NUMBERS_H

#include <stddef.h>

/* "mette@skole.dk" */
size_t marks_email(const char *bytes, size_t len, size_t at);

/* "010203-1234", "01.02.03 1234", "0102031234", "010203-xxxx": a day, and four digits. */
size_t marks_cpr(const char *bytes, size_t len, size_t at);

/* "12 34 56 78" and other ways to write eight digits, "+45 …", "+46 …". */
size_t marks_phone(const char *bytes, size_t len, size_t at);

#endif
