/* docx_parts.h -- the parts of a Word document that are the same in every one, but for its language
 * ("da-DK"); nobody else's business. */
#ifndef MINUTES_DOCX_PARTS_H
#define MINUTES_DOCX_PARTS_H

#include "base/buffer.h"

struct docx_part {
    const char *name; /* In the archive: "word/styles.xml" */
    const char *xml;  /* In it each "%LANG%" stands for the language. */
};

/* Ends with a NULL name.  The first one must be the archive's first. */
extern const struct docx_part docx_parts[];

/* Writes a part with its language. */
void docx_part_write(const struct docx_part *part, const char *lang, struct buffer *out);

#endif
