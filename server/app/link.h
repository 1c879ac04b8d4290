/* link.h -- links with their secrets, for whoever has the secret already. */
#ifndef APP_LINK_H
#define APP_LINK_H

#include "app/room.h"

/* "http://…/console/K7QM-4XPR#KEY": the link of a role; of a phone by its token.  The caller frees
 * it; NULL when memory is exhausted. */
char *link_write(const struct app *app, const char *code, enum role role, const char *key);

/* The text of the QR code that takes a phone into the room's network: WIFI:T:WPA;S:…;P:…;;
 * The caller frees it; NULL when memory is exhausted, or where the server was told of no network.
 */
char *link_wifi(const struct app *app);

#endif
