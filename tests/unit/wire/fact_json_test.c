#include "wire/fact_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#include "examples.h"

/* The fact of this kind as JSON, from its example; one reference. */
static json_t *fact_object(unsigned kind)
{
    json_t *object =
        json_pack("{s:i, s:i, s:s}", "seq", 413, "at", 82110, "fact", fact_infos[kind].name);
    json_t *fields = example("facts", fact_infos[kind].name);

    assert_int_equal(json_object_update(object, fields), 0);
    json_decref(fields);
    return object;
}

static struct fact fact_of(unsigned kind)
{
    json_t *object = fact_object(kind);
    char *text = json_dumps(object, JSON_COMPACT);
    struct fact f;

    assert_int_equal(fact_decode(text, NULL, &f), REFUSED_NOT);
    assert_int_equal(f.kind, kind);
    assert_int_equal(f.seq, 413);
    assert_int_equal(f.at.ms, 82110);
    free(text);
    json_decref(object);
    return f;
}

static bool same(const struct fact *a, const struct fact *b)
{
    const struct fact_info *info = &fact_infos[a->kind];

    return a->kind == b->kind && a->seq == b->seq && a->at.ms == b->at.ms &&
           record_same(info->fields, (const char *)a + info->offset,
                       (const char *)b + info->offset);
}

static json_t *parsed(char *text)
{
    assert_non_null(text);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    free(text);
    return root;
}

static void every_fact_goes_round(void **state)
{
    (void)state;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        struct fact f = fact_of(k);
        json_t *object = fact_object(k), *again = parsed(fact_encode(&f, RECORD_ALL));
        if (!json_equal(object, again))
            fail_msg("%s comes back as another", fact_infos[k].name);
        json_decref(object);
        json_decref(again);
        fact_release(&f);
    }
}

static void every_fact_splits_in_two_and_merges(void **state)
{
    (void)state;
    size_t split = 0;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        if (!fact_infos[k].redacts)
            continue;
        split++;
        struct fact f = fact_of(k), again;
        char *body = fact_encode(&f, RECORD_KEPT), *text = fact_encode(&f, RECORD_REDACTABLE);
        assert_int_equal(fact_decode(body, text, &again), REFUSED_NOT);
        assert_true(same(&f, &again));
        fact_release(&again);
        free(body);
        free(text);
        fact_release(&f);
    }
    assert_true(split > 5);
}

/* Which part a field goes to is as protocol/facts says, and every field goes to one of them. */
static void what_is_redacted_stands_in_the_text_alone(void **state)
{
    (void)state;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        if (!fact_infos[k].redacts)
            continue;
        struct fact f = fact_of(k);
        json_t *file = protocol_file("facts", fact_infos[k].name), *object = fact_object(k);
        json_t *body = parsed(fact_encode(&f, RECORD_KEPT));
        json_t *text = parsed(fact_encode(&f, RECORD_REDACTABLE));
        size_t i;
        json_t *name;
        json_array_foreach(json_object_get(file, "redact"), i, name)
        {
            assert_null(json_object_get(body, json_string_value(name)));
            json_t *there = json_object_get(object, json_string_value(name));
            if (there)
                assert_true(json_equal(json_object_get(text, json_string_value(name)), there));
        }
        assert_int_equal(json_object_size(body) + json_object_size(text), json_object_size(object));
        assert_int_equal(json_object_update(body, text), 0);
        assert_true(json_equal(body, object));
        json_decref(file);
        json_decref(object);
        json_decref(body);
        json_decref(text);
        fact_release(&f);
    }
}

static void a_blanked_fact_still_reads(void **state)
{
    (void)state;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        if (!fact_infos[k].redacts)
            continue;
        struct fact f = fact_of(k), blank, empty;
        char *body = fact_encode(&f, RECORD_KEPT), *text = fact_encode(&f, RECORD_REDACTABLE);
        assert_int_equal(fact_decode(body, NULL, &blank), REFUSED_NOT);
        assert_int_equal(fact_decode(body, "{}", &empty), REFUSED_NOT);
        assert_true(same(&blank, &empty));
        assert_int_equal(same(&blank, &f), strcmp(text, "{}") == 0);
        fact_release(&blank);
        fact_release(&empty);
        fact_release(&f);
        free(body);
        free(text);
    }
}

static void a_blanked_point_has_no_author(void **state)
{
    (void)state;
    struct fact f;

    assert_int_equal(fact_decode("{\"seq\":1,\"at\":2,\"fact\":\"retro.added\",\"contribution\":"
                                 "\"3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b\",\"part\":\"6a\","
                                 "\"box\":\"adjust\"}",
                                 NULL, &f),
                     REFUSED_NOT);
    assert_false(f.is.retro_added.has_seat);
    assert_null(f.is.retro_added.text);
    int64_t author;
    memcpy(&author, (char *)&f + fact_infos[f.kind].author_offset, sizeof(author));
    assert_int_equal(author, 0);
    fact_release(&f);
}

