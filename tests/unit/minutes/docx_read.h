/* docx_read.h -- a Word document read back, for tests: its parts by libzip, and each by libxml2. */
#ifndef UNIT_MINUTES_DOCX_READ_H
#define UNIT_MINUTES_DOCX_READ_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/buffer.h"
#include "support/cmocka_all.h"

/* An archive in memory; closed with zip_discard, before the bytes are freed. */
static inline zip_t *docx_open(const char *bytes, size_t len)
{
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);

    assert_non_null(archive);
    return archive;
}

/* A part as a string that the caller frees. */
static inline char *docx_part(zip_t *archive, const char *name)
{
    zip_stat_t stat;

    if (zip_stat(archive, name, 0, &stat) != 0)
        fail_msg("there is no %s", name);
    char *bytes = calloc(stat.size + 1, 1);
    zip_file_t *file = zip_fopen(archive, name, 0);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    return bytes;
}

/* The same as a tree; fails the test where it is not well-formed. */
static inline xmlDocPtr docx_tree(zip_t *archive, const char *name)
{
    char *bytes = docx_part(archive, name);
    xmlDocPtr tree = xmlReadMemory(bytes, (int)strlen(bytes), name, NULL, XML_PARSE_NONET);

    if (!tree)
        fail_msg("%s is no XML", name);
    free(bytes);
    return tree;
}

/* Whether this is an element of that name, without its prefix. */
static inline bool is_element(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* Calls `each` for the node and all below it. */
static inline void docx_walk(xmlNode *n, void (*each)(xmlNode *n, void *context), void *context)
{
    each(n, context);
    for (xmlNode *child = n->children; child; child = child->next)
        docx_walk(child, each, context);
}

static inline void docx_add_text(xmlNode *n, void *text)
{
    if (is_element(n, "t") && n->children)
        buffer_say(text, (const char *)n->children->content);
    else if (is_element(n, "br"))
        buffer_say(text, " ");
}

/* All that is read in a tree or below a node of it: a new line is a blank.  The caller frees it. */
static inline char *docx_text(xmlNode *n)
{
    struct buffer text = { 0 };
    size_t len;

    docx_walk(n, docx_add_text, &text);
    return buffer_take(&text, &len);
}

#endif
