#include "minutes/docx.h"

#include <string.h>
#include <time.h>

#include "minutes/archive.h"
#include "minutes/columns.h"
#include "minutes/docx_parts.h"
#include "minutes/xml.h"

#define WORD_NS   "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum {
    TEXT_WIDTH = 9638, /* A4 less its margins, in twentieths of a point. */
    MARGIN = 1134,
    ENTRIES_MAX = 16,
};

/* Runs, paragraphs, tables. */

struct writer {
    const struct document *d;
    struct xml xml;
};

/* <name w:val="value"/> */
static void value(struct writer *w, const char *name, const char *val)
{
    xml_start(&w->xml, name);
    xml_attribute(&w->xml, "w:val", val);
    xml_end(&w->xml);
}

static const char *style_of(const struct node *n)
{
    static const char *const styles[] = {
        [MARK_NONE] = NULL,
        [MARK_STRONG] = "Strong",
        [MARK_SOFT] = "SubtleEmphasis",
        [MARK_AUTHOR] = "SubtleEmphasis",
        [MARK_QUOTE] = "SubtleEmphasis",
        [MARK_OPEN] = "Emphasis",
    };

    return n->kind == NODE_TEXT ? styles[n->mark] : NULL;
}

static void start_run(struct writer *w, const char *style)
{
    xml_start(&w->xml, "w:r");
    if (style) {
        xml_start(&w->xml, "w:rPr");
        value(w, "w:rStyle", style);
        xml_end(&w->xml);
    }
}

static void write_run(struct writer *w, const struct node *n, const char *style)
{
    start_run(w, style_of(n) ? style_of(n) : style);
    if (n->kind == NODE_BREAK) {
        xml_empty(&w->xml, "w:br");
    } else {
        xml_start(&w->xml, "w:t");
        xml_attribute(&w->xml, "xml:space", "preserve");
        xml_characters(&w->xml, document_chars(w->d, n), n->len);
        xml_end(&w->xml);
    }
    xml_end(&w->xml);
}

static void write_runs(struct writer *w, const struct node *n, const char *style)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
        write_run(w, document_node(w->d, c), style);
}

static void start_paragraph(struct writer *w, const char *style)
{
    xml_start(&w->xml, "w:p");
    if (style) {
        xml_start(&w->xml, "w:pPr");
        value(w, "w:pStyle", style);
        xml_end(&w->xml);
    }
}

static void write_paragraph(struct writer *w, const struct node *n, const char *style)
{
    start_paragraph(w, style);
    write_runs(w, n, NULL);
    xml_end(&w->xml);
}

/* Each term on the line of its detail. */
static void write_terms(struct writer *w, const struct node *n)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next) {
        const struct node *child = document_node(w->d, c);
        if (child->kind == NODE_TERM) {
            start_paragraph(w, "Terms");
            write_runs(w, child, "SubtleEmphasis");
            start_run(w, NULL);
            xml_empty(&w->xml, "w:tab");
            xml_end(&w->xml);
        } else {
            write_runs(w, child, NULL);
            xml_end(&w->xml);
        }
    }
}

static void write_cell(struct writer *w, const struct node *n, int width)
{
    xml_start(&w->xml, "w:tc");
    xml_start(&w->xml, "w:tcPr");
    xml_start(&w->xml, "w:tcW");
    xml_number(&w->xml, "w:w", width);
    xml_attribute(&w->xml, "w:type", "dxa");
    xml_end(&w->xml);
    xml_end(&w->xml);
    write_paragraph(w, n, "TableText");
    xml_end(&w->xml);
}

static void write_row(struct writer *w, const struct node *n, const int *widths)
{
    size_t column = 0;

    xml_start(&w->xml, "w:tr");
    xml_start(&w->xml, "w:trPr");
    xml_empty(&w->xml, "w:cantSplit");
    if (n->first != NODE_NONE && document_node(w->d, n->first)->kind == NODE_COLUMN_HEAD)
        xml_empty(&w->xml, "w:tblHeader");
    xml_end(&w->xml);
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
        write_cell(w, document_node(w->d, c), widths[column++]);
    xml_end(&w->xml);
}

/* Whether a row, which may be none, begins with a cell of this kind. */
static bool begins_with(const struct writer *w, uint32_t row, enum node_kind kind)
{
    uint32_t first = row == NODE_NONE ? NODE_NONE : document_node(w->d, row)->first;

    return first != NODE_NONE && document_node(w->d, first)->kind == kind;
}

