/* response.h -- an HTTP answer while it is made: status, headers, body. */
#ifndef NET_RESPONSE_H
#define NET_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

enum { RESPONSE_HEAD_MAX = 3072 };

struct response {
    int status;
    size_t head_len;
    char head[RESPONSE_HEAD_MAX];
    const unsigned char *body; /* Borrowed, or `owned`. */
    size_t body_len;
    void *owned; /* Freed with the answer; or NULL. */
    bool whole;  /* Every header fitted. */
};

/* Begins with the status line and the headers that every answer has. */
void response_begin(struct response *a, int status);

/* Tells browsers never to come by plain HTTP again: for answers over TLS of our own. */
void response_strict(struct response *a);

/* Adds one header.  One that would break the line, or does not fit, is left out and the answer
 * no longer whole. */
void response_header(struct response *a, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gives it a body of `type`, borrowed for the answer's life. */
void response_body(struct response *a, const char *type, const void *body, size_t len);

/* The same, for a string that the answer frees. */
void response_body_owned(struct response *a, const char *type, char *body);

/* A short text for people: a status and why. */
void response_text(struct response *a, int status, const char *text);

/* Closes the headers; nothing may be added afterwards. */
void response_end(struct response *a);

/* The same for an answer that ends with its connection. */
void response_endless(struct response *a);

/* Frees what it owns. */
void response_clear(struct response *a);

#endif
