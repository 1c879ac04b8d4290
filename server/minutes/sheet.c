#include "minutes/sheet.h"

#include <string.h>
#include <strings.h>

/* A cell is never changed by being read: whether it is one number and nothing else tells figures
 * from names, and where the heads are.  "<5", "02" and "0751001" are no numbers. */

/* What is left of a cell to read. */
struct rest {
    const char *at;
    size_t len;
};

/* Longer than any number that is meant as one; with more digits than these it is a name. */
enum { NUMBER_MAX = 40, DIGITS_MAX = 15 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(struct rest r)
{
    size_t n = 0;

    while (n < r.len && is_digit(r.at[n]))
        n++;
    return n;
}

static void skip(struct rest *r, size_t len)
{
    r->at += len;
    r->len -= len;
}

/* Takes one of these words, of capitals or not, off the beginning. */
static bool take(struct rest *r, const char *const *words)
{
    for (; *words; words++) {
        size_t len = strlen(*words);
        if (r->len >= len && strncasecmp(r->at, *words, len) == 0) {
            skip(r, len);
            return true;
        }
    }
    return false;
}

/* Takes one blank, of any width. */
static bool take_blank(struct rest *r)
{
    size_t len = r->len > 0 ? csv_blanks(r->at, r->len) : 0;

    for (size_t one = 1; one <= len; one++) {
        if (csv_blanks(r->at, one) == one) {
            skip(r, one);
            return true;
        }
    }
    return false;
}

static const char *const money[] = { "kr.", "kr", "DKK", "€", "EUR", NULL };
static const char *const shares[] = { "%", "‰", NULL };
static const char *const signs[] = { "+", "-", "−", "–", NULL };

/* What stands behind the whole number: decimals, and what it counts.  `between` is what its digits
 * are grouped by, and marks no decimals then. */
static bool ends_well(struct rest r, bool whole, const char *between, size_t between_len,
                      size_t digits, bool money_before)
{
    size_t decimals = 0;

    if (r.len > 1 && (r.at[0] == '.' || r.at[0] == ',') && is_digit(r.at[1])) {
        bool same = between_len == 1 && *between == r.at[0];
        skip(&r, 1);
        decimals = digits_at(r);
        skip(&r, decimals);
        if (same)
            return false;
    }
    take_blank(&r);
    bool counts = take(&r, shares) || take(&r, money);
    return r.len == 0 && (whole || decimals > 0) && digits + decimals <= DIGITS_MAX &&
           !(money_before && counts);
}

/* How many bytes the mark between groups of three takes at the beginning, or 0. */
static size_t between_at(struct rest r)
{
    static const char *const marks[] = { ".", ",", "'", "’", NULL };
    struct rest after = r;

    return r.len > 0 && (take(&after, marks) || take_blank(&after)) ? r.len - after.len : 0;
}

/* Digits grouped by three, by the same mark throughout. */
static bool is_grouped(struct rest r, bool money_before)
{
    size_t first = digits_at(r), digits = first;
    struct rest mark = r;

    if (first < 1 || first > 3 || r.at[0] == '0')
        return false;
    skip(&r, first);
    size_t len = between_at(r);
    mark = r;
    while (len > 0 && r.len >= len + 3 && memcmp(r.at, mark.at, len) == 0) {
        struct rest group = { r.at + len, 3 };
        if (digits_at(group) != 3)
            break;
        skip(&r, len + 3);
        digits += 3;
        if (ends_well(r, true, mark.at, len, digits, money_before))
            return true;
    }
    return false;
}

/* Whether the whole cell is one number: as NUMBER in web/shared/number.js. */
static bool is_number(struct rest r)
{
    if (text_points(r.at, r.len) > NUMBER_MAX)
        return false;
    bool money_before = take(&r, money);
    if (money_before)
        take_blank(&r);
    if (take(&r, signs))
        take_blank(&r);
    if (is_grouped(r, money_before))
        return true;
    size_t digits = digits_at(r);
    if (digits > 1 && r.at[0] == '0')
        return false;
    skip(&r, digits);
    return ends_well(r, digits > 0, "", 0, digits, money_before);
}

static bool is_year(struct rest r)
{
    return r.len == 4 && digits_at(r) == 4 &&
           (memcmp(r.at, "19", 2) == 0 || memcmp(r.at, "20", 2) == 0);
}

/* A number that is kept back, as schools do with groups of a few: "<5". */
static bool is_bound(struct rest r)
{
    static const char *const bounds[] = { "<", ">", "≤", "≥", NULL };
    static const char *const percent[] = { "%", NULL };

    if (!take(&r, bounds))
        return false;
    skip(&r, csv_blanks(r.at, r.len));
    size_t digits = digits_at(r);
    skip(&r, digits);
    if (digits > 0 && r.len > 1 && (*r.at == '.' || *r.at == ',') && is_digit(r.at[1])) {
        skip(&r, 1);
        skip(&r, digits_at(r));
    }
    skip(&r, csv_blanks(r.at, r.len));
    take(&r, percent);
    return digits > 0 && r.len == 0;
}

/* What stands in a column of numbers where there is none. */
static bool is_none(struct rest r)
{
    static const char *const nones[] = {
        "n/a", "...", "..", "-", "–", "—", ".", ":", "*", "…", NULL
    };

    return r.len == 0 || (take(&r, nones) && r.len == 0);
}

static struct rest cell(const struct csv *c, size_t row, size_t column)
{
    struct rest r;

