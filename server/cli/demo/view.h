/* view.h -- what one simulated participant, or the console, has been told of the meeting so far:
 * a small fold of the frames that its own connection got, and nothing else.
 */
#ifndef CLI_DEMO_VIEW_H
#define CLI_DEMO_VIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "protocol.gen.h"

enum {
    VIEW_PARTS = 64,
    VIEW_SEATS = 128,
    VIEW_POINTS = 512,
    PART_ID_ROOM = LIMIT_PART_ID + 1,
};

struct view_part {
    char id[PART_ID_ROOM];
    char title[128]; /* For the terminal; cut where it is longer. */
    enum method method;
    bool on, intro, answers;
    int64_t ms; /* As planned now. */
};

struct view_point {
    char id[UUID_CHARS + 1];
    int64_t seat; /* 0: nobody's. */
    int64_t lap;
    int part;
};

struct view_seat {
    int64_t seat;
    enum device device;
    enum presence presence;
    char name[4 * LIMIT_NAME + 1];
};

struct view_list {
    size_t count;
    int64_t seats[VIEW_SEATS];
};

struct view {
    bool known;    /* A snapshot has come. */
    int64_t seq;   /* The last fact that is in here. */
    int64_t ahead; /* The meeting's clock less ours, ms. */
    enum state state;
    int part;        /* In `parts`; -1 for none. */
    int64_t speaker; /* 0: nobody. */
    int64_t turn, lap, laps;
    int64_t until, part_until; /* On the meeting's clock; 0 for none. */
    struct view_list queue, heard, hands, ready;
    bool shown;   /* What was sealed in this part. */
    bool written; /* There is a text in this part that several write: our own, or, for
                     the console, anybody's. */
    char figures[UUID_CHARS + 1]; /* The newest data to present; "" for none. */
    struct view_part parts[VIEW_PARTS];
    size_t part_count;
    struct view_seat seats[VIEW_SEATS];
    size_t seat_count;
    struct view_point points[VIEW_POINTS];
    size_t point_count;
};

/* What a frame changed, as bits. */
enum view_change {
    VIEW_PART = 1,    /* Another part runs, or the state is another. */
    VIEW_SPEAKER = 2, /* Somebody else has the floor, or nobody. */
    VIEW_SHOWN = 4,   /* What was sealed is shown. */
};

/* Takes a frame: welcome, snapshot or facts; others change nothing.  `now` is our own clock. */
unsigned view_take(struct view *v, json_t *frame, int64_t now);

/* The part that runs; NULL for none. */
const struct view_part *view_part(const struct view *v);

/* Whoever sits there; NULL for nobody known. */
const struct view_seat *view_seat(const struct view *v, int64_t seat);

bool view_list_has(const struct view_list *list, int64_t seat);

#endif
