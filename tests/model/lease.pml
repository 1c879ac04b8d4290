/* lease.pml -- leases and epochs of several servers, as server/store/ownership.h and
 * journal_postgres have them: a meeting, NODES servers, a database, and COMMANDS contributions that
 * are sent to any server, again and again, until they are acknowledged.
 *
 * What is claimed, each with the place where it is looked at:
 *
 *   OLDER  Nothing of an older epoch is committed after a newer one was claimed.
 *   ONCE   What was acknowledged is in the database, and nothing is there twice.
 *   HOLES  Numbers follow each other.
 *   SAVED  What somebody was told is not saved did not get there by that try.
 *   ALONE  Two servers never both believe that they may answer for the meeting.
 *
 * A server may stand still between any two of its steps, for as long as it likes: nothing here makes
 * one go on.  What it has sent on a connection that is lost, the database does later, or never.
 *
 * A tick is a third of a lease.  A server counts its lease by a clock of its own, from before it
 * asked for it and MARGIN ticks shorter; that clock may lose SLOW ticks of the database's in a lease.
 *
 * Each -DBREAK_... takes away a rule, without which one of the claims is false; with -DSEEK, coming
 * to the last epoch with all that there is to do counts as an error, so that it is seen to happen.
 *
 * It is searched in two parts, of which neither needs the other.  With -DANYTIME leases count for
 * nothing, and everybody may claim at any time: what is in the database must be right even so.  With
 * -DCOMMANDS=0 there are leases and clocks, and nothing is written.
 */
#ifndef NODES
#define NODES 2
#endif
#ifndef COMMANDS
#define COMMANDS 2
#endif
#ifndef EPOCHS
#define EPOCHS 3 /* The meeting is claimed so often at the most, */
#endif
#ifndef FENCES
#define FENCES 2 /* and the fence raised. */
#endif
#define LEASE 3
#define SLOW 1
#ifdef BREAK_MARGIN
#define MARGIN 0
#else
#define MARGIN 1
#endif
#define NOBODY NODES

/* What is under way on a connection: nothing, sent, being done, and done but not heard of. */
mtype = { none, entering, renewing, renewed, claiming, looking, claimed, refused };
mtype = { idle, sent, done, fenced, unknown };

/* The database: what is left of each lease; the meeting's row; its facts by number; and the claim
 * that has locked the row, as the server's number and one. */
byte lease[NODES];
byte owner = NOBODY, epoch, fence, last;
byte fact[COMMANDS + 2], fact_epoch[COMMANDS + 2];
byte locked;

typedef server {
    bool entered;              /* It has the name; else it has just started. */
    byte left, left_lost;      /* Of its lease, as it counts; ticks that its clock lost, */
    byte age, age_lost;        /* and the same since it asked for another. */
    mtype lease_call = none;
    byte answer;               /* The epoch that a claim gave. */
    bool late_renewal, late_claim; /* Sent on a connection that is lost. */

    byte mine;                 /* The epoch at which it owns the meeting; 0: it does not. */
    bool has_read;             /* The meeting, since: then it knows the next two. */
    byte fence, last;

    mtype append = idle;
    byte command, at, by, under;             /* Which, behind which number, epoch and fence. */
    byte late_command, late_at, late_by, late_under; /* The same, on a connection that is lost. */
    byte late_question;        /* An epoch whose outcome was asked for on such a one. */
}
server n[NODES];
bool acknowledged[COMMANDS + 1];
byte i, count; /* Used within a step, and 0 between steps. */

#ifdef ANYTIME
#define HAS_LEASE(k) true  /* In the database, */
#define COUNTS_ON(k) true  /* and by its own clock. */
#else
#define HAS_LEASE(k) (lease[k] > 0)
#define COUNTS_ON(k) (n[k].left > 0)
#endif
#define BELIEVES(k) (n[k].mine != 0 && n[k].has_read && COUNTS_ON(k))
#define AWAITS_LEASE(k) (n[k].lease_call == entering || n[k].lease_call == renewing || \
                         n[k].lease_call == renewed)

