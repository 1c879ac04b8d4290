#include "minutes/odt.h"

#include <string.h>
#include <time.h>

#include "minutes/archive.h"
#include "minutes/columns.h"
#include "minutes/odt_parts.h"
#include "minutes/xml.h"

enum {
    TEXT_WIDTH = 9638, /* A4 less its margins, in twentieths of a point. */
    NAME_ROOM = 24,
};

struct writer {
    const struct document *d;
    struct xml xml;
    int tables; /* Written so far: each has a name. */
};

/* Text in which every blank counts: of several ODF keeps but one, and none where text begins. */
static void write_characters(struct writer *w, const char *bytes, size_t len)
{
    size_t from = 0;

    for (size_t at = 0; at < len; at++) {
        if (bytes[at] != ' ' || (at > 0 && bytes[at - 1] != ' '))
            continue;
        xml_characters(&w->xml, bytes + from, at - from);
        xml_empty(&w->xml, "text:s");
        from = at + 1;
    }
    xml_characters(&w->xml, bytes + from, len - from);
}

static const char *style_of(const struct node *n)
{
    static const char *const styles[] = {
        [MARK_NONE] = NULL,    [MARK_STRONG] = "Strong_20_Emphasis",
        [MARK_SOFT] = "Soft",  [MARK_AUTHOR] = "Soft",
        [MARK_QUOTE] = "Soft", [MARK_OPEN] = "Emphasis",
    };

    return n->kind == NODE_TEXT ? styles[n->mark] : NULL;
}

static void write_inline(struct writer *w, const struct node *n, const char *style)
{
    style = style_of(n) ? style_of(n) : style;
    if (n->kind == NODE_BREAK) {
        xml_empty(&w->xml, "text:line-break");
        return;
    }
    if (style) {
        xml_start(&w->xml, "text:span");
        xml_attribute(&w->xml, "text:style-name", style);
    }
    write_characters(w, document_chars(w->d, n), n->len);
    if (style)
        xml_end(&w->xml);
}

static void write_inside(struct writer *w, const struct node *n, const char *style)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
        write_inline(w, document_node(w->d, c), style);
}

static void start_styled(struct writer *w, const char *name, const char *style)
{
    xml_start(&w->xml, name);
    xml_attribute(&w->xml, "text:style-name", style);
}

static void write_paragraph(struct writer *w, const struct node *n, const char *style)
{
    start_styled(w, "text:p", style);
    write_inside(w, n, NULL);
    xml_end(&w->xml);
}

static void write_heading(struct writer *w, const struct node *n)
{
    static const char *const styles[] = { NULL, "Title", "Heading_20_1", "Heading_20_2",
                                          "Heading_20_3" };

    if (n->level == 1) {
        write_paragraph(w, n, "Title");
        return;
    }
    start_styled(w, "text:h", styles[n->level]);
    xml_number(&w->xml, "text:outline-level", n->level - 1);
    write_inside(w, n, NULL);
    xml_end(&w->xml);
}

/* Each term on the line of its detail. */
static void write_terms(struct writer *w, const struct node *n)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        const struct node *child = document_node(w->d, c);
        if (child->kind == NODE_TERM) {
            start_styled(w, "text:p", "Terms");
            write_inside(w, child, "Soft");
            xml_empty(&w->xml, "text:tab");
        } else {
            write_inside(w, child, NULL);
            xml_end(&w->xml);
        }
    }
}

static void write_list(struct writer *w, const struct node *n)
{
    start_styled(w, "text:list", "Dots");
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        xml_start(&w->xml, "text:list-item");
        write_paragraph(w, document_node(w->d, c), "List");
        xml_end(&w->xml);
    }
    xml_end(&w->xml);
}

static void write_row(struct writer *w, const struct node *row)
{
    xml_start(&w->xml, "table:table-row");
    xml_attribute(&w->xml, "table:style-name", "Row");
    for (uint32_t c = row->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        const struct node *cell = document_node(w->d, c);
        xml_start(&w->xml, "table:table-cell");
        xml_attribute(&w->xml, "table:style-name", "Cell");
        xml_attribute(&w->xml, "office:value-type", "string");
        write_paragraph(w, cell,
                        cell->kind == NODE_COLUMN_HEAD ? "Table_20_Heading"
                        : cell->kind == NODE_ROW_HEAD  ? "Row_20_Heading"
                                                       : "Table_20_Contents");
        xml_end(&w->xml);
    }
    xml_end(&w->xml);
}

