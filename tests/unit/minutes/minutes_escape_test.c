/* Whatever people write is shown as they wrote it, in every format, and does nothing:
 * tests/README.md, row 51. */
#include <ctype.h>
#include <jansson.h>

#include "docx_read.h"
#include "hostile_meeting.h"

/* The tags of a page, with everything between them gone; <br> too, for people may write lines. */
static char *tags_of(const char *html)
{
    char *tags = calloc(strlen(html) + 1, 1);
    size_t len = 0;

    assert_non_null(tags);
    for (const char *at = strchr(html, '<'); at; at = strchr(at + 1, '<')) {
        const char *end = strchr(at, '>');
        assert_non_null(end);
        if (strncmp(at, "<br>", 4) == 0)
            continue;
        memcpy(tags + len, at, (size_t)(end - at) + 1);
        len += (size_t)(end - at) + 1;
    }
    return tags;
}

static void html_has_the_same_tags_whatever_people_write(void **state)
{
    (void)state;
    struct fixture *plain = meeting_of("noget ganske almindeligt");
    char *html = fixture_write(plain, "html");
    char *expected = tags_of(html);

    for (size_t i = 0; i < CORPUS; i++) {
        if (strchr(corpus[i], '\n'))
            continue; /* Lines are marked up one by one. */
        struct fixture *f = meeting_of(corpus[i]);
        char *page = fixture_write(f, "html");
        char *tags = tags_of(page);
        assert_string_equal(tags, expected);
        free(tags);
        free(page);
        fixture_free(f);
    }
    free(expected);
    free(html);
    fixture_free(plain);
}

/* A meeting that has a text in every place, with every point taken into the public edition. */
static struct fixture *public_of(const char *text)
{
    struct fixture *f = meeting_of(text);

    for (size_t p = 0; p < f->source.point_count; p++)
        f->points[p].chosen = true;
    return f;
}

/* The same with bytes in it at which a string would end. */
static struct fixture *public_with_nul(void)
{
    static const char bytes[] = "før\0efter\0<b>";
    struct fixture *f = public_of("noget ganske almindeligt");

    assert_true(f->text_count < FIXTURE_TEXTS);
    f->texts[f->text_count] = text_new(bytes, sizeof(bytes) - 1);
    assert_non_null(f->texts[f->text_count]);
    f->points[0].post.content.text = f->texts[f->text_count];
    f->source.purpose = f->texts[f->text_count++];
    return f;
}

/* Nothing in a document reaches outside of it or runs. */
static void no_foreign(xmlNode *n, void *context)
{
    (void)context;
    assert_false(is_element(n, "script") || is_element(n, "object") || is_element(n, "hyperlink") ||
                 is_element(n, "fldSimple") || is_element(n, "instrText") || is_element(n, "a"));
}

static void assert_packed(const struct fixture *f, const char *format, const char *part)
{
    struct document *d = minutes_build(&f->source, EDITION_PUBLIC);
    size_t len = 0;
    char *bytes = minutes_format_find(format)->write(d, &len);
    zip_t *archive = docx_open(bytes, len);
    xmlDocPtr tree = docx_tree(archive, part);

    docx_walk(xmlDocGetRootElement(tree), no_foreign, NULL);
    xmlFreeDoc(tree);
    zip_discard(archive);
    free(bytes);
    document_free(d);
}

/* Looking through what people wrote takes it apart and puts it together again: that is inert too.
 */
static void the_public_edition_is_as_inert(void **state)
{
    (void)state;
    struct fixture *plain = public_of("noget ganske almindeligt");
    char *html = fixture_write_edition(plain, "html", EDITION_PUBLIC);
    char *expected = tags_of(html);

    for (size_t i = 0; i <= CORPUS; i++) {
        struct fixture *f = i < CORPUS ? public_of(corpus[i]) : public_with_nul();
        char *page = fixture_write_edition(f, "html", EDITION_PUBLIC);
        char *tags = tags_of(page);
        if (i == CORPUS || !strchr(corpus[i], '\n'))
            assert_string_equal(tags, expected);
        assert_packed(f, "docx", "word/document.xml");
        assert_packed(f, "odt", "content.xml");
        char *md = fixture_write_edition(f, "md", EDITION_PUBLIC);
        assert_lacks(md, "\n# anden");
        assert_lacks(md, "<script");
        for (int preview = 0; preview < 2; preview++) {
            f->source.preview = preview;
            char *json = fixture_write_edition(f, "json", EDITION_PUBLIC);
            json_t *read = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
            assert_non_null(read);
            json_decref(read);
            free(json);
        }
        free(md);
        free(tags);
        free(page);
        fixture_free(f);
    }
    free(expected);
    free(html);
    fixture_free(plain);
}