inline look_for_two()
{
    for (i : 0 .. NODES - 1) {
        if
        :: BELIEVES(i) -> count++
        :: else
        fi
    }
#ifndef ANYTIME
    assert(count <= 1); /* ALONE */
#endif
#if defined(SEEK) && COMMANDS == 0
    assert(count == 0 || epoch < EPOCHS);
#endif
    count = 0; i = 0
}

inline count_facts(which)
{
    for (i : 1 .. COMMANDS + 1) {
        if
        :: fact[i] == (which) -> count++
        :: else
        fi
    }
    i = 0
}

inline acknowledge(its)
{
    count_facts(its);
    assert(count == 1); /* ONCE */
    acknowledged[its] = true;
    count = 0;
#if defined(SEEK) && COMMANDS > 0
    assert(epoch < EPOCHS || fence < FENCES || !acknowledged[1] || !acknowledged[COMMANDS]);
#endif
}

/* ---- The database's statements ---- */

#ifdef BREAK_EPOCH
#define IS_EPOCH(e) true
#else
#define IS_EPOCH(e) (epoch == (e))
#endif
#ifdef BREAK_FENCE
#define IS_FENCE(f) true
#else
#define IS_FENCE(f) (fence == (f))
#endif
/* `append` gives a row. */
#define TAKES(a, e, f) (last == (a) && IS_EPOCH(e) && IS_FENCE(f))

inline put(what, behind, at_epoch)
{
    assert(epoch == (at_epoch)); /* OLDER */
    assert(fact[(behind) + 1] == 0 && ((behind) == 0 || fact[behind] != 0)); /* HOLES */
    count_facts(what);
    assert(count == 0); /* ONCE */
    count = 0;
    last = (behind) + 1;
    fact[last] = what;
    fact_epoch[last] = at_epoch
}

#ifdef BREAK_LOCK
#define MAY_LOCK true
#define HOLDS_LEASE_OF(k) false
#else
#define MAY_LOCK (locked == 0)
#define HOLDS_LEASE_OF(k) (locked != 0 && owner == (k))
#endif
#ifdef ANYTIME
#define IS_FREE(k) true
#else
#define IS_FREE(k) (owner == NOBODY || owner == (k) || lease[owner] == 0)
#endif

/* ---- A server ---- */

inline let_go(k)
{
    n[k].mine = 0; n[k].has_read = false; n[k].fence = 0; n[k].last = 0
}

inline forget_append(k)
{
    n[k].append = idle;
    n[k].command = 0; n[k].at = 0; n[k].by = 0; n[k].under = 0
}

inline say_not_saved(k)
{
    assert(fact[n[k].at + 1] != n[k].command || fact_epoch[n[k].at + 1] != n[k].by); /* SAVED */
    forget_append(k)
}

inline say_saved(k)
{
    acknowledge(n[k].command);
    if
    :: n[k].mine == n[k].by && n[k].has_read -> n[k].last = n[k].at + 1
    :: else
    fi;
    forget_append(k)
}

/* Reads how its meeting stands, or that it is another's. */
inline read_meeting(k)
{
    if
    :: owner == k && epoch == n[k].mine ->
        n[k].has_read = true; n[k].fence = fence; n[k].last = last
    :: else -> let_go(k)
    fi
}

/* A lease that was had ran out before this one came: what it owned is not believed any more. */
inline take_lease(k)
{
#ifndef BREAK_LAPSE
    if
    :: n[k].left == 0 -> let_go(k)
    :: else
    fi;
#endif
#ifdef BREAK_AGE
    n[k].age = 0;
#endif
    if
    :: LEASE > MARGIN + n[k].age -> n[k].left = LEASE - MARGIN - n[k].age
    :: else -> n[k].left = 0
    fi;
    n[k].left_lost = (n[k].left == 0 -> 0 : n[k].age_lost);
    n[k].age = 0; n[k].age_lost = 0;
    n[k].lease_call = none;
    look_for_two()
}

