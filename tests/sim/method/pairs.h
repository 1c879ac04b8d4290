/* pairs.h -- people who talk two and two, in the simulator: one call from each of its parts. */
#ifndef SIM_METHOD_PAIRS_H
#define SIM_METHOD_PAIRS_H

#include "sim/ledger.h"

/* The crowd (pairs_crowd.c): a phone writes for a pair, a console writes, shows or takes that back.
 * Whether it did anything. */
bool crowd_pairs(struct peer *p);

/* The fold (pairs_fold.c): false when the fact is about something else. */
bool fold_pairs_fact(json_t *state, const json_t *fact);

/* The auditor's idea of who talks with whom, of what was shown and of what became of it. */
enum { AUDIT_PAIRS_MAX = 512 };

struct audit_pair {
    int part, number;
    struct list seats;
    bool written; /* As the console is told. */
};

/* What a pair had written when its part was shown. */
struct audit_showing {
    int part, number;
    int64_t seq; /* Of the fact that showed it. */
    char text[24], id[37];
    struct list seats;
    bool hidden; /* Undo has taken it off the board. */
};

struct audit_pairs {
    int count, showing_count, running_count;
    struct audit_pair at[AUDIT_PAIRS_MAX];
    struct audit_showing showing[AUDIT_PAIRS_MAX];
    struct {
        int64_t seq;
        int part;
    } running[AUDIT_PAIRS_MAX]; /* Which part ran from which fact on. */
    bool shown[LEDGER_PARTS_MAX];
    int hides; /* The part that the next fact must hide, from 1; 0: none. */
};

/* A fact as the console hears it, once the rest of the auditor has taken it in: who is put together
 * (pairs_audit.c). */
void audit_pairs_fact(struct auditor *a, const json_t *fact);

/* Everything has been told that happened so far: whoever is here is in one pair. */
void audit_pairs_moment(struct auditor *a);

/* The same facts, for what was written (pairs_audit_texts.c). */
void audit_pairs_written(struct auditor *a, const json_t *fact);

/* From the fact with this number on these are in the pair: they may know what it has written last,
 * and what it writes since. */
void audit_pairs_hear(struct auditor *a, int64_t seq, int part, int number,
                      const struct list *seats);

/* A client asks; any frame comes to any client. */
void audit_pairs_asked(struct auditor *a, const char *command, const json_t *with);
void audit_pairs_frame(struct auditor *a, const struct peer *p, const json_t *frame);

/* What was acknowledged is what was shown, and what is there still, in a fresh snapshot. */
void audit_pairs_kept(struct auditor *a, const struct peer *p, const json_t *snapshot);

/* Whether the part is one of pairs; the pair with this number, or NULL. */
bool audit_pairs_part(const struct auditor *a, int part);
struct audit_pair *audit_pairs_find(const struct auditor *a, int part, int number);

#endif
