/* prelude.h -- a page with facts before it: what a phone needs for its first screen comes with the
 * page, and no second round trip has to be waited for.
 *
 * The facts stand in a comment before the doctype, where a script finds them as the document's
 * first node. The page itself was compressed when it was built and stays as it is: the comment is
 * put in front of it, as a block of deflate that is stored and not compressed.
 */
#ifndef NET_PRELUDE_H
#define NET_PRELUDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/pages.h"

/* The most bytes of facts that go with a page; where there are more, the page asks for them. */
enum { PRELUDE_MAX = 4096 };

/* The page with the facts before it.
 *
 * facts     JSON, NUL-terminated; its strings may hold anything
 * ret_body  gzip or plain, to be freed; its length in ret_len
 * ret_mark  a number for the page's tag (ETag), another one for other contents
 * Returns 0; -E2BIG when there are too many facts, -ENOMEM. */
int prelude_page(const struct page *page, const char *facts, bool gzip, char **ret_body,
                 size_t *ret_len, uint32_t *ret_mark);

#endif
