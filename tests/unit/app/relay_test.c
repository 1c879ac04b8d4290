/* Callers of one server whose meeting another one leads: what they say is passed on, and when that
 * server goes they are held and go on.
 *
 * tests/README.md, rows 27, 28 and 31, in virtual time.  Whatever clients of a cluster hear is held
 * against what they have heard before (cluster.h). */
#include "app/relay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/log.h"
#include "hub/close_status.h"
#include "hub/session.h"
#include "store/journal_memory.h"
#include "support/cluster.h"
#include "support/cmocka_all.h"

#define A(c) (&(c)->servers[0])
#define B(c) (&(c)->servers[1])
#define C(c) (&(c)->servers[2])

enum { LEASE = OWNERSHIP_LEASE_MS };

static int open_two(void **state)
{
    log_limit(LOG_LEVEL_ERROR);
    *state = cluster_open(2, 1);
    return 0;
}

static int open_three(void **state)
{
    log_limit(LOG_LEVEL_ERROR);
    *state = cluster_open(3, 2);
    return 0;
}

static int close_all(void **state)
{
    cluster_close(*state);
    return 0;
}

/* It is in, and has noticed nothing. */
static void is_in(const struct cluster_client *one)
{
    assert_false(one->closing);
    assert_int_equal(cluster_count(one, "welcome"), 1);
    assert_int_equal(cluster_count(one, "refused"), 0);
    assert_true(one->complete >= 0);
}

static void is_sent_away(struct cluster_client *one, int status)
{
    assert_true(one->closing);
    assert_int_equal(one->status, status);
    cluster_leave(one);
}

static void is_acknowledged_once(const struct cluster_client *one, int number)
{
    assert_int_equal(cluster_answers(one, number, "ok"), 1);
}

/* How often it has heard of a seat of that name; in its snapshot, or as a fact. */
static size_t heard_of(const struct cluster_client *one, const char *name)
{
    size_t i, k, count = 0;
    json_t *frame, *each;

    json_array_foreach(one->heard, i, frame)
    {
        json_t *facts = json_object_get(frame, "facts");
        json_t *seats = json_object_get(json_object_get(frame, "snapshot"), "seats");
        json_array_foreach(facts ? facts : seats, k, each)
        {
            const char *got = json_string_value(json_object_get(each, "name"));
            count += got && strcmp(got, name) == 0;
        }
    }
    return count;
}

static void seats_are(struct cluster *c, struct cluster_server *at, const char *wanted)
{
    char *seats = cluster_seats(c, at);

    assert_string_equal(seats, wanted);
    free(seats);
}

static void whoever_comes_to_the_wrong_server_is_in_the_one_meeting(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *there = cluster_console(B(c));

    is_in(there);
    cluster_add(here, 1);
    cluster_add(there, 2);
    struct cluster_client *phone = cluster_phone(B(c), "Mia");
    is_in(phone);
    is_acknowledged_once(here, 1);
    is_acknowledged_once(there, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(heard_of(i ? here : there, "1"), 1);
        assert_int_equal(heard_of(i ? here : there, "2"), 1);
        assert_int_equal(heard_of(i ? here : there, "Mia"), 1);
    }
    assert_int_equal(here->complete, there->complete);
    seats_are(c, B(c), "1 2 Mia");
    assert_int_equal(app_meetings(B(c)->app), 1); /* It knows of it, */
    cluster_leave(there);
    cluster_leave(phone);
    cluster_pass(c, 2000);
    assert_int_equal(app_meetings(B(c)->app), 0); /* as long as somebody is in it there. */
    assert_int_equal(cluster_trunk(B(c), A(c))->live, 0);
}

/* Nobody who is refused is passed on for long, and a guess counts where it was made. */
static void whoever_is_refused_there_hears_why(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *one = cluster_connect(
        B(c), "\"as\":\"console\",\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"");

    assert_int_equal(cluster_count(one, "refused"), 1);
    assert_int_equal(one->guesses, 1);
    is_sent_away(one, CLOSE_POLICY);
    assert_int_equal(cluster_trunk(B(c), A(c))->live, 0);
    one = cluster_connect(B(c), "\"as\":\"phone\"");
    assert_int_equal(cluster_count(one, "refused"), 1);
    assert_int_equal(one->guesses, 0);
    is_sent_away(one, CLOSE_POLICY);
    A(c)->held = 30;
    one = cluster_phone(B(c), "Ib");
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(cluster_newest(one, "refused"), "refused"), "code")),
                        "too_fast");
    is_sent_away(one, CLOSE_LATER);
    A(c)->held = 0;
}

/* Facts that it did not take are made up for by a snapshot, without a gap and without any twice. */
static void a_slow_client_gets_a_snapshot(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *slow = cluster_console(B(c));
    int number = 0;
    char wanted[2048] = "";

    for (int times = 0; times < 3; times++) {
        slow->slow = true;
        for (int i = 0; i < 2 * LIMIT_OUTBOX_FRAMES; i++)
            cluster_add(here, ++number);
        slow->slow = false;
        cluster_settle(c);
        assert_int_equal(slow->complete, here->complete);
        assert_int_equal(cluster_count(slow, "snapshot"), 2 + times);
        cluster_add(slow, ++number); /* It says something of its own meanwhile. */
        is_acknowledged_once(slow, number);
        assert_int_equal(slow->complete, here->complete);
    }
    is_in(slow);
    for (int i = 1; i <= number; i++)
        snprintf(wanted + strlen(wanted), sizeof(wanted) - strlen(wanted), "%s%d", i > 1 ? " " : "",
                 i);
    seats_are(c, B(c), wanted);
}

