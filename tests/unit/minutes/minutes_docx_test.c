/* The minutes as Word takes them: a whole archive, whose parts name nothing that is not there, with
 * the same text as everywhere. */
#include "docx_read.h"
#include "hostile_meeting.h"

struct word {
    char *bytes;
    zip_t *archive;
    struct document *d;
};

static struct word word_of(const struct fixture *f, enum edition edition)
{
    struct word w = { .d = minutes_build(&f->source, edition) };
    size_t len = 0;

    assert_non_null(w.d);
    w.bytes = minutes_format_find("docx")->write(w.d, &len);
    assert_non_null(w.bytes);
    w.archive = docx_open(w.bytes, len);
    return w;
}

static void word_close(struct word *w)
{
    zip_discard(w->archive);
    free(w->bytes);
    document_free(w->d);
}

static void every_part_is_xml_and_has_a_type(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct word w = word_of(f, EDITION_FACILITATOR);
    char *types = docx_part(w.archive, "[Content_Types].xml");
    zip_int64_t count = zip_get_num_entries(w.archive, 0);

    assert_string_equal(zip_get_name(w.archive, 0, 0), "[Content_Types].xml");
    assert_int_equal(count, 10);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(w.archive, (zip_uint64_t)i, 0);
        char override[128];
        xmlFreeDoc(docx_tree(w.archive, name));
        snprintf(override, sizeof(override), "PartName=\"/%s\"", name);
        if (i > 0 && !strstr(name, ".rels"))
            assert_has(types, override);
    }
    free(types);
    word_close(&w);
    fixture_free(f);
}

static void every_relation_leads_to_a_part(void **state)
{
    (void)state;
    static const char *const relations[][2] = { { "_rels/.rels", "" },
                                                { "word/_rels/document.xml.rels", "word/" } };
    struct fixture *f = full_meeting();
    struct word w = word_of(f, EDITION_PARTICIPANTS);
    size_t found = 0;

    for (size_t i = 0; i < 2; i++) {
        xmlDocPtr tree = docx_tree(w.archive, relations[i][0]);
        for (xmlNode *n = xmlDocGetRootElement(tree)->children; n; n = n->next, found++) {
            xmlChar *target = xmlGetProp(n, BAD_CAST "Target");
            char name[128];
            snprintf(name, sizeof(name), "%s%s", relations[i][1], (const char *)target);
            assert_true(zip_name_locate(w.archive, name, 0) >= 0);
            xmlFree(target);
        }
        xmlFreeDoc(tree);
    }
    assert_int_equal(found, 7);
    word_close(&w);
    fixture_free(f);
}

struct styles {
    char *sheet;
    size_t used[5]; /* How often headings, items, captions, tables and strong words stand there. */
};

static void style_is_there(xmlNode *n, void *context)
{
    static const char *const counted[5] = { "Heading", "ListBullet", "Caption", "MinutesTable",
                                            "Strong" };
    struct styles *s = context;
    char wanted[64];

    if (!is_element(n, "pStyle") && !is_element(n, "rStyle") && !is_element(n, "tblStyle"))
        return;
    xmlChar *name = xmlGetProp(n, BAD_CAST "val");
    snprintf(wanted, sizeof(wanted), "w:styleId=\"%s\"", (const char *)name);
    assert_has(s->sheet, wanted);
    for (size_t i = 0; i < 5; i++)
        s->used[i] += strncmp((const char *)name, counted[i], strlen(counted[i])) == 0;
    xmlFree(name);
}

static void headings_lists_and_tables_have_styles_of_the_sheet(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct word w = word_of(f, EDITION_FACILITATOR);
    struct styles s = { .sheet = docx_part(w.archive, "word/styles.xml") };
    xmlDocPtr tree = docx_tree(w.archive, "word/document.xml");

    docx_walk(xmlDocGetRootElement(tree), style_is_there, &s);
    for (size_t i = 0; i < 5; i++)
        assert_true(s.used[i] > 0);
    assert_int_equal(s.used[2], 6);
    assert_int_equal(s.used[3], 6);
    free(s.sheet);
    xmlFreeDoc(tree);
    word_close(&w);
    fixture_free(f);
}

static void a_reader_hears_which_language_it_is_and_what_it_is_called(void **state)
{
    (void)state;
    static const char *const tags[] = { [LOCALE_DA] = "da-DK", [LOCALE_EN] = "en-GB" };

    for (enum locale locale = LOCALE_DA; locale <= LOCALE_EN; locale++) {
        struct fixture *f = full_meeting();
        char wanted[64];
        f->source.locale = locale;
        struct word w = word_of(f, EDITION_PARTICIPANTS);
        char *properties = docx_part(w.archive, "docProps/core.xml");
        char *sheet = docx_part(w.archive, "word/styles.xml");
        snprintf(wanted, sizeof(wanted), "<dc:language>%s</dc:language>", tags[locale]);
        assert_has(properties, wanted);
        assert_has(properties, "<dc:title>Alle med i frikvarteret</dc:title>");
        assert_has(properties, "2026-11-18T11:06:40Z</dcterms:created>");
        snprintf(wanted, sizeof(wanted), "<w:lang w:val=\"%s\"", tags[locale]);
        assert_has(sheet, wanted);
        assert_lacks(sheet, "%LANG%");
        free(properties);
        free(sheet);
        word_close(&w);
        fixture_free(f);
    }
}

/* Whatever people write, Word shows it and does nothing with it: there is no field, no link, no
 * object, and the text is the tree's, sign by sign. */
static void word_has_the_trees_text_and_nothing_that_acts(void **state)
{
    (void)state;
    for (size_t i = 0; i < CORPUS; i++) {
        struct fixture *f = meeting_of(corpus[i]);
        struct word w = word_of(f, EDITION_FACILITATOR);
        xmlDocPtr tree = docx_tree(w.archive, "word/document.xml");
        struct buffer plain = { 0 };
        size_t len;
        document_plain(w.d, document_node(w.d, 0), &plain);
        char *wanted = buffer_take(&plain, &len), *text = docx_text(xmlDocGetRootElement(tree));
        assert_string_equal(text, wanted);
        char *bytes = docx_part(w.archive, "word/document.xml");
        for (const char *const *acts = (const char *const[]){ "w:fld", "w:instr", "w:hyperlink",
                                                              "w:object", "<!", "<?php", NULL };
             *acts; acts++)
            assert_null(strstr(bytes + strlen("<?xml"), *acts));
        free(bytes);
        free(text);
        free(wanted);
        xmlFreeDoc(tree);
        word_close(&w);
        fixture_free(f);
    }
}

static void the_same_minutes_are_the_same_bytes(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct document *d = minutes_build(&f->source, EDITION_PARTICIPANTS);
    size_t len[2];
    char *bytes[2];

    for (int i = 0; i < 2; i++)
        bytes[i] = minutes_format_find("docx")->write(d, &len[i]);
    assert_int_equal(len[0], len[1]);
    assert_memory_equal(bytes[0], bytes[1], len[0]);
    free(bytes[0]);
    free(bytes[1]);
    document_free(d);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_xml_and_has_a_type),
        cmocka_unit_test(every_relation_leads_to_a_part),
        cmocka_unit_test(headings_lists_and_tables_have_styles_of_the_sheet),
        cmocka_unit_test(a_reader_hears_which_language_it_is_and_what_it_is_called),
        cmocka_unit_test(word_has_the_trees_text_and_nothing_that_acts),
        cmocka_unit_test(the_same_minutes_are_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