/* A reader of the screen hears the caption with the table, too, and which cells are heads. */
static void table_properties(struct writer *w, const struct node *caption)
{
    struct buffer plain = { 0 };
    bool columns = begins_with(w, caption->next, NODE_COLUMN_HEAD);
    uint32_t row = columns ? document_node(w->d, caption->next)->next : caption->next;
    bool rows = begins_with(w, row, NODE_ROW_HEAD);

    document_plain(w->d, caption, &plain);
    buffer_add(&plain, "", 1);
    w->xml.failed = w->xml.failed || plain.failed;
    xml_start(&w->xml, "w:tblPr");
    value(w, "w:tblStyle", "MinutesTable");
    xml_start(&w->xml, "w:tblW");
    xml_attribute(&w->xml, "w:w", "5000");
    xml_attribute(&w->xml, "w:type", "pct");
    xml_end(&w->xml);
    xml_start(&w->xml, "w:tblLook");
    xml_attribute(&w->xml, "w:val",
                  columns && rows ? "04A0"
                  : columns       ? "0420"
                  : rows          ? "0480"
                                  : "0400");
    xml_attribute(&w->xml, "w:firstRow", columns ? "1" : "0");
    xml_attribute(&w->xml, "w:lastRow", "0");
    xml_attribute(&w->xml, "w:firstColumn", rows ? "1" : "0");
    xml_attribute(&w->xml, "w:lastColumn", "0");
    xml_attribute(&w->xml, "w:noHBand", "0");
    xml_attribute(&w->xml, "w:noVBand", "1");
    xml_end(&w->xml);
    if (!plain.failed)
        value(w, "w:tblCaption", plain.at);
    xml_end(&w->xml);
    buffer_release(&plain);
}

static void write_table(struct writer *w, const struct node *n)
{
    const struct node *caption = document_node(w->d, n->first);
    int widths[DOCUMENT_COLUMNS];
    size_t count = columns_share(w->d, n, TEXT_WIDTH, widths);

    write_paragraph(w, caption, "Caption");
    xml_start(&w->xml, "w:tbl");
    table_properties(w, caption);
    xml_start(&w->xml, "w:tblGrid");
    for (size_t i = 0; i < count; i++) {
        xml_start(&w->xml, "w:gridCol");
        xml_number(&w->xml, "w:w", widths[i]);
        xml_end(&w->xml);
    }
    xml_end(&w->xml);
    for (uint32_t c = caption->next; c != NODE_NONE; c = document_node(w->d, c)->next)
        write_row(w, document_node(w->d, c), widths);
    xml_end(&w->xml);
    start_paragraph(w, NULL); /* Two tables that touch would be one. */
    xml_end(&w->xml);
}

static void write_block(struct writer *w, const struct node *n);

static void write_children(struct writer *w, const struct node *n)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(w->d, c)->next)
        write_block(w, document_node(w->d, c));
}

