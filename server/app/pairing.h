/* pairing.h -- screens that cannot type a key show a code, and a console types that.
 *
 *     POST /api/pairings   -> 201 {"pairing":"4F7K","secret":"…"}
 *     GET /api/pairings    with that secret as Bearer -> 202 while nobody has typed the code,
 *                          200 {"code":"K7QM-4XPR","key":"…"} once, and then 404
 *
 * Nothing of it is kept on disk: a screen that finds its pairing gone asks for another.  Of several
 * servers each knows what screens of the others show, and tells them what was typed.
 */
#ifndef APP_PAIRING_H
#define APP_PAIRING_H

#include "app/asking.h"

struct trunk_message; /* wire/trunk_message.h */

struct pairing {
    char code[CODE_CHARS + 1]; /* The four characters that the screen shows. */
    bool foreign;              /* Another server's screen shows it. */
    struct hash secret;        /* Meaningful unless foreign. */
    int64_t made;              /* boottime, ms */
    char *told;        /* What its screen is to hear, from another server; NULL: nothing yet. */
    struct room *room; /* Whose board it becomes; NULL: nobody has typed the code yet. */
    char key[SECRET_CHARS + 1];
};

/* Answers /api/pairings. */
struct api_call *pairing_answer(const struct asking *a, bool post);

/* The pairing that waits under this code, in any case; NULL when there is none, or it is too old.
 */
struct pairing *pairing_find(struct app *app, const struct text *code);

/* Gives the screen that waits under this code, which there must be, the key by which it becomes a
 * board of this meeting. */
void pairing_give(struct room *r, const struct text *code, const char *key);

/* What another server says of its screens, or of one of this server's. */
void pairing_hear(struct app *app, const struct trunk_message *m);

/* Tells another server what is shown here. */
void pairing_tell(struct trunk *t);

void pairing_forget_all(struct app *app);

/* Forgets what was given of a meeting that is erased. */
void pairing_drop(const struct room *r);

#endif