/* A list item's or heading's own text back from Markdown, read as CommonMark reads it: fails the
 * test at any character that would mean something.  `begins`: a list or rule could begin here. */
static void unescape(const char *md, size_t len, bool begins, char *ret_text)
{
    size_t out = 0;
    static const struct {
        const char *entity;
        char c;
    } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&#123;", '{' }, { "&#125;", '}' },
    };

    for (size_t i = 0; i < len; i++) {
        char c = md[i];
        if (c == '\\') {
            assert_true(i + 1 < len && ispunct((unsigned char)md[i + 1]));
            ret_text[out++] = md[++i];
            continue;
        }
        if (c == '&') {
            size_t k = 0, count = sizeof(entities) / sizeof(entities[0]);
            while (k < count && strncmp(md + i, entities[k].entity, strlen(entities[k].entity)))
                k++;
            assert_true(k < count);
            ret_text[out++] = entities[k].c;
            i += strlen(entities[k].entity) - 1;
            continue;
        }
        if (strchr("<>`*_[]|~$#^@{}", c))
            fail_msg("'%c' stands unescaped in: %.*s", c, (int)len, md);
        if (c == ':' && md[i + 1] == '/')
            fail_msg("a link stands unescaped in: %.*s", (int)len, md);
        if (begins && i == 0 && strchr("+-=:% \t", c))
            fail_msg("'%c' begins the line: %.*s", c, (int)len, md);
        if (begins && (c == '.' || c == ')') && i > 0 && strspn(md, "0123456789") == i)
            fail_msg("a list begins at: %.*s", (int)len, md);
        ret_text[out++] = c;
    }
    ret_text[out] = '\0';
}

/* The first point of the retrospect: it stands alone on its line. */
static void markdown_gives_back_what_people_wrote(void **state)
{
    (void)state;
    char text[1024];

    for (size_t i = 0; i < CORPUS; i++) {
        if (strchr(corpus[i], '\n'))
            continue;
        struct fixture *f = meeting_of(corpus[i]);
        char *md = fixture_write(f, "md");
        const char *label = "#### Det kan justeres\n\n- ";
        const char *at = strstr(md, label);
        assert_non_null(at);
        at += strlen(label);
        unescape(at, strcspn(at, "\n"), true, text);
        assert_string_equal(text, corpus_text(i));

        unescape(md + 2, strcspn(md + 2, "\n"), false, text); /* The title. */
        assert_string_equal(text, corpus_title(i));
        free(md);
        fixture_free(f);
    }
}

/* All that stands in a block, marks and all. */
static void json_text(const json_t *block, char *ret_text)
{
    const json_t *child;
    size_t i;

    ret_text[0] = '\0';
    json_array_foreach(json_object_get(block, "of"), i, child)
        strcat(ret_text, json_is_string(child) ? json_string_value(child)
                                               : json_string_value(json_object_get(child, "text")));
}

static void json_gives_back_what_people_wrote(void **state)
{
    (void)state;
    char text[1024];

    for (size_t i = 0; i < CORPUS; i++) {
        if (strchr(corpus[i], '\n'))
            continue;
        struct fixture *f = meeting_of(corpus[i]);
        char *json = fixture_write(f, "json");
        json_t *read = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(read);
        json_text(json_array_get(json_object_get(read, "of"), 0), text); /* The title. */
        assert_string_equal(text, corpus_title(i));
        json_decref(read);
        free(json);
        fixture_free(f);
    }
}

