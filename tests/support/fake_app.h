/* fake_app.h -- app.h and hub.h answered by an echo, so that net can be tested alone.
 *
 * A session of an address that must wait is closed with 1013 at its first message, and its requests
 * get 429.  Else a session sends back what it gets, but for these:
 *     close STATUS        closes once the outbox is empty
 *     now STATUS          queues a frame, then closes at once
 *     good                a good key, which is let in at once where others must wait
 *     fail                a failed hello: counted, then closed with 1008
 *     big LENGTH          a frame of that many letters
 *     all LENGTH          the same one frame to every session
 *     flood COUNT LENGTH  so many frames
 *     console             may send 64 KiB from now on
 *
 * The API: /api/echo gives method, near, query, bearer and body back; /api/later does after
 * 300 ms; /api/never never answers; /api/big?LENGTH is a long document; any other is 404.
 * /metrics counts what was cancelled.
 */
#ifndef SUPPORT_FAKE_APP_H
#define SUPPORT_FAKE_APP_H

#include "app/app.h"

struct app *fake_app_new(void);

#endif