static int columns_of(const struct document *d, const struct node *row)
{
    int columns = 0;

    for (uint32_t c = row->first; c != NODE_NONE; c = document_node(d, c)->next)
        columns++;
    return columns;
}

/* "Table2.3" */
static void column_name(int table, int column, char ret_name[static NAME_ROOM])
{
    snprintf(ret_name, NAME_ROOM, "Table%d.%d", table, column + 1);
}

/* How wide the columns of each table are, as styles of their own. */
static void write_widths(struct writer *w, const struct node *n)
{
    int widths[DOCUMENT_COLUMNS];
    char name[NAME_ROOM];

    if (n->kind != NODE_TABLE) {
        for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
            write_widths(w, document_node(w->d, c));
        return;
    }
    if (document_node(w->d, n->first)->next == NODE_NONE)
        return;
    size_t count = columns_share(w->d, n, TEXT_WIDTH, widths);
    w->tables++;
    for (size_t i = 0; i < count; i++) {
        char width[24];
        column_name(w->tables, (int)i, name);
        snprintf(width, sizeof(width), "%d*", widths[i]);
        xml_start(&w->xml, "style:style");
        xml_attribute(&w->xml, "style:name", name);
        xml_attribute(&w->xml, "style:family", "table-column");
        xml_start(&w->xml, "style:table-column-properties");
        xml_attribute(&w->xml, "style:rel-column-width", width);
        xml_end(&w->xml);
        xml_end(&w->xml);
    }
}

/* A reader of the screen hears the caption with the table, too. */
static void write_table(struct writer *w, const struct node *n)
{
    const struct node *caption = document_node(w->d, n->first);
    const struct node *first =
        caption->next == NODE_NONE ? NULL : document_node(w->d, caption->next);
    bool headed = first && first->first != NODE_NONE &&
                  document_node(w->d, first->first)->kind == NODE_COLUMN_HEAD;
    struct buffer plain = { 0 };
    char name[NAME_ROOM];

    write_paragraph(w, caption, "Caption");
    if (!first)
        return;
    snprintf(name, sizeof(name), "Table%d", ++w->tables);
    xml_start(&w->xml, "table:table");
    xml_attribute(&w->xml, "table:name", name);
    xml_attribute(&w->xml, "table:style-name", "Minutes");
    document_plain(w->d, caption, &plain);
    w->xml.failed = w->xml.failed || plain.failed;
    xml_start(&w->xml, "table:title");
    xml_characters(&w->xml, plain.len > 0 ? plain.at : "", plain.len);
    xml_end(&w->xml);
    buffer_release(&plain);
    for (int i = 0; i < columns_of(w->d, first); i++) {
        column_name(w->tables, i, name);
        xml_start(&w->xml, "table:table-column");
        xml_attribute(&w->xml, "table:style-name", name);
        xml_end(&w->xml);
    }
    if (headed) {
        xml_start(&w->xml, "table:table-header-rows");
        write_row(w, first);
        xml_end(&w->xml);
    }
    for (uint32_t c = headed ? first->next : caption->next; c != NODE_NONE;
         c = document_node(w->d, c)->next)
        write_row(w, document_node(w->d, c));
    xml_end(&w->xml);
}

static void write_block(struct writer *w, const struct node *n)
{
    switch (n->kind) {
    case NODE_DOCUMENT:
    case NODE_SECTION:
        for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
            write_block(w, document_node(w->d, c));
        break;
    case NODE_HEADING:
        write_heading(w, n);
        break;
    case NODE_PARAGRAPH:
        write_paragraph(w, n, document_leads(w->d, n) ? "Lead" : "Standard");
        break;
    case NODE_LIST:
        write_list(w, n);
        break;
    case NODE_TERMS:
        write_terms(w, n);
        break;
    case NODE_TABLE:
        write_table(w, n);
        break;
    case NODE_ITEM:
    case NODE_TERM:
    case NODE_DETAIL:
    case NODE_CAPTION:
    case NODE_ROW:
    case NODE_COLUMN_HEAD:
    case NODE_ROW_HEAD:
    case NODE_CELL:
    case NODE_TEXT:
    case NODE_DATE:
    case NODE_FIND:
    case NODE_BREAK:
        break; /* These stand inside the blocks above. */
    }
}