/* A line that a person began anew must not begin a heading, a list or a rule. */
static void lines_inside_a_point_stay_inside_it(void **state)
{
    (void)state;
    struct fixture *f = meeting_of("første\n# anden\n- tredje\n\n\n1. fjerde\n=====");
    char *md = fixture_write(f, "md");

    assert_has(md, "- første\\\n  \\# anden\\\n  \\- tredje\\\n  1\\. fjerde\\\n  \\=====\n");
    assert_has(md, "# første \\# anden - tredje 1. fjerde =====\n\n");
    assert_lacks(md, "\n# anden");
    free(md);
    md = fixture_write(f, "html");
    assert_has(md, "<li>første<br># anden<br>- tredje<br>1. fjerde<br>=====</li>");
    free(md);
    fixture_free(f);
}

/* The columns of every table stay what they are. */
static void markdown_tables_keep_their_columns(void **state)
{
    (void)state;
    struct fixture *f = meeting_of("| a | b |\n| --- |");
    char *md = fixture_write(f, "md");
    size_t rows = 0;

    for (char *line = strtok(md, "\n"); line; line = strtok(NULL, "\n")) {
        size_t bars = 0;
        if (line[0] != '|')
            continue;
        for (size_t i = 0; line[i]; i++)
            bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
        assert_true(bars == 3 || bars == 5);
        rows++;
    }
    assert_int_equal(rows, (2 + 7) + (2 + 4) + (2 + 1) + (2 + 2));
    free(md);
    fixture_free(f);
}

/* XML 1.0 has no place for these, and a turned direction would reach beyond its own text. */
static void control_characters_are_dropped(void **state)
{
    (void)state;
    struct fixture *f = meeting_of("a\x01\x02"
                                   "b\x1b[31mc\x7f"
                                   "d\xc2\x80"
                                   "e\xc2\x9f"
                                   "f\u202eg\u2066h"
                                   "\ufeffi\uffffj\u00a0k \t  l\r\nm\u2028n");
    char *html = fixture_write(f, "html");

    assert_has(html, "<li>ab[31mcdefghij k l<br>m<br>n</li>");
    for (const unsigned char *c = (const unsigned char *)html; *c; c++)
        assert_true(*c >= 0x20 || *c == '\n');
    assert_lacks(html, "\u202e");
    assert_lacks(html, "\u2066");
    assert_lacks(html, "\uffff");
    free(html);
    fixture_free(f);
}

/* A text of nothing but what is dropped leaves an empty place, not broken markup. */
static void a_text_of_nothing_visible_is_harmless(void **state)
{
    (void)state;
    struct fixture *f = meeting_of("\x01\x02 \t\n\u202e");
    char *md = fixture_write(f, "md");
    char *html = fixture_write(f, "html");

    assert_lacks(md, "****");
    assert_has(html, "<title></title>");
    free(html);
    free(md);
    fixture_free(f);
}

static void a_page_stands_alone(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    char *html = fixture_write(f, "html");

    assert_int_equal(strncmp(html, "<!doctype html>\n<html lang=\"da\">", 32), 0);
    assert_has(html, "<meta charset=\"utf-8\">");
    assert_has(html, "<title>Alle med i frikvarteret</title>");
    assert_has(html, "@media print");
    assert_has(html, "<th scope=\"col\">Spørgsmål</th>");
    assert_has(html, "<th scope=\"row\">Næste skridt</th>");
    assert_lacks(html, "<script");
    assert_lacks(html, "http");
    assert_lacks(html, "url(");
    assert_lacks(html, " style=");
    assert_int_equal(times(html, "<h1>"), 1);
    free(html);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_has_the_same_tags_whatever_people_write),
        cmocka_unit_test(the_public_edition_is_as_inert),
        cmocka_unit_test(markdown_gives_back_what_people_wrote),
        cmocka_unit_test(json_gives_back_what_people_wrote),
        cmocka_unit_test(lines_inside_a_point_stay_inside_it),
        cmocka_unit_test(markdown_tables_keep_their_columns),
        cmocka_unit_test(control_characters_are_dropped),
        cmocka_unit_test(a_text_of_nothing_visible_is_harmless),
        cmocka_unit_test(a_page_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