inline forget_lease_call(k)
{
    n[k].lease_call = none; n[k].answer = 0; n[k].age = 0; n[k].age_lost = 0
}

/* What became of an append whose answer was lost; the question fences it. */
inline find_out(k)
{
    if
    :: owner == k && epoch == n[k].by ->
        fence++;
        if
        :: n[k].mine == n[k].by && n[k].has_read -> n[k].fence = fence
        :: else
        fi;
        if
        :: last > n[k].at -> say_saved(k)
        :: else -> n[k].under = fence; n[k].append = sent /* Again. */
        fi
    :: else ->
        if
        :: fact_epoch[n[k].at + 1] == n[k].by -> say_saved(k)
        :: else -> say_not_saved(k)
        fi;
        let_go(k)
    fi
}

proctype serve(byte k)
{
    byte c;

    do
#ifndef ANYTIME
    /* Its lease. */
    :: d_step { n[k].lease_call == none ->
        n[k].lease_call = (n[k].entered -> renewing : entering) }
    :: d_step { n[k].lease_call == entering && lease[k] == 0 && !HOLDS_LEASE_OF(k) ->
        n[k].late_renewal = false; n[k].late_claim = false; /* They are another run's. */
        n[k].entered = true; lease[k] = LEASE; n[k].lease_call = renewed }
    :: d_step { n[k].lease_call == renewing && !HOLDS_LEASE_OF(k) ->
        lease[k] = LEASE; n[k].lease_call = renewed }
    :: d_step { n[k].lease_call == renewed -> take_lease(k) }
    :: d_step { n[k].late_renewal && !HOLDS_LEASE_OF(k) ->
        n[k].late_renewal = false; lease[k] = LEASE }
#endif

    /* The meeting is claimed: looked at, and taken. */
    :: d_step { n[k].lease_call == none && n[k].mine == 0 && COUNTS_ON(k) ->
        n[k].lease_call = claiming }
    :: d_step { n[k].lease_call == claiming && MAY_LOCK && epoch < EPOCHS ->
        if
        :: HAS_LEASE(k) && IS_FREE(k) -> n[k].lease_call = looking; locked = k + 1
        :: else -> n[k].lease_call = refused
        fi }
    :: d_step { n[k].lease_call == looking && epoch < EPOCHS ->
        epoch++; owner = k; locked = 0;
        n[k].answer = epoch; n[k].lease_call = claimed }
    :: d_step { n[k].lease_call == refused -> forget_lease_call(k) }
    :: d_step { n[k].lease_call == claimed ->
        n[k].mine = n[k].answer; forget_lease_call(k) }
    :: d_step { n[k].late_claim && MAY_LOCK && epoch < EPOCHS ->
        n[k].late_claim = false;
        if
        :: HAS_LEASE(k) && IS_FREE(k) -> epoch++; owner = k
        :: else
        fi }
    :: d_step { n[k].mine != 0 && !n[k].has_read && locked == 0 -> read_meeting(k); look_for_two() }

    /* No answer came, or will not. */
    :: atomic { n[k].lease_call != none && n[k].lease_call != looking ->
        if
        :: n[k].lease_call == renewing -> n[k].late_renewal = true
        :: n[k].lease_call == claiming -> n[k].late_claim = true
        :: true
        fi;
        forget_lease_call(k) }

    /* It gives the meeting up; the word of it may not arrive. */
    :: atomic { BELIEVES(k) && n[k].append == idle && locked == 0 ->
        if
        :: owner == k && epoch == n[k].mine -> owner = NOBODY
        :: true
        fi;
        let_go(k) }

    /* A contribution comes: it is there already, or it is written. */
#if COMMANDS > 0
    :: atomic { BELIEVES(k) && n[k].append == idle ->
        select(c : 1 .. COMMANDS);
        d_step {
        if
        :: !acknowledged[c] ->
            for (i : 1 .. COMMANDS + 1) {
                if
                :: i <= n[k].last && fact[i] == c -> count++
                :: else
                fi
            }
            i = 0;
            if
            :: count > 0 -> count = 0; acknowledge(c)
            :: else ->
                n[k].command = c; n[k].at = n[k].last; n[k].by = n[k].mine;
                n[k].under = n[k].fence; n[k].append = sent
            fi
        :: else
        fi;
        c = 0 } }
    :: d_step { n[k].append == sent && locked == 0 ->
        if
        :: TAKES(n[k].at, n[k].by, n[k].under) ->
            put(n[k].command, n[k].at, n[k].by); n[k].append = done
        :: else -> n[k].append = fenced
        fi }
    :: d_step { n[k].append == done -> say_saved(k) }
    :: d_step { n[k].append == fenced && locked == 0 ->
        if
        :: n[k].mine == n[k].by -> say_not_saved(k); read_meeting(k); look_for_two()
        :: else -> say_not_saved(k)
        fi }

    /* The connection is lost; the database does what was sent later, or not at all. */
    :: atomic { n[k].append == sent || n[k].append == done || n[k].append == fenced ->
        if
        :: n[k].append == sent && n[k].late_command == 0 ->
            n[k].late_command = n[k].command; n[k].late_at = n[k].at;
            n[k].late_by = n[k].by; n[k].late_under = n[k].under
        :: true
        fi;
        n[k].append = unknown }
    :: d_step { n[k].late_command != 0 && locked == 0 ->
        if
        :: TAKES(n[k].late_at, n[k].late_by, n[k].late_under) ->
            put(n[k].late_command, n[k].late_at, n[k].late_by)
        :: else
        fi;
        n[k].late_command = 0; n[k].late_at = 0; n[k].late_by = 0; n[k].late_under = 0 }
    :: d_step { n[k].append == unknown && locked == 0 && fence < FENCES -> find_out(k) }
    :: d_step { n[k].append == unknown && n[k].late_question == 0 -> n[k].late_question = n[k].by }
    :: d_step { n[k].late_question != 0 && locked == 0 && fence < FENCES ->
        if
        :: owner == k && epoch == n[k].late_question -> fence++
        :: else
        fi;
        n[k].late_question = 0 }
#endif

    /* It is killed, and starts anew. */
    :: atomic { n[k].lease_call != looking ->
        if
        :: n[k].append == sent && n[k].late_command == 0 ->
            n[k].late_command = n[k].command; n[k].late_at = n[k].at;
            n[k].late_by = n[k].by; n[k].late_under = n[k].under
        :: true
        fi;
        forget_append(k); forget_lease_call(k); let_go(k);
        n[k].entered = false; n[k].left = 0; n[k].left_lost = 0 }
    od
}

/* A tick of the database's clock, and of each server's, which may miss it. */
proctype time()
{
    byte k, missed; /* A bit for each server. */

    do
    :: atomic {
        select(missed : 0 .. (1 << NODES) - 1);
        d_step {
        for (k : 0 .. NODES - 1) {
            if
            :: lease[k] > 0 -> lease[k]--
            :: else
            fi;
            if
            :: (missed & (1 << k)) && n[k].left_lost < SLOW && n[k].age_lost < SLOW ->
                n[k].left_lost++;
                n[k].age_lost++
            :: else ->
                if
                :: n[k].left > 0 -> n[k].left--
                :: else
                fi;
                if
                :: AWAITS_LEASE(k) && n[k].age < LEASE -> n[k].age++
                :: else
                fi
            fi;
            n[k].left_lost = (n[k].left > 0 -> n[k].left_lost : 0);
            n[k].age_lost = (AWAITS_LEASE(k) -> n[k].age_lost : 0)
        }
        k = 0; missed = 0 } }
    od
}

init
{
    atomic {
        for (i : 0 .. NODES - 1) {
            run serve(i)
        }
        i = 0;
#ifndef ANYTIME
        run time()
#endif
    }
}