/* More facts are on their way as it is found to have missed some: not told without those. */
static void what_comes_before_the_snapshot_is_not_told(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *slow = cluster_console(B(c));
    int number = 0;

    slow->slow = true;
    for (int i = 0; i < 2 * LIMIT_OUTBOX_FRAMES; i++)
        cluster_add(here, ++number);
    cluster_wire(B(c), A(c))->cut = true;
    for (int i = 0; i < 5; i++)
        cluster_add(here, ++number);
    slow->slow = false;
    cluster_settle(c);
    cluster_wire(B(c), A(c))->cut = false;
    cluster_settle(c);
    is_in(slow);
    assert_int_equal(slow->complete, here->complete);
    assert_int_equal(cluster_count(slow, "snapshot"), 2);
}

/* Its owner dies between the facts that it missed and the snapshot. */
static void a_slow_client_is_made_up_to_by_the_next_owner(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *slow = cluster_console(B(c));

    slow->slow = true;
    for (int i = 1; i <= 2 * LIMIT_OUTBOX_FRAMES; i++)
        cluster_add(here, i);
    cluster_kill(A(c));
    cluster_pass(c, LEASE + 500);
    slow->slow = false;
    cluster_settle(c);
    is_in(slow);
    cluster_add(slow, 500);
    is_acknowledged_once(slow, 500);
    assert_int_equal(heard_of(slow, "500"), 1);
    assert_int_equal(cluster_count(slow, "snapshot"), 2);
}

/* All that it may wait for waits as its owner dies: what the next one tells first must not come
 * without it. */
static void a_client_whose_outbox_is_full_misses_nothing(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *slow = cluster_console(B(c));
    int number = 0;

    slow->slow = true;
    while (slow->session->outbox.count < LIMIT_OUTBOX_FRAMES)
        cluster_add(here, ++number);
    assert_false(slow->session->owed);
    cluster_wire(B(c), A(c))->cut = true;
    cluster_add(here, ++number);
    cluster_kill(A(c));
    cluster_pass(c, LEASE + 500);
    slow->slow = false;
    cluster_settle(c);
    is_in(slow);
    cluster_add(slow, 500);
    assert_int_equal(heard_of(slow, "500"), 1);
}

/* The way between the servers is slow, so that facts wait, and are dropped, where they are made. */
static void a_slow_way_loses_nothing(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c));
    struct cluster_client *there[3] = { cluster_console(B(c)), cluster_console(B(c)),
                                        cluster_phone(B(c), "Mia") };
    int number = 0;

    for (int times = 0; times < 3; times++) {
        cluster_wire(B(c), A(c))->answers.stuck = true;
        cluster_add(there[0], ++number); /* Its answer waits there too, and is never dropped. */
        for (int i = 0; i < LIMIT_OUTBOX_FRAMES + 20; i++)
            cluster_add(here, ++number);
        cluster_wire(B(c), A(c))->answers.stuck = false;
        cluster_settle(c);
        is_acknowledged_once(there[0], number - LIMIT_OUTBOX_FRAMES - 20);
        for (int i = 0; i < 3; i++) {
            is_in(there[i]);
            assert_int_equal(there[i]->complete, here->complete);
        }
    }
    assert_int_equal(cluster_count(there[0], "snapshot"), 4);
}

/* tests/README.md, row 27: at each point of a hello. */
static void a_hello_survives_its_owner(void **state)
{
    struct cluster *c = *state;

    /* Before it arrives. */
    cluster_wire(B(c), A(c))->cut = true;
    struct cluster_client *first = cluster_console(B(c));
    assert_int_equal(json_array_size(first->heard), 0);
    cluster_kill(A(c));
    cluster_pass(c, LEASE + 500);
    is_in(first);
    cluster_start(A(c));
    cluster_pass(c, 2000);

    /* Before the welcome: it has sat down, and nobody knows. */
    c->stalled = true;
    struct cluster_client *second = cluster_phone(A(c), "Mia");
    assert_int_equal(json_array_size(second->heard), 0);
    cluster_kill(B(c));
    c->stalled = false;
    cluster_pass(c, LEASE + 500);
    is_in(second);
    seats_are(c, A(c), "Mia");
    cluster_add(second, 7); /* It may not; but it is answered. */
    assert_int_equal(cluster_answers(second, 7, "forbidden"), 1);
}

/* The phone's seat is durable, and its welcome, with the token, was lost. */
static void a_phone_whose_welcome_was_lost_has_one_seat(void **state)
{
    struct cluster *c = *state;

    c->stalled = true;
    struct cluster_client *phone = cluster_connect(
        B(c), "\"as\":\"phone\",\"name\":\"Mia\",\"id\":\"11111111-1111-4111-8111-111111111111\"");
    journal_memory_commit(A(c)->journal, 5); /* And nobody hears of it. */
    cluster_kill(A(c));
    c->stalled = false;
    assert_int_equal(json_array_size(phone->heard), 0);
    cluster_pass(c, LEASE + 500);
    is_in(phone);
    seats_are(c, B(c), "Mia");
}

