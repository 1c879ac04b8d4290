/* What is kept of a meeting for next year, when everybody in it has been taken out. */
#include "minutes/kept.h"

#include "full_meeting.h"

/* The fixture's agenda, looked through; the caller releases it. */
static struct agenda kept_of(const struct fixture *f)
{
    struct agenda a = { 0 };

    assert_true(record_copy(&agenda_record, &a, &f->agenda));
    assert_true(kept_look_through(&f->source, &a));
    return a;
}

static void names_in_it_go_by_function(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    f->agenda.cover.title = fixture_text(f, "Mettes møde");
    f->agenda.carried.at[0].text = fixture_text(f, "Mette og Thomas maler, ring 23 45 67 89");
    f->agenda.carried.at[1].came.word = fixture_text(f, "Skriv til mette@skole.dk om 7.b");
    f->questions[0] = fixture_text(f, "Hvad så Mette?");
    struct agenda a = kept_of(f);
    assert_string_equal(a.cover.title->bytes, "[Lærer]s møde");
    assert_string_equal(a.carried.at[0].text->bytes,
                        "[Lærer] og [Børn og Unge-chef] maler, ring [telefonnummer]");
    assert_null(strstr(a.carried.at[1].came.word->bytes, "mette"));
    assert_non_null(strstr(a.carried.at[1].came.word->bytes, "om 7.b"));
    assert_string_equal(a.items.at[1].parts.at[1].questions.at[0]->bytes, "Hvad så [Lærer]?");
    assert_string_equal(a.items.at[1].parts.at[1].id->bytes, "p4");
    assert_string_equal(f->agenda.cover.title->bytes, "Mettes møde");
    record_release(&agenda_record, &a);
    fixture_free(f);
}

static void whoever_has_a_task_has_no_name(void **state)
{
    (void)state;
    static const char *const owners[][2] = {
        { "Mette", "Lærer" },
        { "Skoleleder", "Skoleleder" },
        { "Børn og Unge-chef", "Børn og Unge-chef" },
        { "Ole Sørensen", "en deltager" },
    };
    struct fixture *f = full_meeting();

    for (size_t i = 0; i < 4; i++)
        f->agenda.carried.at[i].owner = fixture_text(f, owners[i][0]);
    struct agenda a = kept_of(f);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(a.carried.at[i].owner->bytes, owners[i][1]);
    record_release(&agenda_record, &a);
    fixture_free(f);
}

/* A function that says whose it is, is no function to be called by. */
static void a_function_with_a_name_in_it_is_looked_through(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    f->seats[1].function = fixture_text(f, "Mettes makker");
    f->agenda.carried.at[0].owner = fixture_text(f, "Mettes makker");
    struct agenda a = kept_of(f);
    assert_string_equal(a.carried.at[0].owner->bytes, "[Lærer]s makker");
    record_release(&agenda_record, &a);
    fixture_free(f);
}

static void what_the_leader_decided_for_the_public_edition_holds(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct marking said = { .kind = FIND_KIND_NAME, .choice = FIND_CHOICE_KEEP };

    said.text = fixture_text(f, "Mette");
    f->source.markings = &said;
    f->source.marking_count = 1;
    f->agenda.carried.at[0].text = fixture_text(f, "Mette maler");
    struct agenda a = kept_of(f);
    assert_string_equal(a.carried.at[0].text->bytes, "Mette maler");
    record_release(&agenda_record, &a);
    said.choice = FIND_CHOICE_REPLACE;
    said.instead = fixture_text(f, "vi");
    a = kept_of(f);
    assert_string_equal(a.carried.at[0].text->bytes, "vi maler");
    record_release(&agenda_record, &a);
    fixture_free(f);
}

/* What stands in a name's place is longer than the name. */
static void a_text_at_its_limit_stays_within_it(void **state)
{
    (void)state;
    char full[LIMIT_TEXT + 1];
    struct fixture *f = full_meeting();

    memset(full, 'x', LIMIT_TEXT);
    memcpy(full, "Mette ", 6);
    full[LIMIT_TEXT] = '\0';
    f->agenda.carried.at[0].text = fixture_text(f, full);
    struct agenda a = kept_of(f);
    const struct text *kept = a.carried.at[0].text;
    assert_true(text_points(kept->bytes, kept->len) <= LIMIT_TEXT);
    assert_memory_equal(kept->bytes, "… xxx", strlen("… xxx"));
    record_release(&agenda_record, &a);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_it_go_by_function),
        cmocka_unit_test(whoever_has_a_task_has_no_name),
        cmocka_unit_test(a_function_with_a_name_in_it_is_looked_through),
        cmocka_unit_test(what_the_leader_decided_for_the_public_edition_holds),
        cmocka_unit_test(a_text_at_its_limit_stays_within_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
