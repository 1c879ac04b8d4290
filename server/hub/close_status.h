/* close_status.h -- the statuses by which a WebSocket is closed: RFC 6455, section 7.4.1, and the
 * IANA registry that it founds. */
#ifndef HUB_CLOSE_STATUS_H
#define HUB_CLOSE_STATUS_H

enum close_status {
    CLOSE_PROTOCOL = 1002,     /* The peer broke the WebSocket protocol. */
    CLOSE_UNACCEPTABLE = 1003, /* A binary message: we take text alone. */
    CLOSE_NOT_UTF8 = 1007,
    CLOSE_POLICY = 1008, /* The peer broke a rule of ours. */
    CLOSE_TOO_BIG = 1009,
    CLOSE_INTERNAL = 1011, /* We failed: memory is exhausted. */
    CLOSE_RESTART = 1012,  /* "Service restart": the client comes again at once. */
    CLOSE_LATER = 1013,    /* "Try again later": the client comes again after a while. */
};

#endif
