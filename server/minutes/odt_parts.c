#include "minutes/odt_parts.h"

#include <stddef.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define OASIS       "urn:oasis:names:tc:opendocument:xmlns:"
#define COMPATIBLE  OASIS "xsl-fo-compatible:1.0"
#define INK         "#1d2b33"
#define SOFT        "#55646d"
#define LINE        "0.5pt solid #dcd8cf"

/* clang-format off */
const char odt_manifest[] = DECLARATION
    "<manifest:manifest xmlns:manifest=\"" OASIS "manifest:1.0\" manifest:version=\"1.2\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"" ODT_TYPE "\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>";

const char *const odt_namespaces[] = {
    "xmlns:office", OASIS "office:1.0",
    "xmlns:style",  OASIS "style:1.0",
    "xmlns:text",   OASIS "text:1.0",
    "xmlns:table",  OASIS "table:1.0",
    "xmlns:fo",     COMPATIBLE,
    NULL,
};

#define PARAGRAPH(name, shown, parent, look, letters)                                              \
    "<style:style style:family=\"paragraph\" style:name=\"" name "\" style:display-name=\"" shown "\" " \
    "style:parent-style-name=\"" parent "\"><style:paragraph-properties " look "/>"                \
    "<style:text-properties " letters "/></style:style>"

#define HEADING(name, shown, level, above, size)                                                   \
    "<style:style style:family=\"paragraph\" style:name=\"" name "\" style:display-name=\"" shown "\" " \
    "style:parent-style-name=\"Standard\" style:next-style-name=\"Standard\" "                      \
    "style:default-outline-level=\"" level "\"><style:paragraph-properties fo:keep-with-next=\"always\" " \
    "fo:margin-top=\"" above "\" fo:margin-bottom=\"3pt\"/>"                                       \
    "<style:text-properties fo:font-weight=\"bold\" fo:font-size=\"" size "\"/></style:style>"

#define LETTERS(name, shown, look)                                                                 \
    "<style:style style:family=\"text\" style:name=\"" name "\" style:display-name=\"" shown "\">" \
    "<style:text-properties " look "/></style:style>"

