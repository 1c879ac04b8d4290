#include "minutes/xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void told(struct xml *x, int result)
{
    x->failed = x->failed || result < 0;
}

void xml_open(struct xml *x)
{
    *x = (struct xml){ .bytes = xmlBufferCreate() };
    if (x->bytes)
        x->writer = xmlNewTextWriterMemory(x->bytes, 0);
    x->failed = !x->writer;
    if (!x->failed)
        told(x, xmlTextWriterStartDocument(x->writer, NULL, "UTF-8", "yes"));
}

bool xml_close(struct xml *x, struct buffer *out)
{
    if (!x->failed)
        told(x, xmlTextWriterEndDocument(x->writer));
    if (x->writer)
        xmlFreeTextWriter(x->writer); /* Now all of it is in `bytes`. */
    if (!x->failed)
        buffer_add(out, (const char *)xmlBufferContent(x->bytes),
                   (size_t)xmlBufferLength(x->bytes));
    if (x->bytes)
        xmlBufferFree(x->bytes);
    return !x->failed && !out->failed;
}

void xml_start(struct xml *x, const char *name)
{
    if (!x->failed)
        told(x, xmlTextWriterStartElement(x->writer, BAD_CAST name));
}

void xml_end(struct xml *x)
{
    if (!x->failed)
        told(x, xmlTextWriterEndElement(x->writer));
}

void xml_empty(struct xml *x, const char *name)
{
    xml_start(x, name);
    xml_end(x);
}

void xml_attribute(struct xml *x, const char *name, const char *value)
{
    if (!x->failed)
        told(x, xmlTextWriterWriteAttribute(x->writer, BAD_CAST name, BAD_CAST value));
}

void xml_number(struct xml *x, const char *name, int value)
{
    if (!x->failed)
        told(x, xmlTextWriterWriteFormatAttribute(x->writer, BAD_CAST name, "%d", value));
}

void xml_characters(struct xml *x, const char *bytes, size_t len)
{
    char *string = x->failed ? NULL : alloc_bytes(len + 1);

    if (!string) {
        x->failed = true;
        return;
    }
    memcpy(string, bytes, len);
    string[len] = '\0';
    told(x, xmlTextWriterWriteString(x->writer, BAD_CAST string));
    free(string);
}
