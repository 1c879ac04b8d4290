/* xml.h -- XML written element by element, by libxml2.
 *
 * Once memory is exhausted nothing more is written, and only xml_close says so.
 */
#ifndef MINUTES_XML_H
#define MINUTES_XML_H

#include <libxml/xmlwriter.h>
#include <stdbool.h>

#include "base/buffer.h"

struct xml {
    xmlBufferPtr bytes;
    xmlTextWriterPtr writer;
    bool failed;
};

/* Begins a file: its declaration.  xml_close must follow. */
void xml_open(struct xml *x);

/* Ends the file and adds it to `out`; false when memory was exhausted. */
bool xml_close(struct xml *x, struct buffer *out);

void xml_start(struct xml *x, const char *name);
void xml_end(struct xml *x);
void xml_empty(struct xml *x, const char *name);

/* Of the element that was just begun; the value is escaped. */
void xml_attribute(struct xml *x, const char *name, const char *value);
void xml_number(struct xml *x, const char *name, int value);

/* Text, escaped: `len` bytes of UTF-8 without what XML has no place for (base/clean.h). */
void xml_characters(struct xml *x, const char *bytes, size_t len);

#endif