/* Before it arrives, before it is durable, after, and with its answer lost. */
static void a_command_is_acknowledged_once_and_made_once(void **state)
{
    struct cluster *c = *state;
    struct cluster_server *owner = A(c), *other = B(c);
    struct cluster_client *one = cluster_console(other);

    for (int how = 1; how <= 4; how++) {
        if (how == 1)
            cluster_wire(other, owner)->cut = true;
        else if (how < 4)
            c->stalled = true;
        cluster_add(one, how);
        assert_int_equal(cluster_answers(one, how, "ok"), how == 4);
        if (how == 3)
            journal_memory_commit(owner->journal, 5);
        cluster_kill(owner);
        c->stalled = false;
        cluster_pass(c, LEASE + 500);
        is_in(one);
        is_acknowledged_once(one, how);

        /* The client is at the owner now; the next one comes by the other. */
        cluster_start(owner);
        cluster_pass(c, 2000);
        cluster_leave(one);
        struct cluster_server *was = owner;
        owner = other;
        other = was;
        one = cluster_console(other);
        is_in(one);
        assert_int_equal(cluster_trunk(other, owner)->live, 1);
    }
    seats_are(c, A(c), "1 2 3 4");
    seats_are(c, B(c), "1 2 3 4");
}

/* They are said again in the order in which they were said first, also what comes meanwhile. */
static void what_is_said_while_it_is_held_is_said_in_its_order(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *one = cluster_console(B(c));
    char frame[] = "{\"clock\":{\"sent\":1}}";

    cluster_wire(B(c), A(c))->cut = true;
    for (int i = 1; i <= 5; i++)
        cluster_add(one, i);
    cluster_kill(A(c));
    for (int i = 6; i <= 9; i++) {
        cluster_pass(c, 100);
        cluster_add(one, i);
        cluster_tell(one, frame);
    }
    cluster_pass(c, LEASE);
    is_in(one);
    for (int i = 1; i <= 9; i++)
        is_acknowledged_once(one, i);
    seats_are(c, B(c), "1 2 3 4 5 6 7 8 9");
}

/* A page whose question nobody answers takes its connection for dead.  Wherever the meeting is led
 * next: at one of these two servers the client is its own, at the other it is passed on. */
static void the_newest_question_for_the_clock_is_answered_after_a_hold(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *clients[] = { cluster_console(B(c)), cluster_console(C(c)) };
    char before[] = "{\"clock\":{\"sent\":1}}", held[] = "{\"clock\":{\"sent\":2}}";
    char after[] = "{\"clock\":{\"sent\":3}}";

    cluster_wire(B(c), A(c))->cut = cluster_wire(C(c), A(c))->cut = true;
    for (int i = 0; i < 2; i++)
        cluster_tell(clients[i], before);
    cluster_kill(A(c));
    cluster_pass(c, 100);
    for (int i = 0; i < 2; i++)
        cluster_tell(clients[i], held);
    cluster_pass(c, LEASE);
    for (int i = 0; i < 2; i++) {
        is_in(clients[i]);
        assert_int_equal(cluster_count(clients[i], "clock"), 1);
        cluster_tell(clients[i], after);
        assert_int_equal(cluster_count(clients[i], "clock"), 2);
    }
}

static void as_many_as_a_page_may_send_are_kept(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *many = cluster_console(B(c)), *more = cluster_console(B(c));
    struct cluster_client *idle = cluster_console(B(c));

    cluster_wire(B(c), A(c))->cut = true;
    for (int i = 1; i <= RELAY_UNANSWERED_MAX; i++)
        cluster_add(many, i);
    for (int i = 0; i <= RELAY_UNANSWERED_MAX; i++)
        cluster_add(more, 1000 + i);
    assert_false(more->closing);
    cluster_kill(A(c));
    is_sent_away(more, CLOSE_RESTART); /* It has what is to be said again, and comes anew. */
    cluster_pass(c, LEASE + 500);
    is_in(many);
    is_in(idle);
    for (int i = 1; i <= RELAY_UNANSWERED_MAX; i++)
        is_acknowledged_once(many, i);
}

/* The owner stops: nobody at another server notices, and nothing is said twice. */
static void a_stop_is_not_noticed(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *there = cluster_console(B(c));
    struct cluster_client *phone = cluster_phone(B(c), "Mia");

    cluster_add(there, 1);
    app_stop(A(c)->app);
    cluster_settle(c);
    assert_true(app_idle(A(c)->app));
    app_dismiss(A(c)->app);
    cluster_settle(c);
    assert_int_equal(here->status, CLOSE_RESTART);
    is_in(there);
    is_in(phone);
    cluster_add(there, 2); /* At once. */
    is_acknowledged_once(there, 2);
    assert_int_equal(heard_of(phone, "2"), 1);
    assert_int_equal(B(c)->app->resumed, 2);
    cluster_kill(A(c));
    cluster_pass(c, 1000);
    is_in(there);
    is_in(phone);
    seats_are(c, B(c), "Mia 1 2");
    assert_int_equal(cluster_count(phone, "snapshot"), 1);
}

