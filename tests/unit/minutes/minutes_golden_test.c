/* Every form of every edition in every language, whole: tests/unit/minutes/golden.  With
 * RUNDE_GOLDEN=write they are written anew; what has changed is then to be read in the difference.
 */
#include <jansson.h>
#include <stdio.h>

#include "docx_read.h"
#include "full_meeting.h"

static char *file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;

    if (!file)
        fail_msg("%s is missing: RUNDE_GOLDEN=write writes it", path);
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    bytes = calloc(len + 1, 1);
    assert_int_equal(fread(bytes, 1, len, file), len);
    fclose(file);
    return bytes;
}

static void file_write(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    assert_int_equal(fclose(file), 0);
}

/* JSON as people read it. */
static char *laid_out(const struct fixture *f, enum edition edition)
{
    char *bytes = fixture_write_edition(f, "json", edition);
    json_t *read = json_loads(bytes, JSON_REJECT_DUPLICATES, NULL);
    char *written = json_dumps(read, JSON_INDENT(1));

    assert_non_null(written);
    free(bytes);
    json_decref(read);
    return written;
}

/* What a word processor shows, as people read it. */
static char *body_of(const struct fixture *f, enum edition edition, const char *format)
{
    struct document *d = minutes_build(&f->source, edition);
    size_t len = 0;
    char *bytes = minutes_format_find(format)->write(d, &len);
    zip_t *archive = docx_open(bytes, len);
    xmlDocPtr tree =
        docx_tree(archive, strcmp(format, "odt") == 0 ? "content.xml" : "word/document.xml");
    xmlChar *laid = NULL;
    int laid_len = 0;

    xmlDocDumpFormatMemoryEnc(tree, &laid, &laid_len, "UTF-8", 1);
    char *written = strdup((const char *)laid);
    xmlFree(laid);
    xmlFreeDoc(tree);
    zip_discard(archive);
    free(bytes);
    document_free(d);
    return written;
}

/* Compares what was written with the file of that name, or writes it anew; frees the bytes. */
static void compare_file(const struct fixture *f, const char *name, const char *extension,
                         char *bytes)
{
    bool write = getenv("RUNDE_GOLDEN") && strcmp(getenv("RUNDE_GOLDEN"), "write") == 0;
    char path[512];

    snprintf(path, sizeof(path), SOURCE_FOLDER "/tests/unit/minutes/golden/%s.%s.%s", name,
             f->source.locale == LOCALE_EN ? "en" : "da", extension);
    if (write)
        file_write(path, bytes);
    char *golden = file_read(path);
    assert_string_equal(bytes, golden);
    free(golden);
    free(bytes);
}

/* For whoever prepares the public edition: as JSON alone. */
static void compare_preview(const struct fixture *f)
{
    compare_file(f, "preview", "json", laid_out(f, EDITION_PUBLIC));
}

static void compare(const struct fixture *f, enum edition edition, const char *name)
{
    static const char *const formats[] = { "html", "md", "json", "ics", "docx", "odt" };

    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        bool packed = strcmp(formats[i], "docx") == 0 || strcmp(formats[i], "odt") == 0;
        char extension[16];
        char *bytes = packed ? body_of(f, edition, formats[i])
                      : strcmp(formats[i], "json") == 0
                          ? laid_out(f, edition)
                          : fixture_write_edition(f, formats[i], edition);
        snprintf(extension, sizeof(extension), "%s%s", formats[i], packed ? ".xml" : "");
        compare_file(f, name, extension, bytes);
    }
}

/* What must not be published, in what people wrote. */
static void make_public(struct fixture *f, struct dictionary *dictionary)
{
    static struct minutes_recap recap;
    static struct marking markings[2];

    recap = (struct minutes_recap){
        .part = PART_SPIRAL,
        .lap = 1,
        .text = fixture_text(
            f, "Ahmed i 7.b vil lege med Mette og AK (7.b); 3 elever mangler. Skriv til "
               "mh@skole.dk, ring 22 34 56 78, cpr 010203-1234, @ahmed_k, "
               "Nørregade 12, født 12. marts 2014, www.skole.dk/ahmed.")
    };
    f->source.dictionary = dictionary;
    f->source.recaps = &recap;
    f->source.recap_count = 1;
    fixture_show(f, PART_SPIRAL, "Fravær", "Klasse;Elever\n7.a;12\n7.b;3");
    f->points[0].chosen = true;
    markings[0] = (struct marking){ .kind = FIND_KIND_CLASS,
                                    .text = fixture_text(f, "7.B"),
                                    .choice = FIND_CHOICE_REPLACE };
    markings[1] = (struct marking){ .kind = FIND_KIND_FEW,
                                    .text = fixture_text(f, "3 elever"),
                                    .choice = FIND_CHOICE_KEEP };
    f->source.markings = markings;
    f->source.marking_count = 2;
}

static void every_form_is_as_it_was(void **state)
{
    (void)state;
    struct dictionary *dictionary = dictionary_new();

    for (enum locale locale = LOCALE_DA; locale <= LOCALE_EN; locale++) {
        struct fixture *f = full_meeting();
        f->source.locale = locale;
        f->source.began = "09:02";
        f->source.ended = "11:04";
        f->seats[1].facilitated = true;
        for (size_t i = 0; i < FIXTURE_PARTS; i++)
            f->stand[i].planned = f->stand[i].used = (struct span){ 300000 };
        f->stand[PART_TURNS].used = (struct span){ 425000 };
        compare(f, EDITION_PARTICIPANTS, "participants");
        compare(f, EDITION_FACILITATOR, "facilitator");
        make_public(f, dictionary);
        compare(f, EDITION_PUBLIC, "public");
        f->source.preview = true;
        compare_preview(f);
        fixture_free(f);
    }
    dictionary_free(dictionary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