static void write_content(struct writer *w)
{
    xml_start(&w->xml, "office:document-content");
    for (const char *const *at = odt_namespaces; *at; at += 2)
        xml_attribute(&w->xml, at[0], at[1]);
    xml_attribute(&w->xml, "office:version", "1.2");
    xml_start(&w->xml, "office:automatic-styles");
    write_widths(w, document_node(w->d, 0));
    w->tables = 0;
    xml_end(&w->xml);
    xml_start(&w->xml, "office:body");
    xml_start(&w->xml, "office:text");
    write_block(w, document_node(w->d, 0));
    xml_end(&w->xml);
    xml_end(&w->xml);
    xml_end(&w->xml);
}

static void property(struct writer *w, const char *name, const char *bytes, size_t len)
{
    xml_start(&w->xml, name);
    xml_characters(&w->xml, bytes, len);
    xml_end(&w->xml);
}

static bool is_english(const struct document *d)
{
    return strcmp(document_facts(d)->lang, "en") == 0;
}

static void write_meta(struct writer *w)
{
    time_t made = (time_t)document_facts(w->d)->made;
    struct buffer title = { 0 };
    char moment[24];
    struct tm utc;

    strftime(moment, sizeof(moment), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&made, &utc));
    document_title(w->d, &title);
    w->xml.failed = w->xml.failed || title.failed;
    xml_start(&w->xml, "office:document-meta");
    xml_attribute(&w->xml, "xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0");
    xml_attribute(&w->xml, "xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0");
    xml_attribute(&w->xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_attribute(&w->xml, "office:version", "1.2");
    xml_start(&w->xml, "office:meta");
    property(w, "meta:generator", "Runde", 5);
    property(w, "dc:title", title.len > 0 ? title.at : "", title.len);
    property(w, "meta:creation-date", moment, strlen(moment));
    property(w, "dc:date", moment, strlen(moment));
    property(w, "dc:language", is_english(w->d) ? "en-GB" : "da-DK", 5);
    xml_end(&w->xml);
    xml_end(&w->xml);
    buffer_release(&title);
}

static bool part_write(const struct document *d, void (*write)(struct writer *w),
                       struct buffer *out)
{
    struct writer w = { .d = d };

    xml_open(&w.xml);
    write(&w);
    return xml_close(&w.xml, out);
}

/* The styles, in the language of the document. */
static void styles_write(const struct document *d, struct buffer *out)
{
    const char *from = odt_styles;

    for (const char *at = strchr(from, '%'); at; at = strchr(at, '%')) {
        bool lang = strncmp(at, "%LANG%", 6) == 0, country = strncmp(at, "%COUNTRY%", 9) == 0;
        if (!lang && !country) { /* Of something: "115%". */
            at++;
            continue;
        }
        buffer_add(out, from, (size_t)(at - from));
        if (lang)
            buffer_say(out, is_english(d) ? "en" : "da");
        else
            buffer_say(out, is_english(d) ? "GB" : "DK");
        from = at += lang ? 6 : 9;
    }
    buffer_say(out, from);
}

char *odt_write(const struct document *d, size_t *ret_len)
{
    enum { TYPE, MANIFEST, STYLES, CONTENT, META, COUNT };
    struct archive_entry entries[COUNT] = {
        [TYPE] = { .name = "mimetype", .stored = true },
        [MANIFEST] = { .name = "META-INF/manifest.xml" },
        [STYLES] = { .name = "styles.xml" },
        [CONTENT] = { .name = "content.xml" },
        [META] = { .name = "meta.xml" },
    };
    char *bytes = NULL;

    if (document_failed(d))
        return NULL;
    buffer_say(&entries[TYPE].bytes, ODT_TYPE);
    buffer_say(&entries[MANIFEST].bytes, odt_manifest);
    styles_write(d, &entries[STYLES].bytes);
    bool made = part_write(d, write_content, &entries[CONTENT].bytes) &&
                part_write(d, write_meta, &entries[META].bytes);
    for (size_t i = 0; i < COUNT; i++)
        made = made && !entries[i].bytes.failed;
    if (made)
        bytes = archive_write(entries, COUNT, ret_len);
    for (size_t i = 0; i < COUNT; i++)
        buffer_release(&entries[i].bytes);
    return bytes;
}
