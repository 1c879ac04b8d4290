/* api.h -- requests of the HTTP interface that wait for the journal. */
#ifndef APP_API_H
#define APP_API_H

#include "app/room.h"

/* The answer to such a request, until what it rests on is durable. */
struct api_call {
    struct api_call *before, *after; /* In the app's list. */
    struct app *app;
    api_respond_fn *respond; /* NULL: whoever asked is gone. */
    void *context;
    int status;
    const char *type;
    char filename[64];
    char *body;
    size_t body_len;
};

/* Responds, for all that the call rests on is durable, and frees it. */
void api_finish(struct api_call *call);

/* Says that what the call rests on is lost, and frees it. */
void api_lost(struct api_call *call);

/* Refuses what the call asks for, and frees it. */
void api_refuse(struct api_call *call, int status, enum refusal code, const char *field);

/* Takes the request again, as it was; the call is answered as that is.  Strings are borrowed. */
void api_again(struct api_call *call, const struct api_request *request);

/* Responds with another server's answer, and frees it. */
void api_pass(struct api_call *call, const struct api_answer *answer);

/* Frees every call that still waits. */
void api_cancel_all(struct app *app);

#endif