static void what_was_not_made_here_is_refused(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *body, *text;
        enum refusal refusal;
    } rows[] = {
        { "",                                                                NULL, REFUSED_MALFORMED },
        { "[]",                                                              NULL, REFUSED_MALFORMED },
        { "{}",                                                              NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.lost\",\"lap\":1}",            NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":0,\"at\":1,\"fact\":\"lap.ended\",\"lap\":1}",           NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":-1,\"fact\":\"lap.ended\",\"lap\":1}",          NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"fact\":\"lap.ended\",\"lap\":1}",                    NULL, REFUSED_BAD_FIELD },
        { "{\"at\":1,\"fact\":\"lap.ended\",\"lap\":1}",                     NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"lap\":1}",                                  NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.ended\"}",                     NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.ended\",\"lap\":6}",           NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.ended\",\"lap\":1,\"x\":1}",   NULL, REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.ended\",\"lap\":1}", "{\"lap\":1}",  REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.ended\",\"lap\":1}", "{\"x\":1}",    REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"lap.ended\",\"lap\":1}", "[",            REFUSED_MALFORMED },
        { "{\"seq\":1,\"at\":1,\"fact\":\"seat.changed\",\"seat\":1,\"name\":\"a\"}",
                                                             "{\"name\":\"b\"}",   REFUSED_BAD_FIELD },
        { "{\"seq\":1,\"at\":1,\"fact\":\"seat.changed\",\"seat\":1}",
                                                             "{\"name\":\"\"}",    REFUSED_BAD_FIELD },
    };
    /* clang-format on */

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fact f = { .seq = 77 };
        if (fact_decode(rows[i].body, rows[i].text, &f) != rows[i].refusal)
            fail_msg("%s %s", rows[i].body, rows[i].text ? rows[i].text : "");
        assert_int_equal(f.seq, 77);
    }
}

static void a_copy_of_every_fact_is_the_same(void **state)
{
    (void)state;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        struct fact f = fact_of(k), copy;
        assert_true(fact_copy(&copy, &f));
        assert_true(same(&f, &copy));
        fact_release(&f);
        char *text = fact_encode(&copy, RECORD_ALL);
        assert_non_null(text);
        free(text);
        fact_release(&copy);
    }
}

/* The n-th request fails, for each n: reading and copying must leave nothing behind. */
static void no_memory_to_read_is_busy(void **state)
{
    (void)state;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        struct fact f = fact_of(k), again, copy;
        char *body = fact_encode(&f, RECORD_KEPT);
        char *text = fact_infos[k].redacts ? fact_encode(&f, RECORD_REDACTABLE) : NULL;
        for (size_t n = 1;; n++) {
            alloc_fail_at(n);
            enum refusal refusal = fact_decode(body, text, &again);
            alloc_fail_at(0);
            if (refusal == REFUSED_NOT)
                break;
            assert_int_equal(refusal, REFUSED_BUSY);
        }
        for (size_t n = 1;; n++) {
            alloc_fail_at(n);
            bool copied = fact_copy(&copy, &again);
            alloc_fail_at(0);
            if (copied)
                break;
        }
        assert_true(same(&f, &copy));
        fact_release(&f);
        fact_release(&again);
        fact_release(&copy);
        free(body);
        free(text);
    }
}

/* Here jansson asks for its memory through us too. */
static void no_memory_to_write_gives_no_text(void **state)
{
    (void)state;

    for (unsigned k = 0; k < FACT_COUNT; k++) {
        struct fact f = fact_of(k);
        char *text = NULL;
        json_set_alloc_funcs(alloc_bytes, free);
        size_t n = 0;
        while (!text) {
            alloc_fail_at(++n);
            text = fact_encode(&f, RECORD_ALL);
            alloc_fail_at(0);
        }
        json_set_alloc_funcs(malloc, free);
        assert_true(n > 3);
        json_t *object = fact_object(k), *again = parsed(text);
        assert_true(json_equal(object, again));
        json_decref(object);
        json_decref(again);
        fact_release(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fact_goes_round),
        cmocka_unit_test(every_fact_splits_in_two_and_merges),
        cmocka_unit_test(what_is_redacted_stands_in_the_text_alone),
        cmocka_unit_test(a_blanked_fact_still_reads),
        cmocka_unit_test(a_blanked_point_has_no_author),
        cmocka_unit_test(what_was_not_made_here_is_refused),
        cmocka_unit_test(a_copy_of_every_fact_is_the_same),
        cmocka_unit_test(no_memory_to_read_is_busy),
        cmocka_unit_test(no_memory_to_write_gives_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