static void write_block(struct writer *w, const struct node *n)
{
    static const char *const headings[] = { NULL, "Title", "Heading1", "Heading2", "Heading3" };

    switch (n->kind) {
    case NODE_DOCUMENT:
    case NODE_SECTION:
    case NODE_LIST:
        write_children(w, n);
        break;
    case NODE_HEADING:
        write_paragraph(w, n, headings[n->level]);
        break;
    case NODE_PARAGRAPH:
        write_paragraph(w, n, document_leads(w->d, n) ? "Lead" : NULL);
        break;
    case NODE_ITEM:
        write_paragraph(w, n, "ListBullet");
        break;
    case NODE_TERMS:
        write_terms(w, n);
        break;
    case NODE_TABLE:
        write_table(w, n);
        break;
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

static void write_page(struct writer *w)
{
    xml_start(&w->xml, "w:sectPr");
    xml_start(&w->xml, "w:footerReference");
    xml_attribute(&w->xml, "w:type", "default");
    xml_attribute(&w->xml, "r:id", "rId4");
    xml_end(&w->xml);
    xml_start(&w->xml, "w:pgSz");
    xml_number(&w->xml, "w:w", TEXT_WIDTH + 2 * MARGIN);
    xml_number(&w->xml, "w:h", 16838);
    xml_end(&w->xml);
    xml_start(&w->xml, "w:pgMar");
    xml_number(&w->xml, "w:top", MARGIN);
    xml_number(&w->xml, "w:right", MARGIN);
    xml_number(&w->xml, "w:bottom", MARGIN);
    xml_number(&w->xml, "w:left", MARGIN);
    xml_number(&w->xml, "w:header", 567);
    xml_number(&w->xml, "w:footer", 567);
    xml_number(&w->xml, "w:gutter", 0);
    xml_end(&w->xml);
    xml_end(&w->xml);
}

static void write_document(struct writer *w)
{
    xml_start(&w->xml, "w:document");
    xml_attribute(&w->xml, "xmlns:w", WORD_NS);
    xml_attribute(&w->xml, "xmlns:r", OFFICE_NS);
    xml_start(&w->xml, "w:body");
    write_block(w, document_node(w->d, 0));
    write_page(w);
    xml_end(&w->xml);
    xml_end(&w->xml);
}

/* The page's number, alone, for which no language needs a word. */
static void write_footer(struct writer *w)
{
    xml_start(&w->xml, "w:ftr");
    xml_attribute(&w->xml, "xmlns:w", WORD_NS);
    start_paragraph(w, "Footer");
    xml_start(&w->xml, "w:fldSimple");
    xml_attribute(&w->xml, "w:instr", "PAGE");
    start_run(w, NULL);
    xml_start(&w->xml, "w:t");
    xml_characters(&w->xml, "1", 1);
    xml_end(&w->xml);
    xml_end(&w->xml);
    xml_end(&w->xml);
    xml_end(&w->xml);
    xml_end(&w->xml);
}

static void property(struct writer *w, const char *name, const char *type, const char *bytes,
                     size_t len)
{
    xml_start(&w->xml, name);
    if (type)
        xml_attribute(&w->xml, "xsi:type", type);
    xml_characters(&w->xml, bytes, len);
    xml_end(&w->xml);
}

static const char *lang_tag(const struct document *d)
{
    return strcmp(document_facts(d)->lang, "en") == 0 ? "en-GB" : "da-DK";
}

static void write_properties(struct writer *w)
{
    time_t made = (time_t)document_facts(w->d)->made;
    struct buffer title = { 0 };
    char moment[24];
    struct tm utc;

    strftime(moment, sizeof(moment), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&made, &utc));
    document_title(w->d, &title);
    w->xml.failed = w->xml.failed || title.failed;
    xml_start(&w->xml, "cp:coreProperties");
    xml_attribute(&w->xml, "xmlns:cp",
                  "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    xml_attribute(&w->xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_attribute(&w->xml, "xmlns:dcterms", "http://purl.org/dc/terms/");
    xml_attribute(&w->xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    property(w, "dc:title", NULL, title.len > 0 ? title.at : "", title.len);
    property(w, "dc:language", NULL, lang_tag(w->d), strlen(lang_tag(w->d)));
    property(w, "dcterms:created", "dcterms:W3CDTF", moment, strlen(moment));
    property(w, "dcterms:modified", "dcterms:W3CDTF", moment, strlen(moment));
    xml_end(&w->xml);
    buffer_release(&title);
}

/* A part of its own; false when memory is exhausted. */
static bool part_write(const struct document *d, void (*write)(struct writer *w),
                       struct buffer *out)
{
    struct writer w = { .d = d };

    xml_open(&w.xml);
    write(&w);
    return xml_close(&w.xml, out);
}

static size_t entries_make(const struct document *d,
                           struct archive_entry entries[static ENTRIES_MAX], bool *ret_made)
{
    static const struct {
        const char *name;
        void (*write)(struct writer *w);
    } written[] = {
        { "word/document.xml", write_document },
        { "word/footer1.xml", write_footer },
        { "docProps/core.xml", write_properties },
    };
    size_t count = 0;
    bool made = true;

    for (const struct docx_part *p = docx_parts; p->name; p++, count++) {
        entries[count].name = p->name;
        docx_part_write(p, lang_tag(d), &entries[count].bytes);
        made = made && !entries[count].bytes.failed;
    }
    for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++, count++) {
        entries[count].name = written[i].name;
        made = made && part_write(d, written[i].write, &entries[count].bytes);
    }
    *ret_made = made;
    return count;
}

char *docx_write(const struct document *d, size_t *ret_len)
{
    struct archive_entry entries[ENTRIES_MAX] = { 0 };
    char *bytes = NULL;
    bool made;

    if (document_failed(d))
        return NULL;
    size_t count = entries_make(d, entries, &made);
    if (made)
        bytes = archive_write(entries, count, ret_len);
    for (size_t i = 0; i < count; i++)
        buffer_release(&entries[i].bytes);
    return bytes;
}
