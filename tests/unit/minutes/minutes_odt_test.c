/* The minutes as an OpenDocument text: a whole archive by the standard, with the same text as
 * everywhere. */
#include "docx_read.h"
#include "hostile_meeting.h"

struct odt {
    char *bytes;
    zip_t *archive;
    struct document *d;
};

static struct odt odt_of(const struct fixture *f, enum edition edition)
{
    struct odt o = { .d = minutes_build(&f->source, edition) };
    size_t len = 0;

    assert_non_null(o.d);
    o.bytes = minutes_format_find("odt")->write(o.d, &len);
    assert_non_null(o.bytes);
    o.archive = docx_open(o.bytes, len);
    return o;
}

static void odt_close(struct odt *o)
{
    zip_discard(o->archive);
    free(o->bytes);
    document_free(o->d);
}

/* OpenDocument 1.2, part 3, 3.3: whoever looks at the first bytes knows what it is. */
static void its_type_comes_first_and_every_part_is_named(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct odt o = odt_of(f, EDITION_FACILITATOR);
    char *manifest = docx_part(o.archive, "META-INF/manifest.xml"), *type, named[128];
    zip_stat_t stat;

    assert_string_equal(zip_get_name(o.archive, 0, 0), "mimetype");
    assert_int_equal(zip_stat_index(o.archive, 0, 0, &stat), 0);
    assert_int_equal(stat.comp_method, ZIP_CM_STORE);
    assert_memory_equal(o.bytes + 30, "mimetypeapplication/vnd.oasis.opendocument.text", 47);
    type = docx_part(o.archive, "mimetype");
    assert_string_equal(type, "application/vnd.oasis.opendocument.text");
    for (zip_int64_t i = 1; i < zip_get_num_entries(o.archive, 0); i++) {
        const char *name = zip_get_name(o.archive, (zip_uint64_t)i, 0);
        xmlFreeDoc(docx_tree(o.archive, name));
        snprintf(named, sizeof(named), "manifest:full-path=\"%s\"", name);
        if (strcmp(name, "META-INF/manifest.xml") != 0)
            assert_has(manifest, named);
    }
    free(type);
    free(manifest);
    odt_close(&o);
    fixture_free(f);
}

static void a_reader_hears_which_language_it_is(void **state)
{
    (void)state;
    static const char *const tags[][2] = {
        [LOCALE_DA] = { "fo:language=\"da\" fo:country=\"DK\"", "<dc:language>da-DK<" },
        [LOCALE_EN] = { "fo:language=\"en\" fo:country=\"GB\"", "<dc:language>en-GB<" },
    };

    for (enum locale locale = LOCALE_DA; locale <= LOCALE_EN; locale++) {
        struct fixture *f = full_meeting();
        f->source.locale = locale;
        struct odt o = odt_of(f, EDITION_PARTICIPANTS);
        char *styles = docx_part(o.archive, "styles.xml"), *meta = docx_part(o.archive, "meta.xml");
        assert_has(styles, tags[locale][0]);
        assert_has(styles, "fo:line-height=\"115%\"");
        assert_lacks(styles, "%LANG%");
        assert_has(meta, tags[locale][1]);
        assert_has(meta, "<dc:title>Alle med i frikvarteret</dc:title>");
        free(styles);
        free(meta);
        odt_close(&o);
        fixture_free(f);
    }
}

/* What is read: text, and the elements that stand for blanks.  A table's title repeats its caption
 * for readers of the screen. */
static void add_text(const xmlNode *n, struct buffer *text)
{
    if (is_element(n, "title"))
        return;
    if (is_element(n, "s") || is_element(n, "line-break"))
        buffer_say(text, " ");
    if (n->type == XML_TEXT_NODE)
        buffer_say(text, (const char *)n->content);
    for (const xmlNode *child = n->children; child; child = child->next)
        add_text(child, text);
}

static void it_has_the_trees_text_and_nothing_that_acts(void **state)
{
    (void)state;
    for (size_t i = 0; i < CORPUS; i++) {
        struct fixture *f = meeting_of(corpus[i]);
        struct odt o = odt_of(f, EDITION_FACILITATOR);
        xmlDocPtr tree = docx_tree(o.archive, "content.xml");
        struct buffer plain = { 0 }, read = { 0 };
        size_t len;
        document_plain(o.d, document_node(o.d, 0), &plain);
        add_text(xmlDocGetRootElement(tree), &read);
        char *wanted = buffer_take(&plain, &len), *text = buffer_take(&read, &len);
        assert_string_equal(text, wanted);
        char *bytes = docx_part(o.archive, "content.xml");
        for (const char *const *acts =
                 (const char *const[]){ "<text:a", " xlink:", "<script:", "<draw:", "<office:event",
                                        "<!", NULL };
             *acts; acts++)
            assert_null(strstr(bytes + strlen("<?xml"), *acts));
        free(bytes);
        free(text);
        free(wanted);
        xmlFreeDoc(tree);
        odt_close(&o);
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
        bytes[i] = minutes_format_find("odt")->write(d, &len[i]);
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
        cmocka_unit_test(its_type_comes_first_and_every_part_is_named),
        cmocka_unit_test(a_reader_hears_which_language_it_is),
        cmocka_unit_test(it_has_the_trees_text_and_nothing_that_acts),
        cmocka_unit_test(the_same_minutes_are_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