/* What is said while the owner stops is done by the next one, and nobody is told to wait. */
static void what_is_said_as_the_owner_stops_is_said_to_the_next(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *there = cluster_console(B(c));

    c->stalled = true;
    cluster_add(there, 1); /* It is on its way to the journal, so that the stop takes a while. */
    app_stop(A(c)->app);
    cluster_add(there, 2);
    struct cluster_client *late = cluster_console(B(c));
    cluster_pass(c, 500);
    assert_int_equal(json_array_size(late->heard), 0);
    c->stalled = false;
    cluster_settle(c);
    app_dismiss(A(c)->app);
    cluster_pass(c, 500);
    is_in(there);
    is_in(late);
    for (int i = 1; i <= 2; i++) {
        is_acknowledged_once(there, i);
        assert_int_equal(cluster_answers(there, i, "busy"), 0);
    }
    seats_are(c, B(c), "1 2");
    cluster_kill(A(c));
}

/* The next owner is busy with others as it comes. */
static void what_is_said_before_it_is_up_to_date_again_waits(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *one = cluster_console(B(c)), *other = cluster_console(C(c));

    cluster_add(other, 1);
    C(c)->frozen = true;
    cluster_kill(A(c));
    cluster_pass(c, LEASE + 500);
    is_in(one);
    C(c)->frozen = false;
    c->stalled = true;
    cluster_add(one, 2);
    cluster_pass(c, 1000);
    cluster_add(other, 3);
    c->stalled = false;
    cluster_settle(c);
    is_in(other);
    is_acknowledged_once(other, 3);
    assert_int_equal(cluster_answers(other, 3, "busy"), 0);
    seats_are(c, C(c), "1 2 3");
}

/* A new caller while the owner stops, which is not to hear that it cannot come in. */
static void who_comes_while_the_owner_stops_is_let_in(void **state)
{
    struct cluster *c = *state;

    struct cluster_client *first = cluster_console(B(c));
    app_stop(A(c)->app);
    struct cluster_client *second = cluster_console(B(c));
    cluster_settle(c);
    app_dismiss(A(c)->app);
    cluster_settle(c);
    struct cluster_client *third = cluster_console(B(c));
    cluster_pass(c, 500);
    is_in(first);
    is_in(second);
    is_in(third);
    cluster_kill(A(c));
}

/* tests/README.md, row 28: it goes on, and says nothing more. */
static void an_owner_that_stands_still_is_left(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *there = cluster_console(B(c));

    A(c)->frozen = true;
    cluster_add(there, 1);
    cluster_pass(c, LEASE + 1000);
    is_in(there);
    is_acknowledged_once(there, 1);
    cluster_add(there, 2);
    size_t heard = json_array_size(there->heard);
    A(c)->frozen = false;
    cluster_settle(c);
    assert_int_equal(json_array_size(there->heard), heard);
    is_acknowledged_once(there, 1);
    is_sent_away(here, CLOSE_RESTART);
    cluster_pass(c, 2000);
    seats_are(c, A(c), "1 2"); /* It passes on itself now. */
    is_in(there);
}

/* tests/README.md, row 28: its batch is fenced, as after a clock that jumped. */
static void who_is_closed_by_the_owner_goes_on_elsewhere(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *there = cluster_console(B(c));

    cluster_add(there, 1);
    journal_memory_take_over(A(c)->journal, c->code);
    assert_int_equal(ownership_give_up(A(c)->ownership, c->code, 1), 0);
    cluster_add(there, 2);
    assert_int_equal(cluster_answers(there, 2, "not_saved"), 1);
    is_sent_away(here, CLOSE_RESTART);
    is_in(there);
    cluster_add(there, 2); /* As a page does. */
    is_acknowledged_once(there, 2);
    seats_are(c, B(c), "1 2");
}

/* tests/README.md, row 30: it cannot be passed on, and is not led twice. */
static void two_that_do_not_reach_each_other_lead_nothing_twice(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *there = cluster_console(B(c));

    c->split = true;
    cluster_add(there, 1);
    cluster_pass(c, TRUNK_SILENCE_MS + 500);
    assert_false(there->closing);
    cluster_add(there, 2);
    cluster_pass(c, RELAY_HOLD_MS);
    is_sent_away(there, CLOSE_LATER);
    struct cluster_client *late = cluster_console(B(c));
    assert_false(late->closing);
    cluster_pass(c, RELAY_HOLD_MS + 500);
    assert_int_equal(cluster_count(late, "refused"), 1); /* Busy. */
    is_sent_away(late, CLOSE_LATER);
    cluster_add(here, 3);
    is_in(here);
    c->split = false;
    cluster_pass(c, 2000);
    seats_are(c, B(c), "3");
    struct claim claim;
    assert_int_equal(ownership_claim(A(c)->ownership, c->code, &claim), 0);
    assert_int_equal(claim.epoch, 2); /* The first that anybody has claimed. */
}

