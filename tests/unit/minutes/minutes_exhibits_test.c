/* What was shown on the wall stands under its part, as it was written; see also
 * tests/scripts/what_the_wall_showed_stands_in_the_minutes.meet. */
#include <stdio.h>

#include "docx_read.h"
#include "full_meeting.h"

/* A table with so many rows below its heads, and columns. */
static char *table_of(int rows, int columns)
{
    char *csv = calloc(1, 8192), *to = csv;

    assert_non_null(csv);
    for (int r = 0; r <= rows; r++)
        for (int c = 0; c < columns; c++)
            to += sprintf(to, r == 0 ? "h%d%s" : "%d%s", r + c, c + 1 < columns ? ";" : "\n");
    return csv;
}

static char *minutes_with(const char *csv, const char *format)
{
    struct fixture *f = fixture_new();

    fixture_show(f, PART_TURNS, "Fravær", csv);
    char *bytes = fixture_write(f, format);
    fixture_free(f);
    return bytes;
}

static void a_table_has_its_heads_and_says_what_was_written(void **state)
{
    (void)state;
    char *html = minutes_with("År;Fravær\n2025;<5\n2026;07,50 %\n", "html");

    assert_in_order(
        html, (const char *[]){ "<h3>Refleksioner</h3>", "<table>\n", "<caption>Fravær</caption>",
                                "<thead>", "<th scope=\"col\">År</th><th scope=\"col\">Fravær</th>",
                                "</thead>", "<tbody>", "<th scope=\"row\">2025</th><td>&lt;5</td>",
                                "<th scope=\"row\">2026</th><td>07,50 %</td>", "</tbody>\n</table>",
                                NULL });
    free(html);
}

static void a_table_without_heads_has_none(void **state)
{
    (void)state;
    char *html = minutes_with("Ja;12\nNej;<5\n", "html"),
         *md = minutes_with("Ja;12\nNej;<5\n", "md");

    assert_has(html,
               "<caption>Fravær</caption>\n<tbody>\n<tr><th scope=\"row\">Ja</th><td>12</td>");
    assert_has(md, "Fravær\n\n|  |  |\n| --- | --- |\n| **Ja** | 12 |\n| **Nej** | &lt;5 |\n");
    free(html);
    free(md);
}

/* Whether what Word gets says that the first row, and the first column, are heads. */
static void assert_heads(const char *csv, bool columns, bool rows)
{
    struct fixture *f = fixture_new();
    size_t len;

    for (size_t i = 0; i < FIXTURE_PARTS; i++)
        f->parts[i].method = METHOD_TALK; /* So that the table is the only one. */
    fixture_show(f, PART_TURNS, "Fravær", csv);
    struct document *d = minutes_build(&f->source, EDITION_PARTICIPANTS);
    char *bytes = minutes_format_find("docx")->write(d, &len);
    zip_t *archive = docx_open(bytes, len);
    char *xml = docx_part(archive, "word/document.xml");
    assert_int_equal(times(xml, "<w:tbl>"), 1);
    assert_has(xml, columns ? "w:firstRow=\"1\"" : "w:firstRow=\"0\"");
    assert_has(xml, rows ? "w:firstColumn=\"1\"" : "w:firstColumn=\"0\"");
    assert_int_equal(times(xml, "<w:tblHeader/>"), columns);
    assert_has(xml, "<w:tblCaption w:val=\"Fravær\"/>");
    free(xml);
    zip_discard(archive);
    free(bytes);
    document_free(d);
    fixture_free(f);
}

static void word_hears_which_cells_are_heads(void **state)
{
    (void)state;
    assert_heads("Svar;Antal\nJa;12", true, true);
    assert_heads("Ja;12\nNej;3", false, true);
    assert_heads("x;y\n1;2", true, false);
    assert_heads("1;2\n3;4", false, false);
}

static void what_is_too_large_or_no_table_is_named(void **state)
{
    (void)state;
    static const struct {
        int rows, columns;
        bool fits;
    } cases[] = { { 30, 2, true }, { 31, 2, false }, { 2, 8, true }, { 2, 9, false } };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *csv = table_of(cases[i].rows, cases[i].columns), *md = minutes_with(csv, "md");
        if (cases[i].fits)
            assert_has(md, "Fravær\n\n| h0 | h1 |");
        else
            assert_has(md, "En stor tabel blev vist på tavlen: Fravær\n");
        assert_int_equal(strstr(md, "| h0 |") != NULL, cases[i].fits);
        free(md);
        free(csv);
    }
    for (const char *const *csv = (const char *const[]){ NULL, "", " \n;;\n" }, *const *end =
                                                                                    csv + 3;
         csv < end; csv++) {
        char *md = minutes_with(*csv, "md");
        assert_has(md, "### Refleksioner\n\nHvad lagde du mærke til?\n\nVist på tavlen: Fravær\n");
        free(md);
    }
}

/* Not even a heading is missing where nothing else was said, and one without a title is not told.
 */
static void a_part_with_nothing_but_a_table_has_its_heading(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    f->stand[PART_WELCOME].on = f->stand[PART_WELCOME].begun = false;
    fixture_show(f, PART_WELCOME, "Fravær", "Ja;12\nNej;3");
    fixture_show(f, PART_REFLECTION, "Væk", "Ja;12\nNej;3");
    f->exhibits[1].title = NULL;
    char *md = fixture_write(f, "md");
    assert_in_order(md, (const char *[]){ "### Velkomst\n\nFravær\n", "| **Nej** | 3 |", NULL });
    assert_lacks(md, "### Stilhed");
    assert_lacks(md, "Væk");
    free(md);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_has_its_heads_and_says_what_was_written),
        cmocka_unit_test(a_table_without_heads_has_none),
        cmocka_unit_test(word_hears_which_cells_are_heads),
        cmocka_unit_test(what_is_too_large_or_no_table_is_named),
        cmocka_unit_test(a_part_with_nothing_but_a_table_has_its_heading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
