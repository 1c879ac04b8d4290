/* api.h -- requests of the HTTP interface that wait for the journal. */
#ifndef APP_API_H
#define APP_API_H

#include "app/room.h"

/* What such a request is answered with, once that is durable. */
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

/* All that the call rests on is durable: responds and frees it. */
void api_finish(struct api_call *call);

/* It is lost: says so and frees it. */
void api_lost(struct api_call *call);

/* Frees every call that still waits. */
void api_cancel_all(struct app *app);

#endif
