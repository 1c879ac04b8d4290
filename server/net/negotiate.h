/* negotiate.h -- what a browser's request headers ask for (RFC 9110).  All pure. */
#ifndef NET_NEGOTIATE_H
#define NET_NEGOTIATE_H

#include <stdbool.h>
#include <stddef.h>

/* The weight (q) that an Accept-Language header gives `locale` ("da"), in thousandths; 0 when it
 * does not want it.  "da-DK" counts for "da" too, "*" for every language that the header does not
 * name. */
int negotiate_language(const char *header, const char *locale);

/* Whether an Accept-Encoding header takes a content coding: "gzip", "br". */
bool negotiate_coding(const char *header, const char *coding);

/* Whether an If-None-Match header has this tag, compared weakly; `tag` without quotes. */
bool negotiate_etag(const char *header, const char *tag);

/* Finds `name` in a query ("lang=da&x=1").  Copies its value, as it stands, and returns true
 * when it is there and fits. */
bool negotiate_query(const char *query, const char *name, char *ret_value, size_t room);

#endif
