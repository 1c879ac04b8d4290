#include "base/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/instant.h"

#include "support/cmocka_all.h"

/* A struct with a field of every type. */
enum colour { COLOUR_NOT = 0, COLOUR_RED, COLOUR_BLUE, COLOUR_COUNT };

struct leaf {
    struct text *word;
    bool has_weight;
    int64_t weight;
};
struct leaf_list {
    size_t count;
    struct leaf *at;
};
struct tree {
    int64_t number;
    bool flag;
    bool has_when;
    struct instant when;
    struct span length;
    struct uuid id;
    struct hash hash;
    struct text *name;
    enum colour colour;
    struct leaf top;
    struct ints numbers;
    struct texts words;
    bool has_ids;
    struct uuids ids;
    struct leaf_list leaves;
};

/* clang-format off */
#define PLAIN(type_, struct_, member_)                                                             \
    .name = #member_, .type = (type_), .offset = offsetof(struct struct_, member_),                \
    .has_offset = SIZE_MAX
/* clang-format on */

static const struct record_field leaf_fields[] = {
    { PLAIN(RECORD_TEXT, leaf, word), .required = true },
    { .name = "weight",
      .type = RECORD_INT,
      .offset = offsetof(struct leaf, weight),
      .has_offset = offsetof(struct leaf, has_weight) },
};
static const struct record leaf_record = { "leaf", sizeof(struct leaf), 2, leaf_fields };

static const struct record_field tree_fields[] = {
    { PLAIN(RECORD_INT, tree, number) },
    { PLAIN(RECORD_BOOL, tree, flag) },
    { .name = "when",
      .type = RECORD_INSTANT,
      .offset = offsetof(struct tree, when),
      .has_offset = offsetof(struct tree, has_when) },
    { PLAIN(RECORD_SPAN, tree, length) },
    { PLAIN(RECORD_UUID, tree, id) },
    { PLAIN(RECORD_HASH, tree, hash) },
    { PLAIN(RECORD_TEXT, tree, name) },
    { PLAIN(RECORD_ENUM, tree, colour) },
    { PLAIN(RECORD_RECORD, tree, top), .of = &leaf_record },
    { PLAIN(RECORD_INTS, tree, numbers) },
    { PLAIN(RECORD_TEXTS, tree, words) },
    { .name = "ids",
      .type = RECORD_UUIDS,
      .offset = offsetof(struct tree, ids),
      .has_offset = offsetof(struct tree, has_ids) },
    { PLAIN(RECORD_LIST, tree, leaves), .of = &leaf_record },
};
static const struct record tree_record = { "tree", sizeof(struct tree),
                                           sizeof(tree_fields) / sizeof(tree_fields[0]),
                                           tree_fields };

static struct tree full(void)
{
    struct tree t = { .number = -7,
                      .flag = true,
                      .has_when = true,
                      .when = { 12 },
                      .length = { -3 },
                      .id = { { 1 } },
                      .hash = { { 2 } },
                      .name = text_from("bøg"),
                      .colour = COLOUR_BLUE,
                      .top = { text_from("top"), true, 4 },
                      .numbers = { 2, alloc_many(2, sizeof(int64_t)) },
                      .words = { 2, alloc_many(2, sizeof(struct text *)) },
                      .has_ids = true,
                      .ids = { 1, alloc_many(1, sizeof(struct uuid)) },
                      .leaves = { 3, alloc_many(3, sizeof(struct leaf)) } };

    t.numbers.at[0] = 8;
    t.numbers.at[1] = 9;
    t.words.at[0] = text_from("et");
    t.words.at[1] = text_from("to");
    t.ids.at[0].b[15] = 3;
    for (size_t i = 0; i < t.leaves.count; i++)
        t.leaves.at[i] = (struct leaf){ text_from("blad"), i > 0, (int64_t)i };
    return t;
}

static void a_copy_is_the_same_and_lives_on_alone(void **state)
{
    (void)state;
    struct tree a = full(), b;

    assert_true(record_copy(&tree_record, &b, &a));
    assert_true(record_same(&tree_record, &a, &b));
    assert_ptr_equal(a.name, b.name);
    assert_ptr_not_equal(a.leaves.at, b.leaves.at);
    assert_int_equal(a.name->refs, 2);

    record_release(&tree_record, &a);
    assert_true(text_is(b.name, "bøg"));
    assert_true(text_is(b.leaves.at[2].word, "blad"));
    assert_int_equal(b.leaves.at[2].weight, 2);
    assert_int_equal(b.name->refs, 1);
    record_release(&tree_record, &b);
}

