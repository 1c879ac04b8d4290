/* retrospect_test.c -- what a retrospect leaves behind once it is shown: nothing that tells who
 * wrote what (tests/README.md, row 50). */
#include <stdlib.h>
#include <string.h>

#include "engine/meeting.h"

#include "support/cmocka_all.h"

enum { POINTS = 12 };

static enum refusal offer(struct meeting *m, struct command c, enum role role, struct facts *facts)
{
    struct context context = { .now = { 1000 }, .role = role, .dice = 7 };

    context.id.b[0] = (uint8_t)(m->seq + 1);
    enum refusal refusal = meeting_decide(m, &c, &context, facts);
    for (size_t i = 0; refusal == REFUSED_NOT && i < facts->count; i++) {
        assert_true(meeting_prepare(m, &facts->at[i]));
        meeting_apply(m, &facts->at[i]);
    }
    return refusal;
}

static void must(struct meeting *m, struct command c, enum role role)
{
    struct facts facts;

    assert_int_equal(offer(m, c, role, &facts), REFUSED_NOT);
    facts_release(&facts);
}

static void create(struct meeting *m)
{
    struct command c = { .kind = COMMAND_MEETING_CREATE };
    struct item *item = calloc(1, sizeof(*item));

    *item = (struct item){ .no = 1, .title = text_from("Til sidst"), .minutes = 9 };
    item->parts.count = 1;
    item->parts.at = calloc(1, sizeof(struct part));
    item->parts.at[0] = (struct part){ .id = text_from("a"), .method = METHOD_RETROSPECT };
    c.args.meeting_create.agenda.items.count = 1;
    c.args.meeting_create.agenda.items.at = item;
    must(m, c, ROLE_NOT);
    command_release(&c);
}

static void write_point(struct meeting *m, int number)
{
    struct command c = { .kind = COMMAND_CONTRIBUTION_ADD };
    char text[] = { (char)('a' + number), 0 };

    c.args.contribution_add.content.text = text_from(text);
    c.args.contribution_add.content.box = BOX_ADJUST;
    must(m, c, ROLE_CONSOLE);
    command_release(&c);
}

static const struct fact_retro_shown *shown(const struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        if (facts->at[i].kind == FACT_RETRO_SHOWN)
            return &facts->at[i].is.retro_shown;
    return NULL;
}

static void every_fact_of_a_point_is_blanked_and_the_order_is_another(void **state)
{
    struct meeting *m = meeting_new();
    struct facts facts;
    bool same_order = true;

    (void)state;
    create(m);
    must(m, (struct command){ .kind = COMMAND_MEETING_START }, ROLE_CONSOLE);
    int64_t before = m->seq;
    for (int i = 0; i < POINTS; i++)
        write_point(m, i);
    assert_int_equal(offer(m, (struct command){ .kind = COMMAND_RETRO_SHOW }, ROLE_CONSOLE, &facts),
                     REFUSED_NOT);
    const struct fact_retro_shown *f = shown(&facts);
    assert_non_null(f);
    assert_int_equal(f->blanks.count, POINTS);
    for (size_t i = 0; i < POINTS; i++)
        assert_int_equal(f->blanks.at[i], before + 1 + (int64_t)i);
    assert_int_equal(f->points.count, POINTS);
    for (size_t i = 0; i < POINTS; i++)
        same_order &= f->points.at[i].text->bytes[0] == (char)('a' + i);
    assert_false(same_order);
    facts_release(&facts);
    meeting_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fact_of_a_point_is_blanked_and_the_order_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
