#include "minutes/html.h"

#include "base/buffer.h"

static const char style[] =
    ":root{color-scheme:light}"
    "body{max-width:46rem;margin:2.5rem auto;padding:0 1.25rem;background:#fff;color:#1d2b33;"
    "font:1.0625rem/1.55 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
    "overflow-wrap:anywhere}"
    "h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}"
    "h2{font-size:1.375rem;line-height:1.3;margin:2.25rem 0 .5rem;padding-top:.75rem;"
    "border-top:1px solid #dcd8cf}"
    "h3{font-size:1.125rem;margin:1.5rem 0 .25rem}h4{font-size:1rem;margin:1rem 0 .25rem}"
    "p{margin:.4rem 0}ul{margin:.4rem 0;padding-left:1.4rem}li{margin:.35rem 0}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;margin:1rem 0}"
    "dt{color:#55646d}dd{margin:0}"
    "table{width:100%;border-collapse:collapse;margin:.75rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;"
    "border-bottom:1px solid #dcd8cf}"
    "thead th{color:#55646d;font-weight:600}tbody th{font-weight:600}"
    "caption{text-align:left;color:#55646d;padding:.25rem 0}"
    ".soft,.author,.quote{color:#55646d}.open{background:#f7ead0;color:#6b4700;padding:0 .3em;"
    "border-radius:.25em}"
    "@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .5rem}}"
    "@media "
    "print{@page{margin:18mm;@bottom-right{content:counter(page);color:#55646d}}body{max-width:"
    "none;margin:0;padding:0;font-size:10.5pt}"
    "p:has(>.soft:first-child){break-after:avoid}"
    "h1,h2,h3,h4{break-after:avoid}li,tr{break-inside:avoid}thead{display:table-header-group}"
    ".open{background:none;color:inherit;border:1px solid #6b4700}}";

static void escaped(struct buffer *out, const char *bytes, size_t len)
{
    size_t from = 0;

    if (len == 0)
        return; /* There may be no bytes, then. */
    for (size_t i = 0; i < len; i++) {
        const char *word = bytes[i] == '&'    ? "&amp;"
                           : bytes[i] == '<'  ? "&lt;"
                           : bytes[i] == '>'  ? "&gt;"
                           : bytes[i] == '"'  ? "&quot;"
                           : bytes[i] == '\'' ? "&#39;"
                                              : NULL;
        if (!word)
            continue;
        buffer_add(out, bytes + from, i - from);
        buffer_say(out, word);
        from = i + 1;
    }
    buffer_add(out, bytes + from, len - from);
}

static void write_text(const struct document *d, const struct node *n, struct buffer *out)
{
    static const struct {
        const char *before, *after;
    } marks[] = {
        [MARK_NONE] = { "", "" },
        [MARK_STRONG] = { "<strong>", "</strong>" },
        [MARK_SOFT] = { "<span class=\"soft\">", "</span>" },
        [MARK_AUTHOR] = { "<span class=\"author\">", "</span>" },
        [MARK_QUOTE] = { "<span class=\"quote\">", "</span>" },
        [MARK_OPEN] = { "<mark class=\"open\">", "</mark>" },
    };

    buffer_say(out, marks[n->mark].before);
    escaped(out, document_chars(d, n), n->len);
    buffer_say(out, marks[n->mark].after);
}

static void write_date(const struct document *d, const struct node *n, struct buffer *out)
{
    buffer_say(out, "<time datetime=\"");
    escaped(out, document_id(d, n), n->id_len);
    buffer_say(out, "\">");
    escaped(out, document_chars(d, n), n->len);
    buffer_say(out, "</time>");
}

static void write_node(const struct document *d, const struct node *n, struct buffer *out);

static void write_children(const struct document *d, const struct node *n, struct buffer *out)
{
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next)
        write_node(d, document_node(d, c), out);
}

static void write_element(const struct document *d, const struct node *n, const char *open,
                          const char *close, struct buffer *out)
{
    buffer_say(out, open);
    write_children(d, n, out);
    buffer_say(out, close);
}