const char odt_styles[] = DECLARATION
    "<office:document-styles office:version=\"1.2\" xmlns:office=\"" OASIS "office:1.0\" "
    "xmlns:style=\"" OASIS "style:1.0\" xmlns:text=\"" OASIS "text:1.0\" xmlns:table=\"" OASIS "table:1.0\" "
    "xmlns:fo=\"" COMPATIBLE "\" xmlns:svg=\"" OASIS "svg-compatible:1.0\">"
    "<office:font-face-decls><style:font-face style:name=\"Text\" svg:font-family=\"Carlito, Calibri, sans-serif\" "
    "style:font-family-generic=\"swiss\"/></office:font-face-decls>"
    "<office:styles><style:default-style style:family=\"paragraph\">"
    "<style:paragraph-properties fo:margin-bottom=\"5pt\" fo:line-height=\"115%\" fo:orphans=\"2\" fo:widows=\"2\"/>"
    "<style:text-properties style:font-name=\"Text\" fo:font-size=\"11pt\" fo:color=\"" INK "\" "
    "fo:language=\"%LANG%\" fo:country=\"%COUNTRY%\"/></style:default-style>"
    "<style:style style:family=\"paragraph\" style:name=\"Standard\" style:class=\"text\"/>"
    "<style:style style:family=\"paragraph\" style:name=\"Title\" style:parent-style-name=\"Standard\" "
    "style:next-style-name=\"Standard\" style:class=\"chapter\"><style:paragraph-properties "
    "fo:keep-with-next=\"always\" fo:margin-bottom=\"3pt\" fo:line-height=\"100%\"/>"
    "<style:text-properties fo:font-weight=\"bold\" fo:font-size=\"22pt\"/></style:style>"
    HEADING("Heading_20_1", "Heading 1", "1", "18pt", "15pt")
    HEADING("Heading_20_2", "Heading 2", "2", "12pt", "12.5pt")
    HEADING("Heading_20_3", "Heading 3", "3", "8pt", "11pt")
    PARAGRAPH("List", "List", "Standard", "fo:margin-bottom=\"3pt\"", "")
    PARAGRAPH("Lead", "Lead", "Standard", "fo:keep-with-next=\"always\"", "")
    PARAGRAPH("Caption", "Caption", "Standard",
              "fo:keep-with-next=\"always\" fo:margin-top=\"4pt\" fo:margin-bottom=\"3pt\"", "fo:color=\"" SOFT "\"")
    "<style:style style:family=\"paragraph\" style:name=\"Terms\" style:parent-style-name=\"Standard\">"
    "<style:paragraph-properties fo:margin-left=\"3.5cm\" fo:text-indent=\"-3.5cm\" fo:margin-bottom=\"2pt\">"
    "<style:tab-stops><style:tab-stop style:position=\"0cm\"/></style:tab-stops>"
    "</style:paragraph-properties></style:style>"
    PARAGRAPH("Table_20_Contents", "Table Contents", "Standard", "fo:margin-top=\"2pt\" fo:margin-bottom=\"2pt\"", "")
    PARAGRAPH("Table_20_Heading", "Table Heading", "Table_20_Contents", "fo:keep-with-next=\"always\"",
              "fo:font-weight=\"bold\" fo:color=\"" SOFT "\"")
    PARAGRAPH("Row_20_Heading", "Row Heading", "Table_20_Contents", "", "fo:font-weight=\"bold\"")
    PARAGRAPH("Footer", "Footer", "Standard", "fo:text-align=\"end\" fo:margin-bottom=\"0pt\"",
              "fo:font-size=\"9pt\" fo:color=\"" SOFT "\"")
    LETTERS("Strong_20_Emphasis", "Strong Emphasis", "fo:font-weight=\"bold\"")
    LETTERS("Soft", "Soft", "fo:color=\"" SOFT "\"")
    LETTERS("Emphasis", "Emphasis", "fo:font-style=\"italic\" fo:color=\"#6b4700\"")
    "<style:style style:family=\"table\" style:name=\"Minutes\"><style:table-properties "
    "table:align=\"margins\" fo:margin-bottom=\"8pt\"/></style:style>"
    "<style:style style:family=\"table-row\" style:name=\"Row\"><style:table-row-properties "
    "fo:keep-together=\"always\"/></style:style>"
    "<style:style style:family=\"table-cell\" style:name=\"Cell\"><style:table-cell-properties "
    "fo:padding=\"1.5mm\" fo:border-top=\"" LINE "\" fo:border-bottom=\"" LINE "\" fo:border-left=\"none\" "
    "fo:border-right=\"none\"/></style:style>"
    "<text:list-style style:name=\"Dots\"><text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"•\">"
    "<style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">"
    "<style:list-level-label-alignment text:label-followed-by=\"listtab\" fo:text-indent=\"-0.5cm\" "
    "fo:margin-left=\"0.7cm\" text:list-tab-stop-position=\"0.7cm\"/></style:list-level-properties>"
    "</text:list-level-style-bullet></text:list-style></office:styles>"
    "<office:automatic-styles><style:page-layout style:name=\"A4\"><style:page-layout-properties "
    "fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" fo:margin=\"2cm\"/><style:footer-style>"
    "<style:header-footer-properties fo:min-height=\"0.6cm\"/></style:footer-style></style:page-layout>"
    "</office:automatic-styles><office:master-styles>"
    "<style:master-page style:name=\"Standard\" style:page-layout-name=\"A4\"><style:footer>"
    "<text:p text:style-name=\"Footer\"><text:page-number text:select-page=\"current\">1</text:page-number></text:p>"
    "</style:footer></style:master-page></office:master-styles></office:document-styles>";
/* clang-format on */
