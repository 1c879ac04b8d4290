/* saving.h -- screens are told while nothing becomes durable: the database is away, the disk is
 * full or stands still.  No fact, and no answer: those wait.
 */
#ifndef APP_SAVING_H
#define APP_SAVING_H

#include <stdbool.h>
#include <stdint.h>

struct app;

/* How the journal stood at the newest look. */
struct saving {
    int64_t waiting, returned; /* Batches that waited then, and that had come back before. */
    int well;                  /* Looks since it last stood still; meaningful while `off`. */
    bool off;                  /* Nothing is saved. */
    bool due; /* There are screens that were still reading when they were to be told. */
};

/* A second has passed.  Tells every screen of every meeting while batches wait of which none has
 * come back since the second before, or while nothing is submitted because the disk takes nothing;
 * and once when neither was so for two looks.  A screen whose welcome waits for the journal is told
 * as well, one that reads too slowly by a later call or not twice, phones are not.  When memory is
 * exhausted the next call tries again. */
void saving_tick(struct app *app);

#endif
