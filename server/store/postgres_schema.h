/* postgres_schema.h -- the schema `runde`: bringing it up to date.
 *
 * Upgrades are a list of migrations.  Each runs in a transaction of its own together with the new
 * number in runde.version, under an advisory lock that ends with it: two servers that start at once
 * do it once, and one that was interrupted goes on where it stopped.
 */
#ifndef STORE_POSTGRES_SCHEMA_H
#define STORE_POSTGRES_SCHEMA_H

#include "store/postgres_connection.h"

/* The two numbers of an advisory lock; the first is ours ("Rund"). */
enum { POSTGRES_LOCK = 0x52756e64, POSTGRES_LOCK_ALONE = 1, POSTGRES_LOCK_MIGRATION = 2 };

/* SQL: what a moment is on the clock that servers with a name share, in ms. */
#define POSTGRES_CLOCK(moment)                                                                     \
    "((extract(epoch FROM " moment ") * 1000)::bigint - (SELECT zero FROM runde.clock))"

/* The number of the schema that is there; 0: none. */
int postgres_version(struct connection *c, long *ret_version);

/* Runs every migration above the schema's own number: number i brings it to i + 1.
 * Returns 0, -EPROTO when the number is above `count`, -EACCES when the role may not, or another
 * negative errno; `ret_why` has the words. */
int postgres_upgrade(struct connection *c, const char *const migrations[], size_t count,
                     const char **ret_why);

/* -EPROTO, with the words, for a schema above the `count` that this program knows. */
int postgres_is_newer(long version, size_t count, const char **ret_why);

/* The migrations of this program, and how many there are: the newest schema it knows. */
extern const char *const postgres_migrations[];
size_t postgres_newest(void);

#endif