/* The same phone has come by another server meanwhile: its token is dead. */
static void a_seat_that_another_phone_has_by_now_is_told_anew(void **state)
{
    struct cluster *c = *state;
    static const char mia[] =
        "\"as\":\"phone\",\"name\":\"Mia\",\"id\":\"11111111-1111-4111-8111-111111111111\"";
    struct cluster_client *phone = cluster_connect(B(c), mia);

    is_in(phone);
    B(c)->frozen = true;
    cluster_kill(A(c));
    cluster_pass(c, LEASE);
    struct cluster_client *newest = cluster_connect(C(c), mia);
    is_in(newest);
    B(c)->frozen = false;
    cluster_pass(c, 1000);
    is_sent_away(phone, CLOSE_RESTART);
    seats_are(c, C(c), "Mia");
}

/* Its link was made anew meanwhile: it is sent away, and hears no refusal in the middle. */
static void who_is_refused_where_it_is_led_next_must_come_again(void **state)
{
    struct cluster *c = *state;
    char hello[128];

    snprintf(hello, sizeof(hello), "\"as\":\"board\",\"key\":\"%s\"", c->keys[ROLE_BOARD]);
    struct cluster_client *board = cluster_connect(B(c), hello);
    is_in(board);
    B(c)->frozen = true;
    cluster_kill(A(c));
    cluster_pass(c, LEASE);
    struct cluster_client *console = cluster_console(C(c));
    cluster_tell(console, "{\"id\":\"33333333-3333-4333-8333-333333333333\",\"do\":\"link.renew\","
                          "\"with\":{\"role\":\"board\"}}");
    assert_true(json_is_true(json_object_get(cluster_newest(console, "re"), "ok")));
    B(c)->frozen = false;
    cluster_pass(c, 1000);
    assert_int_equal(cluster_count(board, "refused"), 0);
    is_sent_away(board, CLOSE_RESTART);
}

static void who_leaves_while_it_is_held_is_forgotten(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *one = cluster_console(B(c)), *other = cluster_console(B(c));

    cluster_kill(A(c));
    cluster_add(one, 1);
    cluster_leave(one);
    cluster_pass(c, LEASE + 500);
    is_in(other);
    seats_are(c, B(c), "");
}

/* Two owners die, one after the other, and then all that are left do. */
static void owners_may_die_one_after_the_other(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *one = cluster_console(C(c));

    cluster_add(one, 1);
    C(c)->frozen = true; /* So that it is B who takes it. */
    cluster_kill(A(c));
    cluster_pass(c, LEASE + 1000);
    C(c)->frozen = false;
    cluster_pass(c, 1500);
    is_in(one);
    cluster_add(one, 2);
    is_acknowledged_once(one, 2);
    assert_int_equal(cluster_trunk(C(c), B(c))->live, 1);
    cluster_kill(B(c));
    cluster_add(one, 3);
    cluster_pass(c, LEASE + 500);
    is_in(one);
    is_acknowledged_once(one, 3);
    seats_are(c, C(c), "1 2 3");
    cluster_kill(C(c));
    cluster_start(A(c));
    cluster_pass(c, LEASE + 500);
    seats_are(c, A(c), "1 2 3");
}

/* The owner is restarted by the same name before anybody has missed it. */
static void an_owner_that_is_back_at_once_goes_on(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *there = cluster_console(B(c));

    cluster_add(there, 1);
    cluster_stop(A(c));
    cluster_start(A(c));
    cluster_add(there, 2);
    cluster_pass(c, 1500);
    is_in(there);
    is_acknowledged_once(there, 2);
    seats_are(c, A(c), "1 2");
}

static void requests_are_passed_on_too(void **state)
{
    struct cluster *c = *state;
    struct cluster_asked asked;
    char path[64], body[128];

    snprintf(path, sizeof(path), "/api/meetings/%s/door", c->code);
    (void)cluster_ask(B(c), "GET", path, NULL, "", &asked);
    assert_int_equal(asked.status, 200);
    buffer_release(&asked.body);
    (void)cluster_ask(B(c), "GET", "/api/meetings/NNNN-2345/door", NULL, "", &asked);
    assert_int_equal(asked.status, 404);
    buffer_release(&asked.body);

    /* Asked again where it is led next. */
    cluster_wire(B(c), A(c))->cut = true;
    (void)cluster_ask(B(c), "GET", path, NULL, "", &asked);
    assert_false(asked.done);
    cluster_kill(A(c));
    assert_false(asked.done);
    cluster_pass(c, LEASE + 500);
    assert_int_equal(asked.status, 200);
    buffer_release(&asked.body);
    cluster_start(A(c));
    cluster_pass(c, 2000);

    /* What may have changed something is not. */
    snprintf(body, sizeof(body), "{\"from\":{\"code\":\"%s\",\"key\":\"%s\"}}", c->code,
             c->keys[ROLE_CONSOLE]);
    c->stalled = true;
    (void)cluster_ask(A(c), "POST", "/api/meetings", NULL, body, &asked);
    assert_false(asked.done);
    cluster_kill(B(c));
    assert_int_equal(asked.status, 503);
    buffer_release(&asked.body);
    c->stalled = false;
    cluster_pass(c, LEASE + 500);
    (void)cluster_ask(A(c), "POST", "/api/meetings", NULL, body, &asked);
    assert_int_equal(asked.status, 201);
    buffer_release(&asked.body);
}

