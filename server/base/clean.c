/* clean.c -- in three steps: what has no place goes, the rest is put in normal form C, and then
 * blanks and marks are counted.
 *
 * The first step decides by letters and neighbours that the later two leave alone, and the last
 * takes away what no composition waits for: so a second run finds nothing to do.
 */
#include "base/clean.h"

#include <assert.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/buffer.h"

/* Below this point every text is in normal form C. */
static const int32_t first_mark = 0x300;

static const int32_t joiner = 0x200D, non_joiner = 0x200C, keycap = 0x20E3;

enum sort { SORT_DROP, SORT_BLANK, SORT_LINE, SORT_MARK, SORT_KEEP };

struct step {
    enum clean clean;
    struct buffer kept;
    int32_t letter; /* What marks and joiners rest on; 0 after a blank. */
    int32_t last;   /* The point before, where it was kept on this line. */
    bool composes;  /* Some point may have another in normal form C. */
};

static bool within(int32_t point, int32_t first, int32_t last)
{
    return point >= first && point <= last;
}

static bool is_picture(int32_t point)
{
    return utf8proc_get_property(point)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(int32_t point)
{
    return within(point, 0x1F3FB, 0x1F3FF);
}

static bool is_joiner(int32_t point)
{
    return point == joiner || point == non_joiner;
}

static bool is_selector(int32_t point)
{
    return within(point, 0xFE00, 0xFE0F) || within(point, 0xE0100, 0xE01EF) ||
           within(point, 0x180B, 0x180D) || point == 0x180F;
}

static bool is_mark(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

/* The five blocks of marks that belong to no script and go with any letter. */
static bool is_accent(int32_t mark)
{
    return within(mark, 0x300, 0x36F) || within(mark, 0x1AB0, 0x1AFF) ||
           within(mark, 0x1DC0, 0x1DFF) || within(mark, 0x20D0, 0x20FF) ||
           within(mark, 0xFE20, 0xFE2F);
}

/* Whether the script is written with joiners: Arabic and its like, those of India, Burmese, Khmer
 * and Mongolian (Unicode 15, 23.2). */
static bool joins(int32_t letter)
{
    return within(letter, 0x600, 0x8FF) || within(letter, 0x900, 0xDFF) ||
           within(letter, 0x1000, 0x109F) || within(letter, 0x1780, 0x18AF);
}

static bool is_han(int32_t point)
{
    return within(point, 0x3400, 0x9FFF) || within(point, 0xF900, 0xFAFF) ||
           within(point, 0x20000, 0x3FFFF);
}

static bool may_join(const struct step *s, int32_t point, int32_t next)
{
    if (is_joiner(s->last))
        return false;
    return joins(s->letter) || (point == joiner && is_picture(s->letter) && is_picture(next));
}

static bool may_select(const struct step *s, int32_t point, int32_t next)
{
    if (within(point, 0xFE0E, 0xFE0F))
        return is_picture(s->last) ||
               (next == keycap && (within(s->last, '0', '9') || s->last == '#' || s->last == '*'));
    return within(point, 0x180B, 0x180F) ? within(s->last, 0x1820, 0x18AA) : is_han(s->last);
}

static enum sort sort_of(int32_t point)
{
    const utf8proc_property_t *p = utf8proc_get_property(point);

    if (point == '\t' || point == 0x2800) /* Braille's blank is drawn as nothing. */
        return SORT_BLANK;
    if (within(point, '\n', '\r') || point == 0x85)
        return SORT_LINE;
    if (p->ignorable || within(point, 0xFDD0, 0xFDEF) || (point & 0xFFFE) == 0xFFFE ||
        point == 0xFFFC) /* A picture that was not pasted with the text. */
        return SORT_DROP;
    switch (p->category) {
    case UTF8PROC_CATEGORY_ZS:
        return SORT_BLANK;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return SORT_LINE;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
        return SORT_DROP;
    case UTF8PROC_CATEGORY_CF: /* Some of Arabic's can be seen. */
        return p->boundclass == UTF8PROC_BOUNDCLASS_PREPEND ? SORT_KEEP : SORT_DROP;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return SORT_MARK;
    }
    return SORT_KEEP;
}

static void keep(struct step *s, int32_t point)
{
    utf8proc_uint8_t bytes[4];

    buffer_add(&s->kept, (const char *)bytes, (size_t)utf8proc_encode_char(point, bytes));
    s->composes |= point >= first_mark;
    s->last = point;
}

static void keep_blank(struct step *s, int32_t point)
{
    keep(s, point);
    s->letter = s->last = 0;
}

static void take(struct step *s, int32_t point, int32_t next)
{
    enum sort sort = sort_of(point);

    if (is_joiner(point) || is_selector(point)) {
        if (is_joiner(point) ? may_join(s, point, next) : may_select(s, point, next))
            keep(s, point);
        return;
    }
    switch (sort) {
    case SORT_DROP:
        return;
    case SORT_BLANK:
        keep_blank(s, s->clean == CLEAN_TABLE ? point : ' ');
        return;
    case SORT_LINE:
        if (point != '\r' || next != '\n')
            keep_blank(s, s->clean == CLEAN_LINE ? ' ' : '\n');
        return;
    case SORT_MARK:
        break;
    case SORT_KEEP:
        if (!is_skin_tone(point))
            s->letter = point;
        break;
    }
    keep(s, point);
}

/* The first step: from `bytes` to `s->kept`. */
static void sift(struct step *s, const char *bytes, size_t len)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes;
    int32_t point = 0, next = 0;

    for (size_t i = 0; i < len; point = next) {
        utf8proc_ssize_t taken = utf8proc_iterate(at + i, (utf8proc_ssize_t)(len - i), &next);
        assert(taken > 0);
        i += (size_t)taken;
        if (point)
            take(s, point, next);
    }
    if (point)
        take(s, point, 0);
}

/* The second: the points of what was kept, in normal form C.  NULL when memory is exhausted. */
static int32_t *compose(const struct step *s, size_t *ret_count)
{
    utf8proc_option_t form = s->composes ? UTF8PROC_STABLE | UTF8PROC_COMPOSE : 0;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s->kept.at;
    utf8proc_ssize_t len = (utf8proc_ssize_t)s->kept.len;
    utf8proc_ssize_t room = len ? utf8proc_decompose(bytes, len, NULL, 0, form) : 0;
    int32_t *points = alloc_many((size_t)room + 1, sizeof(*points));

    if (!points)
        return NULL;
    if (room > 0)
        utf8proc_decompose(bytes, len, points, room, form);
    *ret_count = (size_t)utf8proc_normalize_utf32(points, room, form);
    return points;
}

/* What one letter carries. */
struct carried {
    size_t marks, accents;
    bool full; /* Nothing, or not more. */
};

/* Whether the letter takes this mark, too.  After one that it does not it takes none, so that what
 * it has is the beginning of a normal form, and is in normal form itself. */
static bool carries(struct carried *c, int32_t mark)
{
    c->full = c->full || ++c->marks > CLEAN_MARKS_MAX ||
              (is_accent(mark) && ++c->accents > CLEAN_ACCENTS_MAX);
    return !c->full;
}

/* The third: `s->kept` again, without marks that are too many, and blanks at the ends. */
static void settle(struct step *s, const int32_t *points, size_t count)
{
    struct carried carried = { .full = true };
    size_t blanks = 0, lines = 0;

    s->kept.len = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t point = points[i];
        if (is_mark(point) && !is_selector(point)) {
            if (!carries(&carried, point))
                continue;
        } else if (!is_joiner(point) && !is_selector(point)) {
            enum sort sort = sort_of(point);
            carried = (struct carried){ .full = sort != SORT_KEEP };
            if (sort != SORT_KEEP && s->clean != CLEAN_TABLE) {
                blanks += sort == SORT_BLANK;
                lines += sort == SORT_LINE;
                continue;
            }
        }
        if (s->kept.len > 0 && lines > 0)
            buffer_say(&s->kept, lines > 1 ? "\n\n" : "\n");
        else if (s->kept.len > 0 && blanks > 0)
            buffer_say(&s->kept, " ");
        blanks = lines = 0;
        keep(s, point);
    }
}

struct text *text_clean(const char *bytes, size_t len, enum clean clean)
{
    struct step s = { .clean = clean };
    struct text *cleaned = NULL;
    size_t count = 0;

    if (clean == CLEAN_NOT)
        return text_new(bytes, len);
    sift(&s, bytes, len);
    int32_t *points = s.kept.failed ? NULL : compose(&s, &count);
    if (points)
        settle(&s, points, count);
    if (points && !s.kept.failed)
        cleaned = text_new(s.kept.at, s.kept.len);
    free(points);
    buffer_release(&s.kept);
    return cleaned;
}
