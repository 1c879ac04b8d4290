/* state.h -- the application's own state: every meeting by its code, and the server clock. */
#ifndef APP_STATE_H
#define APP_STATE_H

#include "app/attempts.h"
#include "app/chiefs.h"
#include "app/erasing.h"
#include "app/pairing.h"
#include "app/room.h"
#include "app/saving.h"
#include "minutes/dictionary.h"

struct app {
    struct journal *journal;
    struct app_ports ports;
    struct app_options options;
    const struct app_template *templates;
    struct hub *hub;
    struct dictionary *dictionary;

    /* The server clock is boottime plus `offset`: it goes on across restarts. */
    int64_t offset;
    int64_t down_since; /* Server clock when the last server was seen alive; -1: never. */
    int64_t down_ms;    /* How long it was away. */
    int64_t marked;     /* boottime of the newest mark. */
    bool decided;       /* Something was submitted in this turn of the loop. */
    char boot_id[UUID_CHARS + 1];

    size_t room_count, room_capacity;
    struct room **rooms;   /* By code, in no order. */
    size_t index_capacity; /* A power of two, or 0. */
    struct room **index;   /* Open addressing by code. */
    size_t folding;        /* Rooms that are not back yet. */
    size_t unread;         /* How many rooms of the start have not been read yet: the first ones. */
    struct room *touched;
    struct room *first_due; /* waking.h; NULL: no meeting has a deadline. */
    int64_t due_at;         /* Its deadline, on boottime. */
    bool stopping;
    struct saving saving;
    int trouble; /* journal_trouble, as it was last looked at: nothing new is written. */

    /* Of one of several servers (owning.h). */
    int64_t term;    /* In which the rooms that are its own were claimed; 0: none is. */
    size_t claiming; /* Rooms that are being claimed. */
    bool seeking;    /* What nobody has is asked for; */
    bool swept;      /* and the last answer has named all of it. */
    int64_t given;   /* boottime ms: something was given up for another server to take. */
    bool leaving, left;
    bool told_stranded; /* Screens have been told that nothing is saved, and not yet that it is. */
    int64_t unleased;   /* steady ms: since then no lease runs (stranding.h); 0: one does. */
    size_t others;      /* Servers that there are besides this one. */
    struct trunk *trunks;      /* To and from other servers (nodes.h). */
    struct passage *returned;  /* Those who were passed on and are back (relay.h). */
    int64_t resumed, given_up; /* How often they were, and could not be. */
    int64_t refused_at;        /* steady ms: a server that is none was logged last. */
    int64_t nodes_at, list_at; /* steady ms: when nodes are looked at, and asked for, next. */

    size_t erasing; /* Rooms that the journal is erasing. */
    size_t erased_count, erased_room;
    struct erased *erased; /* Oldest first. */

    size_t chief_count, chief_room;
    struct chief_entry *chiefs; /* By code (chiefs.h). */

    size_t pairing_count; /* Oldest first. */
    struct pairing pairings[LIMIT_PAIRINGS];

    struct attempts guesses; /* Of codes that no meeting has. */
    struct attempts_log attempts_log;

    struct api_call *calls; /* Requests that wait. */
    int64_t commands;
    int64_t read; /* How often a meeting was read from the journal. */
};

/* The meeting with this code, as code_read gives it, or NULL. */
struct room *app_find(const struct app *app, const char *code);

/* Adds a room; false when memory is exhausted. */
bool app_add(struct app *app, struct room *r);

/* Frees the rooms that are over (room_is_over). */
void app_sweep(struct app *app);

int64_t app_server_clock(const struct app *app);

/* ms, for what goes on between servers: never goes back, and no test moves it (app_ports.steady).
 */
int64_t app_steady(const struct app *app);

/* A new secret, from the port of chance. */
void app_secret(struct app *app, char ret_secret[static SECRET_CHARS + 1]);

/* Sees to it that telling_flush is called for the room before the loop sleeps. */
void app_touch(struct app *app, struct room *r);

/* Asks the journal for meetings that it has not read since the start, the newest first: those that
 * ran when it ended are among them. */
void app_read_on(struct app *app);

/* A session says hello (struct hub_ops; joining.c). */
void app_hello(void *app, struct session *s, const struct hello *hello);

#endif
