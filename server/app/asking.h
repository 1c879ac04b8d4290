/* asking.h -- a request of the HTTP interface while it is being answered. */
#ifndef APP_ASKING_H
#define APP_ASKING_H

#include "app/api.h"
#include "app/app.h"

enum { QUERY_VALUE_MAX = 32 };

struct asking {
    struct app *app;
    const struct api_request *request;
    api_respond_fn *respond;
    void *context;
};

/* Answers at once.  `body` is taken over; NULL says that memory is exhausted. */
void asking_respond(const struct asking *a, int status, const char *type, char *body);

/* The same where whoever asks may be guessing, and must wait after many of them. */
void asking_respond_guess(const struct asking *a, int status, const char *type, char *body);

/* Answers at once with a refusal, `field` NULL or what is at fault; returns NULL, for a handler to
 * return in turn. */
struct api_call *asking_refuse(const struct asking *a, int status, enum refusal code,
                               const char *field);

/* Says that its address must wait, and nothing else; gives NULL. */
struct api_call *asking_hold(const struct asking *a);

/* Makes a call that waits until the room's newest fact is durable.  `body` is taken over.  NULL
 * when it was answered at once. */
struct api_call *asking_wait(const struct asking *a, struct room *r, int status, const char *type,
                             const char *filename, char *body, size_t body_len);

/* Makes a call that its maker finishes, with a body (api_finish), or refuses (api_refuse).  NULL
 * when memory is exhausted: then nobody was answered. */
struct api_call *asking_later(const struct asking *a);

/* The value of `name` in a query, as it stands there; "" when it is not there, or too long. */
void asking_value(const char *query, const char *name, char ret_value[static QUERY_VALUE_MAX]);

#endif
