/* What people type: a text, a table, a code.  What was cleaned stays as it is when cleaned again.
 */
#include <string.h>

#include "base/chief.h"
#include "base/clean.h"
#include "base/code.h"
#include "fuzz/fuzz.h"
#include "minutes/sheet.h"

static void cleaned_once_for_all(const char *bytes, size_t len)
{
    for (enum clean form = CLEAN_LINE; form <= CLEAN_TABLE; form++) {
        struct text *once = text_clean(bytes, len, form);
        HOLDS(once && text_valid(once->bytes, once->len));
        struct text *twice = text_clean(once->bytes, once->len, form);
        HOLDS(text_same(once, twice));
        HOLDS(form != CLEAN_LINE || !memchr(once->bytes, '\n', once->len));
        text_unref(once);
        text_unref(twice);
    }
}

static void is_a_rectangle(const char *bytes, size_t len)
{
    struct text *text = text_new(bytes, len);
    struct sheet s;

    if (sheet_read(text, &s)) {
        HOLDS(s.label >= SHEET_NO_LABEL && s.label < (int)s.csv.columns + 1);
        HOLDS(sheet_rows(&s) <= s.csv.rows);
        for (size_t r = 0; r < s.csv.rows; r++)
            for (size_t c = 0; c < s.csv.columns; c++) {
                size_t n;
                const char *cell = csv_cell(&s.csv, r, c, &n);
                HOLDS(n == 0 || text_valid(cell, n));
            }
    }
    sheet_release(&s);
    text_unref(text);
}

static void codes_read_themselves(const char *bytes, size_t len)
{
    char code[CODE_CHARS + 1], again[CODE_CHARS + 1];
    char chief[CHIEF_CODE_CHARS + 1], chief_again[CHIEF_CODE_CHARS + 1];

    if (code_read(bytes, len, code)) {
        HOLDS(strlen(code) == CODE_CHARS && code[4] == '-');
        HOLDS(code_read(code, strlen(code), again) && strcmp(code, again) == 0);
    }
    if (chief_code_read(bytes, len, chief)) {
        HOLDS(strlen(chief) == CHIEF_CODE_CHARS);
        HOLDS(chief_code_read(chief, strlen(chief), chief_again));
        HOLDS(strcmp(chief, chief_again) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *chars = (const char *)bytes;

    codes_read_themselves(chars, len);
    if (!text_valid(chars, len))
        return 0;
    cleaned_once_for_all(chars, len);
    is_a_rectangle(chars, len);
    return 0;
}
