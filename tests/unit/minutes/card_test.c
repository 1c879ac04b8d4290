/* What the chief of several schools reads of a meeting, and what of it must never be there. */
#include "minutes/card.h"

#include <jansson.h>

#include "hostile_meeting.h"
#include "minutes/dictionary.h"

/* With the dictionary, by which a name is told from the word that a sentence begins with. */
static char *card_of(const struct fixture *f)
{
    size_t len = 0;
    struct minutes_source source = f->source;
    struct dictionary *dictionary = dictionary_new();

    source.dictionary = dictionary;
    char *bytes = card_write(&source, &len);
    dictionary_free(dictionary);

    assert_non_null(bytes);
    assert_int_equal(len, strlen(bytes));
    return bytes;
}

static const char *word_of(const json_t *in, const char *list, size_t at, const char *name)
{
    return json_string_value(json_object_get(json_array_get(json_object_get(in, list), at), name));
}

static void it_says_what_was_agreed(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    char *bytes = card_of(f);
    json_t *card = json_loads(bytes, JSON_REJECT_DUPLICATES, NULL);
    json_t *came = json_object_get(card, "came");

    assert_string_equal(json_string_value(json_object_get(card, "lang")), "da");
    assert_string_equal(json_string_value(json_object_get(card, "state")), "draft");
    assert_string_equal(word_of(card, "answers", 0, "answer"), "next_step");
    assert_string_equal(word_of(card, "answers", 0, "text"), "Pausen skal have noget at byde på");
    assert_string_equal(word_of(card, "answers", 1, "answer"), "targets");
    assert_string_equal(word_of(card, "answers", 2, "answer"), "follow_up");
    assert_string_equal(word_of(card, "answers", 2, "date"), "2027-02-01");
    assert_int_equal(json_array_size(json_object_get(card, "tasks")), 3);
    assert_string_equal(word_of(card, "tasks", 0, "text"), "Spørger klasserne");
    assert_string_equal(word_of(card, "tasks", 0, "due"), "2026-12-03");
    assert_null(word_of(card, "tasks", 1, "due"));
    assert_null(word_of(card, "tasks", 2, "owner"));
    assert_int_equal(json_integer_value(json_object_get(came, "done")), 1);
    assert_int_equal(json_integer_value(json_object_get(came, "under_way")), 1);
    assert_int_equal(json_integer_value(json_object_get(came, "dropped")), 0);
    assert_int_equal(json_integer_value(json_object_get(came, "not_said")), 1);
    json_decref(card);
    free(bytes);
    fixture_free(f);
}

/* Left open on purpose, or not given at all. */
static void it_says_what_is_open(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    char *bytes = card_of(f);

    assert_has(bytes, "\"open\":[\"action\",\"targets\",\"feedback\"]");
    free(bytes);
    fixture_free(f);
}

/* Nobody's name; no point, recap, figure or word about last time's tasks. */
static void it_says_nothing_that_anybody_said(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    char *bytes = card_of(f);

    assert_true(f->source.point_count >= 7 && f->source.seat_count >= 4);
    for (size_t i = 0; i < f->source.seat_count; i++)
        if (f->source.seats[i].name)
            assert_lacks(bytes, f->source.seats[i].name->bytes);
    for (size_t i = 0; i < f->source.point_count; i++)
        assert_lacks(bytes, f->source.points[i].post.content.text->bytes);
    for (size_t i = 0; i < f->source.recap_count; i++)
        assert_lacks(bytes, f->source.recaps[i].text->bytes);
    for (size_t i = 0; i < f->source.exhibit_count; i++)
        assert_lacks(bytes, f->source.exhibits[i].title->bytes);
    for (size_t i = 0; i < f->agenda.carried.count; i++)
        assert_lacks(bytes, f->agenda.carried.at[i].text->bytes);
    assert_lacks(bytes, "Tre klasser er med");
    free(bytes);
    fixture_free(f);
}

/* A name in what was agreed is replaced, unless somebody has let it stand in the public edition. */
static void names_in_it_go_by_the_public_edition(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct marking kept = { .kind = FIND_KIND_NAME, .choice = FIND_CHOICE_KEEP };

    fixture_answer(f, ANSWER_ACTION)->text =
        fixture_text(f, "Mette og en kollega går med\n3 elever ud, ring 23 45 67 89");
    char *bytes = card_of(f);
    assert_lacks(bytes, "Mette");
    assert_lacks(bytes, "23 45 67 89");
    assert_has(bytes, "en kollega går med\\n3 elever ud");
    free(bytes);
    /* A child's, of which nobody has decided anything. */
    fixture_answer(f, ANSWER_ACTION)->text =
        fixture_text(f, "Mette taler med forældrene til Ahmed");
    bytes = card_of(f);
    assert_lacks(bytes, "Ahmed");
    assert_has(bytes, "taler med for");
    free(bytes);
    fixture_answer(f, ANSWER_ACTION)->text = fixture_text(f, "Mette og en kollega");
    kept.text = fixture_text(f, "Mette");
    f->source.markings = &kept;
    f->source.marking_count = 1;
    bytes = card_of(f);
    assert_has(bytes, "Mette og en kollega");
    free(bytes);
    fixture_free(f);
}

static void an_empty_meeting_has_a_card(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    char *bytes = card_of(f);

    assert_has(bytes, "\"answers\":[],\"tasks\":[],\"open\":[\"next_step\",\"action\",");
    assert_lacks(bytes, "came");
    free(bytes);
    fixture_free(f);
}

/* tests/README.md, row 51: whatever people write, it is JSON that says the same. */
static void hostile_words_are_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(corpus) / sizeof(corpus[0]); i++) {
        struct fixture *f = fixture_new();
        fixture_answer(f, ANSWER_NEXT_STEP)->text = fixture_text(f, corpus[i]);
        char *bytes = card_of(f);
        json_t *card = json_loads(bytes, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(card);
        json_decref(card);
        free(bytes);
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_was_agreed),
        cmocka_unit_test(it_says_what_is_open),
        cmocka_unit_test(it_says_nothing_that_anybody_said),
        cmocka_unit_test(names_in_it_go_by_the_public_edition),
        cmocka_unit_test(an_empty_meeting_has_a_card),
        cmocka_unit_test(hostile_words_are_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
