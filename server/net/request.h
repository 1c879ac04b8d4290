/* request.h -- one HTTP request and its answer, as http.c and routes.c share it. */
#ifndef NET_REQUEST_H
#define NET_REQUEST_H

#include "net/inside.h"
#include "net/response.h"

enum { PATH_MAX_CHARS = 512, QUERY_MAX = 512 };

enum verb { VERB_GET, VERB_HEAD, VERB_POST };

struct request {
    struct connection *connection;
    enum verb verb;
    char path[PATH_MAX_CHARS];
    char query[QUERY_MAX];

    size_t expected, come; /* Bytes of the body. */
    char *body;
    int64_t late; /* When the time for this step is over, as net_now tells it. */
    bool unread;  /* The body was refused unread: bytes of it may still come. */
    bool ended;

    struct api_call *call;   /* The application works on it. */
    struct stream *stream;   /* What it listens to; see stream.h. */
    const struct page *page; /* The page that waits for the facts that stand before it. */
    bool answered;           /* `response` is complete and goes out. */
    struct response response;
    size_t sent; /* Bytes of the answer's head and body together. */
    bool lingering;
};

/* The answer is made: send it. */
void request_answer(struct request *r);

/* What stands after "Bearer " in its Authorization, or NULL. */
const char *request_bearer(struct request *r, char *value, size_t room);

/* Answers with a status and a reason. */
void request_refuse(struct request *r, int status, const char *why);

#endif