/* Whoever asked does not want to know any more. */
static void a_request_whose_client_is_gone_is_forgotten(void **state)
{
    struct cluster *c = *state;
    struct cluster_asked asked;
    char path[64];

    snprintf(path, sizeof(path), "/api/meetings/%s/door", c->code);
    for (int how = 0; how < 2; how++) {
        cluster_wire(B(c), A(c))->cut = true;
        struct api_call *call = cluster_ask(B(c), "GET", path, NULL, "", &asked);
        assert_non_null(call);
        app_api_cancel(call);
        if (how == 0)
            cluster_wire(B(c), A(c))->cut = false;
        else
            cluster_kill(A(c));
        cluster_pass(c, LEASE + 500);
        assert_false(asked.done);
    }
    cluster_pass(c, 2000);
    assert_null(B(c)->app->calls);
}

/* One of them says more than can be passed on while the owner takes nothing: it alone has to go. */
static void who_says_too_much_is_sent_away_alone(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *flood = cluster_console(B(c)), *one = cluster_console(B(c));
    char *frame = calloc(60001, 1);
    int said = 0;

    cluster_wire(B(c), A(c))->cut = true;
    memset(frame, ' ', 60000);
    frame[0] = '{';
    for (; !flood->closing; said++)
        cluster_tell(flood, frame);
    assert_true(said < TRUNK_QUEUE_MAX / 60000 + 2);
    cluster_add(one, 1);
    struct cluster_client *late = cluster_console(B(c));
    assert_false(one->closing || late->closing);
    is_sent_away(flood, CLOSE_LATER);
    cluster_wire(B(c), A(c))->cut = false;
    cluster_settle(c);
    is_in(one);
    is_in(late);
    is_acknowledged_once(one, 1);
    free(frame);
}

/* More than that all together: whoever speaks then is sent away, and who is silent is not. */
static void when_too_much_waits_who_speaks_is_sent_away(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *one = cluster_console(B(c)), *silent = cluster_console(B(c));
    char *word = calloc(65536, 1);
    const struct trunk_message say = { .kind = TRUNK_SAY, .texts = { { word, 65536 } } };

    cluster_wire(B(c), A(c))->cut = true;
    while (trunk_send(cluster_trunk(B(c), A(c)), &say))
        ;
    cluster_add(one, 1);
    struct cluster_client *late = cluster_console(B(c));
    is_sent_away(one, CLOSE_LATER);
    is_sent_away(late, CLOSE_LATER);
    cluster_wire(B(c), A(c))->cut = false;
    cluster_settle(c);
    is_in(silent);
    cluster_add(silent, 2);
    is_acknowledged_once(silent, 2);
    free(word);
}

/* The owner has so much to say that it gives the way up, just as it says one thing more: that a
 * guess was made, an answer, or that a guest is closed. */
static void an_owner_that_cannot_say_more_ends_the_way(void **state)
{
    struct cluster *c = *state;
    static const char wrong[] =
        "\"as\":\"console\",\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"";
    size_t len = TRUNK_MESSAGE_MAX / 2;
    char *word = calloc(len, 1), path[64];

    snprintf(path, sizeof(path), "/api/meetings/%s/door", c->code);
    for (int how = 0; how < 3; how++) {
        struct cluster_client *there = cluster_console(B(c));
        struct cluster_asked asked = { 0 };
        is_in(there);
        struct pipe *w = cluster_wire(B(c), A(c));
        struct trunk *t = w->answers.trunk;
        w->answers.stuck = true;
        while (t->out.len - t->sent < TRUNK_ANSWERS_MAX) {
            size_t rest = TRUNK_ANSWERS_MAX - (t->out.len - t->sent), head = 4 + 1 + 8 + 1 + 2 * 5;
            size_t some = rest < 2 * head ? rest : rest - head < len ? rest - head : len;
            assert_true(
                trunk_send(t, &(struct trunk_message){ .kind = TRUNK_TELL,
                                                       .texts = { { "", 0 }, { word, some } } }));
            if (rest < 2 * head)
                break;
        }
        if (how == 0) {
            (void)cluster_connect(B(c), wrong);
        } else if (how == 1) {
            (void)cluster_ask(B(c), "GET", path, NULL, "", &asked);
        } else {
            cluster_add(there, how);
            w->answers.stuck = false;
            cluster_settle(c);
        }
        cluster_pass(c, 3000);
        is_in(there);
        cluster_add(there, 10 + how);
        is_acknowledged_once(there, 10 + how);
        if (how == 1)
            assert_int_equal(asked.status, 200);
        buffer_release(&asked.body);
        cluster_leave(there);
    }
    free(word);
}

/* Clients come and go, so that channels are given again, while the one who leads speaks: what each
 * of them hears is its own (cluster.h), and nobody hears of anybody's seat but by facts. */
static void channels_that_are_given_again_are_their_own(void **state)
{
    struct cluster *c = *state;
    struct cluster_client *here = cluster_console(A(c)), *there[8] = { 0 };
    char name[16];
    uint64_t dice = 7;

    for (int i = 1; i <= 300; i++) {
        dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407;
        size_t k = dice >> 40 & 7;
        bool cut = dice >> 50 & 1;
        cluster_wire(B(c), A(c))->cut = cut;
        if (there[k])
            cluster_leave(there[k]);
        snprintf(name, sizeof(name), "P%d", i);
        there[k] = dice >> 60 & 1 ? cluster_phone(B(c), name) : cluster_console(B(c));
        cluster_add(here, i);
        if (cut) {
            cluster_wire(B(c), A(c))->cut = false;
            cluster_settle(c);
        }
        if (there[k]->closing) { /* There are no more seats. */
            cluster_leave(there[k]);
            there[k] = NULL;
            continue;
        }
        is_in(there[k]);
        assert_int_equal(there[k]->complete, here->complete);
    }
}

