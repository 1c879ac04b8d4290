/* trunk_message.h -- what two servers of several say to each other, to bytes and back.
 *
 * A trunk carries the callers of one server to the other, which leads their meetings.  Each caller
 * is a channel of it: a session, or a request of the HTTP interface.  A message is its length (4
 * bytes, of what follows), its kind (1 byte) and the fields of that kind, in this order: channel (8
 * bytes), number (8), flags (1), and texts, each with its length (4) before it and a NUL behind it.
 * All numbers are big-endian.  What does not fit exactly is refused.
 *
 * Of the server that was called, "answerer"; of the other, "caller".
 */
#ifndef WIRE_TRUNK_MESSAGE_H
#define WIRE_TRUNK_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
    TRUNK_VERSION = 1,
    TRUNK_HEAD = 4,               /* The length before a message. */
    TRUNK_MESSAGE_MAX = 33554432, /* Bytes after it: a snapshot, or minutes with pictures. */
    TRUNK_GREETING_MAX = 1024,    /* The same while nobody has shown that it has the key. */
    TRUNK_TEXTS_MAX = 6,
};

enum trunk_kind {
    TRUNK_NOTHING,

    /* First: who is it?  Nonces and proofs are 32 bytes. */
    TRUNK_CHALLENGE, /* From the answerer.  number: TRUNK_VERSION; texts: nonce */
    TRUNK_CALLER,    /* From the caller.  texts: nonce, proof, its name */
    TRUNK_ACCEPTED,  /* From the answerer.  texts: proof, its name */

    /* From both. */
    TRUNK_PULSE,   /* It is alive.  number: 1 while its lease runs */
    TRUNK_GUESSED, /* A wrong guess was made.  texts: the address that made it */
    TRUNK_PAIRING, /* A screen of its shows a code.  number: for so many ms; texts: code */
    TRUNK_PAIRED,  /* One of yours has become a board.  texts: code, what it is to be told */

    /* From the caller: a channel's client */
    TRUNK_OPEN, /* came.  number: seconds that its address must wait; texts: address, hello */
    TRUNK_SAY,  /* says something.  texts: a frame */
    TRUNK_OWED, /* was too slow for some facts, and reads again */
    TRUNK_GONE, /* is gone, or does not want its answer any more */
    TRUNK_CALL, /* asks.  number: as of OPEN; flags; texts: address, method, path, query, bearer,
                 * body */

    /* From the answerer: to a channel's client */
    TRUNK_TELL,   /* a frame, to all of `channels`.  number: struct frame's `complete`; flags;
                   * texts: channels, frame */
    TRUNK_CLOSE,  /* that it is closed.  number: WebSocket status */
    TRUNK_FAILED, /* Its hello was a wrong guess. */
    TRUNK_ANSWER, /* what it asked for.  number: status, and 1000 times the seconds to wait; flags;
                   * texts: type, filename, body */
    TRUNK_KINDS,
};

enum {
    TRUNK_NEAR = 1,      /* CALL: the client is near (struct api_request). */
    TRUNK_BARE = 2,      /* CALL: without a bearer; ANSWER: without a file's name. */
    TRUNK_GUESS = 4,     /* ANSWER: it was a wrong guess. */
    TRUNK_DROPPABLE = 8, /* TELL: a slow client may miss it. */
    TRUNK_INSIDE = 16,   /* CALL: whoever runs the servers asks. */
};

struct trunk_text {
    const char *bytes; /* Borrowed; with a NUL behind them where it was decoded. */
    size_t len;
};

struct trunk_message {
    enum trunk_kind kind;
    uint64_t channel;
    int64_t number;
    unsigned flags;
    struct trunk_text texts[TRUNK_TEXTS_MAX];
};

/* A text of a string, "" for NULL. */
struct trunk_text trunk_text(const char *string);

/* How many bytes it is, without its length; what is longer than TRUNK_MESSAGE_MAX cannot be sent.
 */
size_t trunk_message_size(const struct trunk_message *m);

/* Adds the message with its length before it.  What its kind has not is not looked at. */
void trunk_message_write(const struct trunk_message *m, struct buffer *b);

/* Reads the length: of the message that follows. */
size_t trunk_message_length(const unsigned char head[static TRUNK_HEAD]);

/* Reads a message of `len` bytes behind its length; its texts point into `bytes`, and only a
 * frame, a body, a nonce, a proof and channels may have a NUL among them.  False when it is none.
 */
bool trunk_message_read(const unsigned char *bytes, size_t len, struct trunk_message *ret_message);

/* Channels as TELL has them, 8 bytes each. */
void trunk_channel_write(uint64_t channel, unsigned char ret_bytes[static 8]);
uint64_t trunk_channel_read(const unsigned char bytes[static 8]);

#endif
