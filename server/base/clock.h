/* clock.h -- the two clocks of the machine.
 *
 * Deadlines live on the meeting clock, which is counted from CLOCK_BOOTTIME (it goes on while
 * the machine sleeps and never jumps); wall time is kept for people only.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds of CLOCK_BOOTTIME, or what a test makes of it. */
int64_t clock_boottime(void);

/* CLOCK_BOOTTIME itself, which no test moves: for what goes on between servers, not in meetings. */
int64_t clock_steady(void);

/* Milliseconds since 1970. */
int64_t clock_wall(void);

/* The kernel's id of this boot: 36 characters, or zeros where it has none. */
void clock_boot_id(char ret_chars[static 37]);

/* Lets tests move time: `path` is a file of native int64_t's of milliseconds.  The first is added
 * to both clocks whenever they are read.  Two more, where they are there, are where clock_boottime
 * and clock_wall stand: then nothing but the first moves them.  Returns 0 or a negative errno. */
int clock_test_file(const char *path);

#endif