/* However the bytes come. */
static void however_bytes_are_cut_nothing_changes(void **state)
{
    struct cluster *c = *state;

    for (size_t chop = 1; chop < 200; chop = chop * 3 + 1) {
        c->chop = chop;
        struct cluster_client *here = cluster_console(A(c)), *there = cluster_console(B(c));
        struct cluster_client *phone = cluster_phone(B(c), chop == 1 ? "Mia" : "Bo");
        int first = (int)chop * 100;
        for (int i = 0; i < 10; i++)
            cluster_add(i % 2 ? here : there, first + i);
        is_in(there);
        is_in(phone);
        assert_int_equal(there->complete, here->complete);
        for (int i = 0; i < 10; i++)
            is_acknowledged_once(i % 2 ? here : there, first + i);
        cluster_leave(here);
        cluster_leave(there);
        cluster_leave(phone);
    }
}

/* A kill after any number of bytes that came through, in either direction. */
static void the_owner_may_die_at_any_byte(void **state)
{
    struct cluster *c = *state;
    struct cluster_server *owner = A(c), *other = B(c);
    int number = 0;
    char wanted[4096] = "";

    for (uint64_t round = 0; round < 40; round++) {
        struct cluster_client *one = cluster_console(other);
        struct pipe *w = cluster_wire(other, owner);
        is_in(one);
        w->calls.most = 1 + (round * 37) % 300; /* What it may still be given. */
        w->answers.most = 1 + (round * 101) % 400;
        for (int i = 0; i < 3; i++)
            cluster_add(one, ++number);
        cluster_kill(owner);
        cluster_pass(c, LEASE + 500);
        is_in(one);
        for (int i = 0; i < 3; i++)
            is_acknowledged_once(one, number - i);
        cluster_leave(one);
        cluster_start(owner);
        cluster_pass(c, 1500);
        struct cluster_server *was = owner;
        owner = other;
        other = was;
    }
    for (int i = 1; i <= number; i++)
        snprintf(wanted + strlen(wanted), sizeof(wanted) - strlen(wanted), "%s%d", i > 1 ? " " : "",
                 i);
    seats_are(c, A(c), wanted);
}

/* A chance of 1 in `sides`, and which of them. */
static uint64_t roll(uint64_t *dice, uint64_t sides)
{
    *dice = *dice * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (*dice >> 33) % sides;
}

/* A server that was killed has its name, and so its lease, again when that one is out. */
static void bring_back(struct cluster *c)
{
    c->split = false;
    for (int i = 0; i < 3; i++) {
        c->servers[i].frozen = false;
        if (c->servers[i].app)
            continue;
        cluster_pass(c, LEASE);
        cluster_start(&c->servers[i]);
    }
    cluster_settle(c);
}

/* Something happens to a server, or between them; never is more than one of them down. */
static void befall(struct cluster *c, uint64_t *dice)
{
    struct cluster_server *s = &c->servers[roll(dice, 3)];
    struct cluster_server *to = &c->servers[roll(dice, 3)];
    bool all = true;

    for (int i = 0; i < 3; i++)
        all = all && c->servers[i].app && !c->servers[i].frozen;
    switch (roll(dice, 8)) {
    case 0:
        if (all)
            cluster_kill(s);
        return;
    case 1:
        if (all)
            cluster_stop(s);
        return;
    case 2:
        s->frozen = s->app && all;
        return;
    case 3:
        if (s != to && cluster_wire(s, to))
            cluster_wire(s, to)->cut = true;
        return;
    case 4:
        c->split = !c->split;
        return;
    default:
        bring_back(c);
        return;
    }
}

enum { STORM_CLIENTS = 6, STORM_STEPS = 150, STORMS = 12 };

struct storm {
    struct cluster *c;
    uint64_t dice;
    struct cluster_client *there[STORM_CLIENTS];
    bool done[STORM_STEPS + 1]; /* What was acknowledged. */
};

static void note_answers(struct storm *s, const struct cluster_client *one)
{
    for (int number = 1; number <= STORM_STEPS; number++) {
        size_t times = cluster_answers(one, number, "ok");
        assert_true(times <= 1);
        s->done[number] = s->done[number] || times == 1;
    }
}

/* Its server may be gone, and it with it. */
static bool is_there(const struct storm *s, const struct cluster_client *one)
{
    for (int i = 0; i < 3; i++)
        for (const struct cluster_client *at = s->c->servers[i].clients; at; at = at->next)
            if (at == one)
                return true;
    return false;
}