static void release_zeroes_and_may_come_twice(void **state)
{
    (void)state;
    struct tree t = full();
    static const struct tree empty;

    record_release(&tree_record, &t);
    assert_true(record_same(&tree_record, &t, &empty));
    assert_null(t.name);
    assert_null(t.leaves.at);
    record_release(&tree_record, &t);
    record_release(NULL, NULL);
}

/* Changes one thing after the other; each change must be seen, from both sides. */
static void every_field_makes_a_difference(void **state)
{
    (void)state;
    enum { CHANGES = 18 };

    for (int i = 0; i < CHANGES; i++) {
        struct tree a = full(), b = full();
        struct text *other = text_from("andet");
        struct text **put = NULL;
        assert_true(record_same(&tree_record, &a, &b));
        /* clang-format off */
        switch (i) {
        case 0: b.number++; break;
        case 1: b.flag = false; break;
        case 2: b.has_when = false; break;
        case 3: b.when.ms++; break;
        case 4: b.length.ms++; break;
        case 5: b.id.b[15]++; break;
        case 6: b.hash.b[31]++; break;
        case 7: put = &b.name; break;
        case 8: b.colour = COLOUR_RED; break;
        case 9: b.colour = COLOUR_NOT; break;
        case 10: put = &b.top.word; break;
        case 11: b.top.has_weight = false; break;
        case 12: b.numbers.at[1]++; break;
        case 13: b.numbers.count--; break;
        case 14: put = &b.words.at[1]; break;
        case 15: b.has_ids = false; break;
        case 16: b.ids.at[0].b[0]++; break;
        case 17: b.leaves.at[2].weight++; break;
        }
        /* clang-format on */
        if (put) {
            text_unref(*put);
            *put = text_ref(other);
        }
        assert_false(record_same(&tree_record, &a, &b));
        assert_false(record_same(&tree_record, &b, &a));
        text_unref(other);
        record_release(&tree_record, &a);
        record_release(&tree_record, &b);
    }
}

/* What an absent field holds is nobody's business. */
static void absent_values_are_not_compared(void **state)
{
    (void)state;
    struct tree a = full(), b = full();

    a.has_when = b.has_when = false;
    a.when.ms = 5;
    b.when.ms = 6;
    assert_true(record_same(&tree_record, &a, &b));
    record_release(&tree_record, &a);
    record_release(&tree_record, &b);
}

static void a_copy_that_finds_no_memory_leaves_nothing(void **state)
{
    (void)state;
    struct tree a = full(), b = { .number = 77 };
    size_t n = 0;

    for (;;) {
        alloc_fail_at(++n);
        bool copied = record_copy(&tree_record, &b, &a);
        alloc_fail_at(0);
        if (copied)
            break;
        assert_int_equal(b.number, 77);
        assert_null(b.name);
        assert_int_equal(a.name->refs, 1);
        assert_int_equal(a.leaves.at[0].word->refs, 1);
    }
    assert_true(n > 5);
    assert_true(record_same(&tree_record, &a, &b));
    record_release(&tree_record, &a);
    record_release(&tree_record, &b);
}

static void an_empty_struct_has_what_is_required_alone(void **state)
{
    (void)state;
    static const struct tree empty;
    void *at = &at;

    for (size_t i = 0; i < tree_record.count; i++) {
        const struct record_field *f = &tree_fields[i];
        bool optional =
            f->has_offset != SIZE_MAX || f->type == RECORD_TEXT || f->type == RECORD_ENUM;
        assert_int_equal(record_has(f, &empty), !optional);
    }
    assert_int_equal(record_list(&tree_fields[12], &empty, &at), 0);
    assert_null(at);
    assert_int_equal(record_element_size(&tree_fields[12]), sizeof(struct leaf));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_the_same_and_lives_on_alone),
        cmocka_unit_test(release_zeroes_and_may_come_twice),
        cmocka_unit_test(every_field_makes_a_difference),
        cmocka_unit_test(absent_values_are_not_compared),
        cmocka_unit_test(a_copy_that_finds_no_memory_leaves_nothing),
        cmocka_unit_test(an_empty_struct_has_what_is_required_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
