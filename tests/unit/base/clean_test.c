/* Texts from people; the cases stand in tests/vectors/texts.json, which the pages read too. */
#include "base/clean.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"

#include "support/cmocka_all.h"

static void assert_cleaned(json_t *row, enum clean clean, const char *kept)
{
    const char *written = json_string_value(json_object_get(row, "written"));
    struct text *t = text_clean(written, strlen(written), clean);

    if (strcmp(text_str(t), kept) != 0)
        print_error("%s\n", json_string_value(json_object_get(row, "what")));
    assert_string_equal(text_str(t), kept);
    text_unref(t);
}

static void texts_become_what_the_vectors_say(void **state)
{
    (void)state;
    json_t *rows = json_load_file(SOURCE_FOLDER "/tests/vectors/texts.json", 0, NULL), *row;
    size_t i;

    assert_true(json_array_size(rows) > 30);
    json_array_foreach(rows, i, row)
    {
        const char *line = json_string_value(json_object_get(row, "line"));
        const char *lines = json_string_value(json_object_get(row, "lines"));
        const char *table = json_string_value(json_object_get(row, "table"));
        assert_cleaned(row, CLEAN_LINE, line);
        assert_cleaned(row, CLEAN_LINES, lines ? lines : line);
        if (table)
            assert_cleaned(row, CLEAN_TABLE, table);
        assert_cleaned(row, CLEAN_NOT, json_string_value(json_object_get(row, "written")));
    }
    json_decref(rows);
}

/* Points of every kind that some rule is about, so that they meet each other often. */
static const int32_t points[] = {
    'a',    'e',    'Z',     ' ',     '\t',    '\n',    '\r',    0x0B,    0x85,    0xA0,    0xAD,
    0xC5,   0x300,  0x301,   0x308,   0x323,   0x327,   0x344,   0x34F,   0x5B4,   0x5D9,   0x61C,
    0x627,  0x645,  0x651,   0x64E,   0x653,   0x6DD,   0x915,   0x93C,   0x94D,   0x958,   0x9BE,
    0x9C7,  0xE34,  0xF71,   0xF72,   0xF73,   0x101C,  0x103B,  0x1025,  0x102E,  0x1100,  0x1161,
    0x11A8, 0x1160, 0x1820,  0x180B,  0x1E9B,  0x200B,  0x200C,  0x200D,  0x200E,  0x2028,  0x202E,
    0x2066, 0x20DD, 0x20E3,  0x212B,  0x2764,  0x2800,  0x3099,  0x304B,  0x4E00,  0xAC00,  0xE000,
    0xF900, 0xFB1D, 0xFE00,  0xFE0F,  0xFEFF,  0xFFFC,  0xFFFF,  0x110BD, 0x1109A, 0x110BA, 0x1D15E,
    '1',    '#',    0x1F3FD, 0x1F469, 0x1F3EB, 0x1F1E9, 0xE0061, 0xE0100, 0x1D165, 0x1D16D, 0x1EEFF,
};

enum { POINTS = sizeof(points) / sizeof(points[0]), LONGEST = 40 };

static uint32_t roll(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % sides;
}

static size_t write_some(uint32_t *seed, char *to)
{
    size_t len = 0;

    for (uint32_t left = roll(seed, LONGEST); left > 0; left--)
        len += (size_t)utf8proc_encode_char(points[roll(seed, POINTS)], (uint8_t *)to + len);
    to[len] = '\0';
    return len;
}

/* Says which points were written where the two differ. */
static void assert_same(const struct text *a, const struct text *b, const char *written)
{
    int32_t point;

    for (size_t i = 0; !text_same(a, b) && written[i];) {
        i += (size_t)utf8proc_iterate((const uint8_t *)written + i, -1, &point);
        print_error("%04X ", (unsigned)point);
    }
    assert_string_equal(a->bytes, b->bytes);
}

static void assert_normal(const struct text *t)
{
    uint8_t *normal = utf8proc_NFC((const uint8_t *)t->bytes);

    assert_string_equal((char *)normal, t->bytes);
    free(normal);
}

static void assert_bounded(const struct text *t)
{
    size_t marks = 0;
    int32_t point;

    for (size_t i = 0; i < t->len;) {
        i += (size_t)utf8proc_iterate((const uint8_t *)t->bytes + i, -1, &point);
        const char *category = utf8proc_category_string(point);
        bool selects = (point >= 0xFE00 && point <= 0xFE0F) || point >= 0xE0100 || point == 0x180B;
        marks = category[0] == 'M'                   ? marks + !selects
                : point == 0x200C || point == 0x200D ? marks
                                                     : 0;
        assert_true(marks <= CLEAN_MARKS_MAX);
        assert_true(strcmp(category, "Cc") != 0 || point == '\n' || point == '\t');
        assert_true(point != 0x202E && point != 0x200B && point != 0x2066 && point != 0xFEFF);
    }
}

static void a_cleaned_text_stays_as_it_is(void **state)
{
    (void)state;
    uint32_t seed = 1;
    char written[LONGEST * 4 + 1];

    for (int i = 0; i < 60000; i++) {
        enum clean clean = (enum clean)((int)CLEAN_LINE + i % 3);
        size_t len = write_some(&seed, written);
        struct text *once = text_clean(written, len, clean);
        struct text *twice = text_clean(once->bytes, once->len, clean);
        assert_same(once, twice, written);
        assert_true(text_valid(once->bytes, once->len));
        assert_normal(once);
        assert_bounded(once);
        text_unref(once);
        text_unref(twice);
    }
}

static void a_line_of_lines_is_a_line(void **state)
{
    (void)state;
    uint32_t seed = 7;
    char written[LONGEST * 4 + 1];

    for (int i = 0; i < 20000; i++) {
        size_t len = write_some(&seed, written);
        struct text *lines = text_clean(written, len, CLEAN_LINES);
        struct text *line = text_clean(written, len, CLEAN_LINE);
        struct text *after = text_clean(lines->bytes, lines->len, CLEAN_LINE);
        assert_null(strchr(line->bytes, '\n'));
        assert_same(line, after, written);
        text_unref(lines);
        text_unref(line);
        text_unref(after);
    }
}

static void without_memory_there_is_none(void **state)
{
    (void)state;
    const char *written = " Z\xCC\x81 og to\n";
    struct text *t = NULL;

    for (size_t n = 1; !t; n++) {
        assert_true(n < 20);
        alloc_fail_at(n);
        t = text_clean(written, strlen(written), CLEAN_LINES);
    }
    alloc_fail_at(0);
    assert_string_equal(text_str(t), "Ź og to");
    text_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_what_the_vectors_say),
        cmocka_unit_test(a_cleaned_text_stays_as_it_is),
        cmocka_unit_test(a_line_of_lines_is_a_line),
        cmocka_unit_test(without_memory_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
