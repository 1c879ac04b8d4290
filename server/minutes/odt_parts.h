/* odt_parts.h -- the parts of an OpenDocument text that are the same in every one, but for its
 * language; nobody else's business. */
#ifndef MINUTES_ODT_PARTS_H
#define MINUTES_ODT_PARTS_H

/* The first file of the archive, not compressed. */
#define ODT_TYPE "application/vnd.oasis.opendocument.text"

extern const char odt_manifest[];
extern const char odt_styles[]; /* "%LANG%" and "%COUNTRY%" stand for the language: "da", "DK". */

/* The namespaces of content.xml, as name and address in turn; ends with NULL. */
extern const char *const odt_namespaces[];

#endif
