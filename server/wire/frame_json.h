/* frame_json.h -- the frames that the server sends, as JSON text (protocol/frames).
 *
 * Each returns text that the caller frees, or NULL when memory is exhausted.
 */
#ifndef WIRE_FRAME_JSON_H
#define WIRE_FRAME_JSON_H

#include "base/buffer.h"
#include "engine/facts.h"

/* A seat of a phone with the token that opens it again; token "" for none to tell. */
struct seat_token {
    int64_t seat;
    char token[SECRET_CHARS + 1];
};

/* What whoever runs the server has set for the place where people meet. */
struct venue {
    const char *colour; /* "#005a9c", or NULL. */
    bool wifi;          /* There is a network for the board to show. */
};

char *frame_welcome(const struct seat_token *seats, size_t count, struct instant now, int64_t wall,
                    const struct venue *venue);

/* field may be NULL; wait_ms and seat 0 for none. */
char *frame_refused(enum refusal code, const char *field, int64_t wait_ms, int64_t seat);

/* What a command made, in the form of a reply's `made`; NULL for nothing.  `secret` is the token
 * of MADE_SEAT by seat.link, or NULL.  Freed by the caller; `ret_failed` on exhausted memory. */
char *frame_made(enum made made, struct uuid id, int64_t seat, const char *secret,
                 bool *ret_failed);

/* `made` is what frame_made gave, or NULL. */
char *frame_reply_ok(struct uuid re, int64_t seq, const char *made);

/* re NULL: the frame had no id that could be read. */
char *frame_reply_refused(const struct uuid *re, enum refusal code, const char *field,
                          int64_t wait_ms);

char *frame_clock(double sent, struct instant now, int64_t wall);

/* A facts frame is written by hand, for it is the one that everybody gets:
 * begin, then each fact's JSON, then end. */
void frame_facts_begin(struct buffer *b);
void frame_facts_add(struct buffer *b, const struct text *fact);
void frame_facts_end(struct buffer *b, int64_t seq);

/* Which seats have a phone that is connected, how many screens there are of each role, and who
 * writes where.  All is borrowed. */
struct attendance {
    const int64_t *seats;
    size_t count;
    const int64_t *screens; /* ROLE_COUNT of them. */
    const struct writer *writers;
    size_t writer_count;
    enum guessed guessed;
};

char *frame_presence(const struct attendance *here);

/* Whether what is sent becomes durable. */
char *frame_saving(bool saving);

#endif
