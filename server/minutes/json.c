#include "minutes/json.h"

#include <jansson.h>
#include <string.h>

static const char *const kinds[] = {
    [NODE_SECTION] = "section",   [NODE_HEADING] = "heading", [NODE_PARAGRAPH] = "paragraph",
    [NODE_LIST] = "list",         [NODE_ITEM] = "item",       [NODE_TERMS] = "terms",
    [NODE_TERM] = "term",         [NODE_DETAIL] = "detail",   [NODE_TABLE] = "table",
    [NODE_CAPTION] = "caption",   [NODE_ROW] = "row",         [NODE_COLUMN_HEAD] = "column_head",
    [NODE_ROW_HEAD] = "row_head", [NODE_CELL] = "cell",       [NODE_TEXT] = "text",
    [NODE_DATE] = "date",         [NODE_BREAK] = "break",     [NODE_FIND] = "find",
};

static const char *const marks[] = {
    [MARK_STRONG] = "strong", [MARK_SOFT] = "soft", [MARK_AUTHOR] = "author",
    [MARK_QUOTE] = "quote",   [MARK_OPEN] = "open",
};

/* Takes `value` over; false where there is none, or no memory for it. */
static bool set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new_nocheck(object, key, value) == 0;
}

static json_t *children_of(const struct document *d, const struct node *n);

/* Something that was found: what it is, what is the same, and what becomes of it. */
static bool fill_find(json_t *made, const struct document *d, const struct node *n)
{
    return set(made, "kind", json_string(n->about)) &&
           set(made, "text", json_stringn(document_chars(d, n), n->len)) &&
           set(made, "key", json_stringn(document_id(d, n), n->id_len)) &&
           set(made, "instead", json_stringn(document_instead(d, n), n->other_len)) &&
           set(made, "kept", json_boolean(n->kept)) &&
           set(made, "decided", json_boolean(n->decided));
}

/* What goes with its kind; false when memory is exhausted. */
static bool fill(json_t *made, const struct document *d, const struct node *n)
{
    if (!set(made, "is", json_string(kinds[n->kind])))
        return false;
    if (n->kind == NODE_HEADING && !set(made, "level", json_integer(n->level)))
        return false;
    if (n->kind == NODE_FIND)
        return fill_find(made, d, n);
    if (n->out && !set(made, "out", json_true()))
        return false;
    if (n->about && (!set(made, "about", json_string(n->about)) ||
                     !set(made, "id", json_stringn(document_id(d, n), n->id_len))))
        return false;
    switch (n->kind) {
    case NODE_TEXT:
        return set(made, "mark", json_string(marks[n->mark])) &&
               set(made, "text", json_stringn(document_chars(d, n), n->len));
    case NODE_DATE:
        return set(made, "day", json_stringn(document_id(d, n), n->id_len)) &&
               set(made, "text", json_stringn(document_chars(d, n), n->len));
    case NODE_BREAK:
    case NODE_FIND:
        return true;
    case NODE_DOCUMENT:
    case NODE_SECTION:
    case NODE_HEADING:
    case NODE_PARAGRAPH:
    case NODE_LIST:
    case NODE_ITEM:
    case NODE_TERMS:
    case NODE_TERM:
    case NODE_DETAIL:
    case NODE_TABLE:
    case NODE_CAPTION:
    case NODE_ROW:
    case NODE_COLUMN_HEAD:
    case NODE_ROW_HEAD:
    case NODE_CELL:
        break;
    }
    return set(made, "of", children_of(d, n));
}

/* Text without a mark is a string, all else an object. */
static json_t *value_of(const struct document *d, const struct node *n)
{
    if (n->kind == NODE_TEXT && n->mark == MARK_NONE)
        return json_stringn(document_chars(d, n), n->len);
    json_t *made = json_object();
    if (made && !fill(made, d, n)) {
        json_decref(made);
        return NULL;
    }
    return made;
}

static json_t *children_of(const struct document *d, const struct node *n)
{
    json_t *list = json_array();

    for (uint32_t c = n->first; list && c != NODE_NONE; c = document_node(d, c)->next) {
        if (json_array_append_new(list, value_of(d, document_node(d, c))) == 0)
            continue;
        json_decref(list);
        list = NULL;
    }
    return list;
}

char *json_write(const struct document *d, size_t *ret_len)
{
    const struct document_facts *facts = document_facts(d);
    json_t *root = json_object();

    if (document_failed(d)) {
        json_decref(root);
        return NULL;
    }
    char *bytes = root && set(root, "version", json_integer(1)) &&
                          set(root, "lang", json_string(facts->lang)) &&
                          set(root, "meeting", json_string(facts->code)) &&
                          set(root, "edition", json_string(facts->edition)) &&
                          set(root, "state", json_string(facts->state)) &&
                          set(root, "of", children_of(d, document_node(d, 0)))
                      ? json_dumps(root, JSON_COMPACT)
                      : NULL;
    json_decref(root);
    if (bytes)
        *ret_len = strlen(bytes);
    return bytes;
}
