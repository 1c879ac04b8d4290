#include <stdlib.h>
#include <string.h>

#include "minutes/document.h"
#include "support/cmocka_all.h"

/* The text of a node's children, line breaks as "/". */
static void text_of(const struct document *d, const struct node *n, char *ret_text)
{
    size_t len = 0;

    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next) {
        const struct node *child = document_node(d, c);
        if (child->kind == NODE_TEXT) {
            memcpy(ret_text + len, document_chars(d, child), child->len);
            len += child->len;
        } else {
            ret_text[len++] = '/';
        }
    }
    ret_text[len] = '\0';
}

static void assert_paragraph(const char *written, size_t points, const char *kept)
{
    struct document *d = document_new(&(struct document_facts){ .lang = "da" });
    struct text *t = text_from(written);
    char text[256];

    document_open(d, NODE_PARAGRAPH);
    if (points > 0)
        document_add_short(d, MARK_NONE, t, points);
    else
        document_add(d, MARK_NONE, t);
    document_close(d);
    assert_false(document_failed(d));
    text_of(d, document_node(d, document_node(d, 0)->first), text);
    assert_string_equal(text, kept);
    text_unref(t);
    document_free(d);
}

static void blocks_nest_and_follow_each_other(void **state)
{
    (void)state;
    struct document *d = document_new(&(struct document_facts){ .lang = "en" });

    document_open_heading(d, 2);
    document_say(d, MARK_STRONG, "Title");
    document_close(d);
    document_open(d, NODE_LIST);
    for (int i = 0; i < 200; i++) { /* More than the nodes first have room for. */
        document_open(d, NODE_ITEM);
        document_say(d, MARK_NONE, "item");
        document_close(d);
    }
    document_close(d);

    const struct node *root = document_node(d, 0);
    const struct node *title = document_node(d, root->first);
    assert_int_equal(title->kind, NODE_HEADING);
    assert_int_equal(title->level, 2);
    assert_int_equal(document_node(d, title->first)->mark, MARK_STRONG);
    const struct node *list = document_node(d, title->next);
    assert_int_equal(list->kind, NODE_LIST);
    assert_int_equal(list->next, NODE_NONE);
    size_t items = 0;
    for (uint32_t c = list->first; c != NODE_NONE; c = document_node(d, c)->next, items++)
        assert_int_equal(document_node(d, c)->kind, NODE_ITEM);
    assert_int_equal(items, 200);
    assert_string_equal(document_facts(d)->lang, "en");
    document_free(d);
}

static void blanks_are_gathered_and_lines_kept(void **state)
{
    (void)state;
    assert_paragraph("  en   to\t tre  ", 0, "en to tre");
    assert_paragraph("en\n\n \nto\r\ntre\n", 0, "en/to/tre");
    assert_paragraph("en\u2028to\xc2\x85tre", 0, "en/to/tre");
    assert_paragraph("\n\n", 0, "");
    assert_paragraph("", 0, "");
    assert_paragraph("æøå 👩‍🏫 ﷽", 0, "æøå 👩‍🏫 ﷽");
}

static void a_short_text_is_cut_by_code_points(void **state)
{
    (void)state;
    assert_paragraph("æøåæøå", 6, "æøåæøå");
    assert_paragraph("æøåæøåæ", 6, "æøåæøå…");
    assert_paragraph("en\nto tre", 100, "en to tre");
    assert_paragraph("👩👩👩", 2, "👩👩…");
    assert_paragraph("ab   ", 2, "ab");
}

static void nothing_adds_nothing(void **state)
{
    (void)state;
    struct document *d = document_new(&(struct document_facts){ .lang = "da" });

    document_say(d, MARK_NONE, NULL);
    document_say(d, MARK_NONE, "");
    document_add(d, MARK_NONE, NULL);
    document_add_short(d, MARK_NONE, NULL, 5);
    assert_int_equal(document_node(d, 0)->first, NODE_NONE);
    document_free(d);
    document_free(NULL);
}

static void a_block_says_what_it_is_about_and_a_day_which_day_it_is(void **state)
{
    (void)state;
    struct document *d = document_new(&(struct document_facts){ .lang = "da" });
    struct buffer title = { 0 };

    document_open(d, NODE_SECTION);
    document_about(d, "part", "4b");
    document_open(d, NODE_PARAGRAPH);
    document_add_date(d, "2026-11-17", "17. november 2026");
    document_close(d);
    document_close(d);
    document_open_heading(d, 1);
    document_say(d, MARK_NONE, "En");
    document_break(d);
    document_say(d, MARK_STRONG, "titel");
    document_close(d);

    const struct node *section = document_node(d, document_node(d, 0)->first);
    const struct node *date = document_node(d, document_node(d, section->first)->first);
    assert_true(document_is_about(d, section, "part", "4b"));
    assert_false(document_is_about(d, section, "part", "4"));
    assert_false(document_is_about(d, section, "item", "4b"));
    assert_false(document_is_about(d, document_node(d, 0), "part", ""));
    assert_int_equal(date->kind, NODE_DATE);
    assert_memory_equal(document_chars(d, date), "17. november 2026", date->len);
    assert_int_equal(date->id_len, 10);
    assert_memory_equal(document_id(d, date), "2026-11-17", 10);
    document_title(d, &title);
    char *whole = buffer_take(&title, &(size_t){ 0 });
    assert_string_equal(whole, "En titel");
    free(whole);
    document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_nest_and_follow_each_other),
        cmocka_unit_test(blanks_are_gathered_and_lines_kept),
        cmocka_unit_test(a_short_text_is_cut_by_code_points),
        cmocka_unit_test(nothing_adds_nothing),
        cmocka_unit_test(a_block_says_what_it_is_about_and_a_day_which_day_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