    r.at = csv_cell(c, row, column, &r.len);
    return r;
}

static bool numbers_below(const struct csv *c, size_t column)
{
    for (size_t r = 1; r < c->rows; r++)
        if (is_number(cell(c, r, column)))
            return true;
    return false;
}

/* The first row is a head where it holds no number, or only years, over a column of numbers; in a
 * table of words, always. */
static bool has_head(const struct csv *c)
{
    bool any_number = false, over_numbers = false, all_named = true;

    if (c->rows < 2)
        return false;
    for (size_t i = 0; i < c->columns; i++) {
        struct rest first = cell(c, 0, i);
        bool number = is_number(first), below = numbers_below(c, i);
        if ((number && !is_year(first)) || is_bound(first))
            return false;
        any_number = any_number || number || below;
        over_numbers = over_numbers || (first.len > 0 && below);
        all_named = all_named && first.len > 0;
    }
    return any_number ? over_numbers : c->rows > 2 && all_named;
}

static bool is_numeric(const struct sheet *s, size_t column)
{
    bool any = false;

    for (size_t r = s->headed; r < s->csv.rows; r++) {
        struct rest each = cell(&s->csv, r, column);
        bool number = is_number(each);
        if (!number && !is_none(each) && !is_bound(each))
            return false;
        any = any || number;
    }
    return any;
}

static bool is_years(const struct sheet *s, size_t column)
{
    for (size_t r = s->headed; r < s->csv.rows; r++)
        if (!is_year(cell(&s->csv, r, column)))
            return false;
    return true;
}

/* Years down the first column name the rows; so does whatever is no number. */
static int label_of(const struct sheet *s)
{
    for (size_t i = 0; i < s->csv.columns; i++)
        if (!is_numeric(s, i) || (i == 0 && s->csv.columns > 1 && is_years(s, i)))
            return (int)i;
    return SHEET_NO_LABEL;
}

bool sheet_read(const struct text *text, struct sheet *ret_sheet)
{
    *ret_sheet = (struct sheet){ .label = SHEET_NO_LABEL };
    if (!csv_read(text, &ret_sheet->csv))
        return false;
    ret_sheet->headed = has_head(&ret_sheet->csv);
    ret_sheet->label = ret_sheet->csv.rows > 0 ? label_of(ret_sheet) : SHEET_NO_LABEL;
    return true;
}

void sheet_release(struct sheet *s)
{
    csv_release(&s->csv);
}

size_t sheet_rows(const struct sheet *s)
{
    return s->csv.rows - s->headed;
}
