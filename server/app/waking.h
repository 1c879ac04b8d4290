/* waking.h -- which meeting has a deadline first.  The loop asks before each sleep, and there may
 * be thousands of meetings: it is kept, and found anew only when the first one has moved later. */
#ifndef APP_WAKING_H
#define APP_WAKING_H

#include "app/room.h"

/* The meeting's state is another: its deadline may be, too. */
void waking_changed(struct room *r);

/* The same of all of them. */
void waking_all(struct app *app);

#endif