static void step(struct storm *s, int number)
{
    size_t k = roll(&s->dice, STORM_CLIENTS);
    struct cluster_server *at = &s->c->servers[roll(&s->dice, 3)];

    for (size_t i = 0; i < STORM_CLIENTS; i++) /* A kill takes them along. */
        if (s->there[i])
            note_answers(s, s->there[i]);
    if (roll(&s->dice, 4) == 0)
        befall(s->c, &s->dice);
    for (size_t i = 0; i < STORM_CLIENTS; i++)
        if (s->there[i] && !is_there(s, s->there[i]))
            s->there[i] = NULL;
    if (s->there[k] && s->there[k]->closing && !s->there[k]->server->frozen) {
        note_answers(s, s->there[k]);
        cluster_leave(s->there[k]);
        s->there[k] = NULL;
    }
    if (!s->there[k] && at->app && !at->frozen)
        s->there[k] = cluster_console(at);
    if (s->there[k] && !s->there[k]->server->frozen)
        cluster_add(s->there[k], number);
    cluster_pass(s->c, (int64_t)roll(&s->dice, 6) * 100);
}

/* Everybody is up again: whatever was acknowledged is there, and nothing twice. */
static void is_all_there(struct storm *s)
{
    int times[STORM_STEPS + 1] = { 0 };

    bring_back(s->c);
    cluster_pass(s->c, 8000);
    for (size_t i = 0; i < STORM_CLIENTS; i++)
        if (s->there[i])
            note_answers(s, s->there[i]);
    char *seats = cluster_seats(s->c, &s->c->servers[roll(&s->dice, 3)]);
    for (char *save = NULL, *at = strtok_r(seats, " ", &save); at; at = strtok_r(NULL, " ", &save))
        times[strtol(at, NULL, 10)]++;
    free(seats);
    for (int number = 1; number <= STORM_STEPS; number++)
        if (times[number] > 1 || (s->done[number] && times[number] == 0))
            fail_msg("%d was acknowledged %d and made %d times", number, s->done[number],
                     times[number]);
}

static void whatever_happens_what_was_acknowledged_is_there_once(void **state)
{
    (void)state;
    log_limit(LOG_LEVEL_ERROR);
    int all = 0;

    for (uint64_t seed = 1; seed <= STORMS; seed++) {
        struct storm s = { .c = cluster_open(3, seed), .dice = seed };
        s.c->chop = seed % 3 ? 0 : 50;
        for (int number = 1; number <= STORM_STEPS; number++)
            step(&s, number);
        is_all_there(&s);
        cluster_close(s.c);
        for (int number = 1; number <= STORM_STEPS; number++)
            all += s.done[number];
    }
    assert_true(all > STORMS * STORM_STEPS / 4); /* Else little was tried. */
}

int main(void)
{
#define OF_TWO(test)   cmocka_unit_test_setup_teardown(test, open_two, close_all)
#define OF_THREE(test) cmocka_unit_test_setup_teardown(test, open_three, close_all)
    const struct CMUnitTest tests[] = {
        OF_TWO(whoever_comes_to_the_wrong_server_is_in_the_one_meeting),
        OF_TWO(whoever_is_refused_there_hears_why),
        OF_TWO(a_slow_client_gets_a_snapshot),
        OF_TWO(what_comes_before_the_snapshot_is_not_told),
        OF_TWO(a_slow_client_is_made_up_to_by_the_next_owner),
        OF_TWO(a_client_whose_outbox_is_full_misses_nothing),
        OF_TWO(a_slow_way_loses_nothing),
        OF_TWO(a_hello_survives_its_owner),
        OF_TWO(a_phone_whose_welcome_was_lost_has_one_seat),
        OF_TWO(a_command_is_acknowledged_once_and_made_once),
        OF_TWO(what_is_said_while_it_is_held_is_said_in_its_order),
        OF_THREE(the_newest_question_for_the_clock_is_answered_after_a_hold),
        OF_TWO(as_many_as_a_page_may_send_are_kept),
        OF_TWO(a_stop_is_not_noticed),
        OF_TWO(what_is_said_as_the_owner_stops_is_said_to_the_next),
        OF_THREE(what_is_said_before_it_is_up_to_date_again_waits),
        OF_TWO(who_comes_while_the_owner_stops_is_let_in),
        OF_TWO(an_owner_that_stands_still_is_left),
        OF_TWO(who_is_closed_by_the_owner_goes_on_elsewhere),
        OF_TWO(two_that_do_not_reach_each_other_lead_nothing_twice),
        OF_THREE(a_seat_that_another_phone_has_by_now_is_told_anew),
        OF_THREE(who_is_refused_where_it_is_led_next_must_come_again),
        OF_TWO(who_leaves_while_it_is_held_is_forgotten),
        OF_THREE(owners_may_die_one_after_the_other),
        OF_TWO(an_owner_that_is_back_at_once_goes_on),
        OF_TWO(requests_are_passed_on_too),
        OF_TWO(a_request_whose_client_is_gone_is_forgotten),
        OF_TWO(who_says_too_much_is_sent_away_alone),
        OF_TWO(when_too_much_waits_who_speaks_is_sent_away),
        OF_TWO(an_owner_that_cannot_say_more_ends_the_way),
        OF_TWO(channels_that_are_given_again_are_their_own),
        OF_TWO(however_bytes_are_cut_nothing_changes),
        OF_TWO(the_owner_may_die_at_any_byte),
        cmocka_unit_test(whatever_happens_what_was_acknowledged_is_there_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