static void write_heading(const struct document *d, const struct node *n, struct buffer *out)
{
    const char digit[] = { (char)('0' + n->level), '\0' };

    buffer_say(out, "<h");
    buffer_say(out, digit);
    buffer_say(out, ">");
    write_children(d, n, out);
    buffer_say(out, "</h");
    buffer_say(out, digit);
    buffer_say(out, ">\n");
}

/* A caption, a row of column heads, and the others. */
static void write_table(const struct document *d, const struct node *n, struct buffer *out)
{
    bool body = false;

    buffer_say(out, "<table>\n");
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next) {
        const struct node *child = document_node(d, c);
        bool head = child->kind == NODE_ROW && child->first != NODE_NONE &&
                    document_node(d, child->first)->kind == NODE_COLUMN_HEAD;
        if (head)
            buffer_say(out, "<thead>\n");
        else if (child->kind == NODE_ROW && !body)
            buffer_say(out, "<tbody>\n");
        body = body || (child->kind == NODE_ROW && !head);
        write_node(d, child, out);
        if (head)
            buffer_say(out, "</thead>\n");
    }
    buffer_say(out, body ? "</tbody>\n</table>\n" : "</table>\n");
}

static void write_node(const struct document *d, const struct node *n, struct buffer *out)
{
    switch (n->kind) {
    case NODE_DOCUMENT:
    case NODE_SECTION: /* Headings tell the order, also where a web site's editor takes it over. */
        write_children(d, n, out);
        break;
    case NODE_HEADING:
        write_heading(d, n, out);
        break;
    case NODE_PARAGRAPH:
        write_element(d, n, "<p>", "</p>\n", out);
        break;
    case NODE_LIST:
        write_element(d, n, "<ul>\n", "</ul>\n", out);
        break;
    case NODE_ITEM:
        write_element(d, n, "<li>", "</li>\n", out);
        break;
    case NODE_TERMS:
        write_element(d, n, "<dl>\n", "</dl>\n", out);
        break;
    case NODE_TERM:
        write_element(d, n, "<dt>", "</dt>", out);
        break;
    case NODE_DETAIL:
        write_element(d, n, "<dd>", "</dd>\n", out);
        break;
    case NODE_TABLE:
        write_table(d, n, out);
        break;
    case NODE_CAPTION:
        write_element(d, n, "<caption>", "</caption>\n", out);
        break;
    case NODE_ROW:
        write_element(d, n, "<tr>", "</tr>\n", out);
        break;
    case NODE_COLUMN_HEAD:
        write_element(d, n, "<th scope=\"col\">", "</th>", out);
        break;
    case NODE_ROW_HEAD:
        write_element(d, n, "<th scope=\"row\">", "</th>", out);
        break;
    case NODE_CELL:
        write_element(d, n, "<td>", "</td>", out);
        break;
    case NODE_TEXT:
        write_text(d, n, out);
        break;
    case NODE_DATE:
        write_date(d, n, out);
        break;
    case NODE_FIND:
        escaped(out, document_chars(d, n), n->len);
        break;
    case NODE_BREAK:
        buffer_say(out, "<br>");
        break;
    }
}

char *html_write(const struct document *d, size_t *ret_len)
{
    struct buffer out = { 0 }, title = { 0 };

    if (document_failed(d))
        return NULL;
    buffer_say(&out, "<!doctype html>\n<html lang=\"");
    buffer_say(&out, document_facts(d)->lang);
    buffer_say(&out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                     "content=\"width=device-width,initial-scale=1\">\n"
                     "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    document_title(d, &title);
    escaped(&out, title.at, title.len);
    out.failed = out.failed || title.failed;
    buffer_release(&title);
    buffer_say(&out, "</title>\n<style>");
    buffer_say(&out, style);
    buffer_say(&out, "</style>\n</head>\n<body>\n<main>\n");
    write_node(d, document_node(d, 0), &out);
    buffer_say(&out, "</main>\n</body>\n</html>\n");
    return buffer_take(&out, ret_len);
}
