#include "minutes/docx_parts.h"

#include <string.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS     "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define PACKAGE     "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE      "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define CONTENT     "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define INK         "1D2B33"
#define SOFT        "55646D"
#define LINE        "DCD8CF"

/* clang-format off */
#define OVERRIDE(part, type) "<Override PartName=\"" part "\" ContentType=\"" type "\"/>"
#define RELATION(id, type, target) \
    "<Relationship Id=\"" id "\" Type=\"" type "\" Target=\"" target "\"/>"

static const char content_types[] = DECLARATION
    "<Types xmlns=\"" PACKAGE "content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    OVERRIDE("/word/document.xml", CONTENT "document.main+xml")
    OVERRIDE("/word/styles.xml", CONTENT "styles+xml")
    OVERRIDE("/word/numbering.xml", CONTENT "numbering+xml")
    OVERRIDE("/word/settings.xml", CONTENT "settings+xml")
    OVERRIDE("/word/footer1.xml", CONTENT "footer+xml")
    OVERRIDE("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
    OVERRIDE("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")
    "</Types>";

static const char package_relations[] = DECLARATION
    "<Relationships xmlns=\"" PACKAGE "relationships\">"
    RELATION("rId1", OFFICE "/officeDocument", "word/document.xml")
    RELATION("rId2", PACKAGE "relationships/metadata/core-properties", "docProps/core.xml")
    RELATION("rId3", OFFICE "/extended-properties", "docProps/app.xml")
    "</Relationships>";

static const char document_relations[] = DECLARATION
    "<Relationships xmlns=\"" PACKAGE "relationships\">"
    RELATION("rId1", OFFICE "/styles", "styles.xml")
    RELATION("rId2", OFFICE "/numbering", "numbering.xml")
    RELATION("rId3", OFFICE "/settings", "settings.xml")
    RELATION("rId4", OFFICE "/footer", "footer1.xml")
    "</Relationships>";

static const char application[] = DECLARATION
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
    "<Application>Runde</Application></Properties>";

static const char settings[] = DECLARATION
    "<w:settings " WORD_NS "><w:defaultTabStop w:val=\"567\"/>"
    "<w:characterSpacingControl w:val=\"doNotCompress\"/>"
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
    "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
    "<w:themeFontLang w:val=\"%LANG%\"/></w:settings>";

/* One level of dots, which the style of a list's items asks for. */
static const char numbering[] = DECLARATION
    "<w:numbering " WORD_NS "><w:abstractNum w:abstractNumId=\"0\">"
    "<w:multiLevelType w:val=\"hybridMultilevel\"/>"
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>"
    "<w:pStyle w:val=\"ListBullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/>"
    "<w:pPr><w:ind w:left=\"397\" w:hanging=\"284\"/></w:pPr></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

#define HEADING(id, name, level, before, size)                                                     \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>"              \
    "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"9\"/><w:qFormat/>" \
    "<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"" before "\" w:after=\"60\"/>"        \
    "<w:outlineLvl w:val=\"" level "\"/></w:pPr>"                                                  \
    "<w:rPr><w:b/><w:bCs/><w:sz w:val=\"" size "\"/><w:szCs w:val=\"" size "\"/></w:rPr></w:style>"

#define CHARACTERS(id, name, look)                                                                 \
    "<w:style w:type=\"character\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>"              \
    "<w:basedOn w:val=\"DefaultParagraphFont\"/><w:qFormat/><w:rPr>" look "</w:rPr></w:style>"

static const char styles[] = DECLARATION
    "<w:styles " WORD_NS "><w:docDefaults><w:rPrDefault><w:rPr>"
    "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/>"
    "<w:color w:val=\"" INK "\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"
    "<w:lang w:val=\"%LANG%\" w:eastAsia=\"%LANG%\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr><w:spacing w:after=\"100\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr>"
    "</w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
    "<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
    "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
    "<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>"
    "<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>"
    "<w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:next w:val=\"Normal\"/><w:uiPriority w:val=\"10\"/><w:qFormat/>"
    "<w:pPr><w:keepNext/><w:spacing w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>"
    "<w:rPr><w:b/><w:bCs/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr></w:style>"
    HEADING("Heading1", "heading 1", "0", "360", "30")
    HEADING("Heading2", "heading 2", "1", "240", "25")
    HEADING("Heading3", "heading 3", "2", "160", "22")
    "<w:style w:type=\"paragraph\" w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"10\"/><w:qFormat/>"
    "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Caption\"><w:name w:val=\"caption\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:next w:val=\"Normal\"/><w:uiPriority w:val=\"35\"/><w:qFormat/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"80\" w:after=\"60\"/></w:pPr>"
    "<w:rPr><w:color w:val=\"" SOFT "\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Lead\"><w:name w:val=\"Lead\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Terms\"><w:name w:val=\"Terms\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:qFormat/>"
    "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"1985\"/></w:tabs><w:spacing w:after=\"40\"/>"
    "<w:ind w:left=\"1985\" w:hanging=\"1985\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"TableText\"><w:name w:val=\"Table Text\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:before=\"40\" w:after=\"40\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:after=\"0\"/><w:jc w:val=\"right\"/></w:pPr>"
    "<w:rPr><w:color w:val=\"" SOFT "\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style>"
    CHARACTERS("Strong", "Strong", "<w:b/><w:bCs/>")
    CHARACTERS("SubtleEmphasis", "Subtle Emphasis", "<w:color w:val=\"" SOFT "\"/>")
    CHARACTERS("Emphasis", "Emphasis", "<w:i/><w:iCs/><w:color w:val=\"6B4700\"/>")
    "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"MinutesTable\"><w:name w:val=\"Minutes Table\"/>"
    "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
    "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"" LINE "\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"" LINE "\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"" LINE "\"/></w:tblBorders></w:tblPr>"
    "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/><w:color w:val=\"" SOFT "\"/></w:rPr></w:tblStylePr>"
    "<w:tblStylePr w:type=\"firstCol\"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>"
    "</w:styles>";

const struct docx_part docx_parts[] = {
    { "[Content_Types].xml",          content_types },
    { "_rels/.rels",                  package_relations },
    { "word/_rels/document.xml.rels", document_relations },
    { "word/styles.xml",              styles },
    { "word/numbering.xml",           numbering },
    { "word/settings.xml",            settings },
    { "docProps/app.xml",             application },
    { 0 },
};
/* clang-format on */

void docx_part_write(const struct docx_part *part, const char *lang, struct buffer *out)
{
    static const char mark[] = "%LANG%";
    const char *from = part->xml;

    for (const char *at = strstr(from, mark); at; at = strstr(from, mark)) {
        buffer_add(out, from, (size_t)(at - from));
        buffer_say(out, lang);
        from = at + strlen(mark);
    }
    buffer_say(out, from);
}
