/* routes.h -- what stands at which path. */
#ifndef NET_ROUTES_H
#define NET_ROUTES_H

#include "net/request.h"

/* The headers are there: answers, or waits for the body or the application. */
void routes_begin(struct request *r);

/* The body is there too. */
void routes_go_on(struct request *r);

#endif
