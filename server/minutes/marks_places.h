/* marks_places.h -- where somebody lives, when they were born, and where they are on the net.  Each
 * says how many bytes what begins at `at` takes, or 0 where it is none. */
#ifndef MINUTES_MARKS_PLACES_H
#define MINUTES_MARKS_PLACES_H

#include <stddef.h>

/* "Nørregade 12", "Søndre Allé 4 B, 2. tv." */
size_t marks_address(const char *bytes, size_t len, size_t at);

/* The day alone, behind "født", "f." or "fødselsdag": "12. marts 2014", "12.3.14". */
size_t marks_birthday(const char *bytes, size_t len, size_t at);

/* "https://…", "www.…": all of it. */
size_t marks_link(const char *bytes, size_t len, size_t at);

/* "@ahmed_k" */
size_t marks_handle(const char *bytes, size_t len, size_t at);

#endif
