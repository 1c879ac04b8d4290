/* buttons.h -- what a careful facilitator presses, and when. */
#ifndef CLI_DEMO_BUTTONS_H
#define CLI_DEMO_BUTTONS_H

#include "cli/demo/crowd.h"

/* What the console's wide button would do now. */
enum press {
    PRESS_NOTHING,
    PRESS_START,
    PRESS_GIVE,
    PRESS_DONE, /* For somebody without a phone. */
    PRESS_SHOW,
    PRESS_NEXT,
    PRESS_CLOSE,
};

struct buttons {
    size_t expected;     /* Seats that are waited for in the lobby, */
    int64_t lobby_since; /* but not for ever. */
    bool settled;        /* Every answer is written. */
    enum press press;    /* What is about to be pressed, */
    int64_t whom;        /* for which seat, */
    int64_t at;          /* and when. */
};

/* Looks at the meeting, and presses what is due. */
void buttons_look(struct guest *g, struct buttons *b);

/* Whether whoever sits there can give the floor on. */
bool buttons_has_phone(const struct guest *g, int64_t seat);

#endif
