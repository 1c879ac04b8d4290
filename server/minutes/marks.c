#include "minutes/marks.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "minutes/marks_numbers.h"
#include "minutes/marks_words.h"
#include "minutes/words.h"

enum { WORD_ROOM = 256 /* Of a folded word; a longer one is no name. */ };

/* A word of a name, or one that is known to be none, folded. */
struct known_word {
    size_t at, len;
    int64_t seat; /* Whose name it is; 0: of several; NOBODYS: it is none. */
};

enum { NOBODYS = -1 };

struct marks {
    const struct minutes_source *source;
    enum locale locale;
    struct buffer chars;
    struct known_word *words; /* Sorted by what they are. */
    size_t count, room;
    bool failed;
};

/* A word in a text, and what it is folded to. */
struct token {
    size_t at, len; /* In the text; none where len is 0. */
    char folded[WORD_ROOM];
    size_t folded_len;
    bool capital;
};

/* Reading a text. */

static int32_t point_at(const char *bytes, size_t len, size_t at, size_t *ret_taken)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                              (utf8proc_ssize_t)(len - at), &point);

    *ret_taken = taken > 0 ? (size_t)taken : 1;
    return taken > 0 ? point : 0xFFFD;
}

/* Where the code point before `at` begins; `at` itself at the beginning. */
static size_t before(const char *bytes, size_t at)
{
    while (at > 0 && ((unsigned char)bytes[--at] & 0xC0) == 0x80)
        continue;
    return at;
}

static bool is_letter(int32_t point)
{
    switch ((int)utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return true;
    default:
        return false;
    }
}

static bool letter_at(const char *bytes, size_t len, size_t at)
{
    size_t taken;

    return at < len && is_letter(point_at(bytes, len, at, &taken));
}

/* In small letters and without accents; 0 where it is longer than a name. */
static size_t fold(const char *bytes, size_t len, char to[static WORD_ROOM])
{
    size_t out = 0, taken;

    for (size_t at = 0; at < len; at += taken) {
        utf8proc_int32_t points[16];
        int bound = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(
            point_at(bytes, len, at, &taken), points, 16,
            UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &bound);
        for (utf8proc_ssize_t i = 0; i < n && i < 16; i++) {
            if (out + 5 > WORD_ROOM)
                return 0;
            out += (size_t)utf8proc_encode_char(points[i], (utf8proc_uint8_t *)to + out);
        }
    }
    return out;
}

/* The word that begins at `at`. */
static struct token token_at(const char *bytes, size_t len, size_t at)
{
    struct token w = { .at = at };
    size_t taken, end = at;

    while (letter_at(bytes, len, end)) {
        int32_t point = point_at(bytes, len, end, &taken);
        if (end == at)
            w.capital = utf8proc_category(point) == UTF8PROC_CATEGORY_LU;
        end += taken;
    }
    w.len = end - at;
    w.folded_len = fold(bytes + at, w.len, w.folded);
    return w;
}

/* What is known of words. */

static const char *chars_of(const struct marks *m, const struct known_word *w)
{
    return m->chars.at + w->at;
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

    return order ? order : (a_len > b_len) - (a_len < b_len);
}

/* Where a word stands, or would. */
static size_t place_of(const struct marks *m, const char *folded, size_t len)
{
    size_t low = 0, high = m->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct known_word *w = &m->words[middle];
        if (compare(chars_of(m, w), w->len, folded, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct known_word *lookup(const struct marks *m, const char *folded, size_t len)
{
    size_t i = len > 0 ? place_of(m, folded, len) : m->count;

    return i < m->count && m->words[i].len == len &&
                   memcmp(chars_of(m, &m->words[i]), folded, len) == 0
               ? &m->words[i]
               : NULL;
}

/* What is nobody's name stays so; a name that another has too is of several. */
static void learn(struct marks *m, const struct token *w, int64_t seat)
{
    struct known_word *was = (struct known_word *)lookup(m, w->folded, w->folded_len);

    if (was) {
        was->seat = was->seat == NOBODYS || was->seat == seat ? was->seat : 0;
        return;
    }
    if (m->count == m->room) {
        size_t room = m->room ? 2 * m->room : 64;
        struct known_word *larger = alloc_again(m->words, room, sizeof(*m->words));
        m->failed = m->failed || !larger;
        if (!larger)
            return;
        m->words = larger;
        m->room = room;
    }
    size_t i = place_of(m, w->folded, w->folded_len), at = m->chars.len;
    buffer_add(&m->chars, w->folded, w->folded_len);
    m->failed = m->failed || m->chars.failed;
    if (m->failed)
        return;
    memmove(&m->words[i + 1], &m->words[i], (m->count - i) * sizeof(*m->words));
    m->words[i] = (struct known_word){ at, w->folded_len, seat };
    m->count++;
}

/* All words of a text; of a name, those that tell somebody from others. */
static void learn_all(struct marks *m, const char *bytes, size_t len, int64_t seat)
{
    size_t at = 0, taken;

    while (at < len && !m->failed) {
        struct token w = token_at(bytes, len, at);
        if (w.len == 0) {
            point_at(bytes, len, at, &taken);
            at += taken;
            continue;
        }
        bool tells = w.folded_len > 0 && text_points(bytes + at, w.len) > 1 &&
                     !marks_word_is_particle(w.folded, w.folded_len);
        if (tells)
            learn(m, &w, seat);
        at += w.len;
    }
}

static void learn_text(struct marks *m, const struct text *t, int64_t seat)
{
    if (t)
        learn_all(m, t->bytes, t->len, seat);
}

/* Functions first, so that whoever is called "Skoleleder" has no name that could be found. */
struct marks *marks_new(const struct minutes_source *source, enum locale locale)
{
    struct marks *m = alloc_many(1, sizeof(*m));

    if (!m)
        return NULL;
    m->source = source;
    m->locale = locale;
    for (enum locale l = LOCALE_NOT + 1; l < LOCALE_COUNT; l++)
        for (const char *const *function = function_words[l]; *function; function++)
            learn_all(m, *function, strlen(*function), NOBODYS);
    for (size_t i = 0; i < source->seat_count; i++)
        learn_text(m, source->seats[i].name, source->seats[i].seat);
    if (m->failed) {
        marks_free(m);
        return NULL;
    }
    return m;
}

void marks_free(struct marks *m)
{
    if (!m)
        return;
    buffer_release(&m->chars);
    free(m->words);
    free(m);
}

/* Names. */

/* Whose name a word is; NOBODYS where it is none.  `ret_len` is how much of it the name is:
 * "Mettes" is Mette and an s. */
static int64_t whose(const struct marks *m, const struct token *w, size_t *ret_len)
{
    const struct known_word *known = lookup(m, w->folded, w->folded_len);
    size_t len = w->folded_len;

    *ret_len = w->len;
    if (!known && len > 1 && w->folded[len - 1] == 's') {
        len--;
        *ret_len = w->len - 1;
        known = lookup(m, w->folded, len);
    }
    if (!known || known->seat == NOBODYS)
        return NOBODYS;
    return w->capital || !marks_word_is_common(w->folded, len) ? known->seat : NOBODYS;
}

/* A name, with the names that go on with it: "Mette Holm", "Anne-Marie". */
static bool name_at(const struct marks *m, const char *bytes, size_t len, size_t at,
                    struct find *ret_find)
{
    struct token w = token_at(bytes, len, at);
    size_t part;
    int64_t seat = w.len > 0 ? whose(m, &w, &part) : NOBODYS;

    if (seat == NOBODYS)
        return false;
    size_t end = at + part;
    while (part == w.len && end + 1 < len && (bytes[end] == ' ' || bytes[end] == '-')) {
        w = token_at(bytes, len, end + 1);
        int64_t next = w.len > 0 && w.capital ? whose(m, &w, &part) : NOBODYS;
        if (next == NOBODYS)
            break;
        seat = seat == 0 ? next : next == 0 || next == seat ? seat : 0;
        end += 1 + part;
    }
    *ret_find = (struct find){ .kind = FIND_KIND_NAME, .at = at, .len = end - at, .seat = seat };
    return true;
}

/* Capitals. */

/* Whether a sentence, or a line, begins here; behind "hr." none does. */
static bool begins_sentence(const char *bytes, size_t len, size_t at)
{
    size_t taken;

    while (at > 0) {
        size_t to = before(bytes, at);
        int32_t point = point_at(bytes, len, to, &taken);
        if (point == '.') {
            size_t from = to;
            while (from > 0 && letter_at(bytes, len, before(bytes, from)))
                from = before(bytes, from);
            struct token w = token_at(bytes, len, from);
            return !marks_word_is_title(w.folded, w.folded_len);
        }
        if (point == '\n' || point == '!' || point == '?' || point == ':' || point == ';' ||
            point == 0x2022 || point == 0x2013 || point == 0x2014 || point == 0x2026 ||
            point == '/' || point == '|')
            return true;
        if (is_letter(point) || (point >= '0' && point <= '9') || point == ',')
            return false;
        at = to; /* Blanks, quotes, brackets. */
    }
    return true;
}

/* "Peter" and "Madsen", but no abbreviation, and nothing that is known. */
static bool looks_like_name(const struct marks *m, const char *bytes, size_t len,
                            const struct token *w)
{
    size_t taken, second = w->at + (w->len > 0 ? (point_at(bytes, len, w->at, &taken), taken) : 0);
    size_t folded = w->folded_len;
    bool owned = folded > 2 && w->folded[folded - 1] == 's';

    return w->capital && second < w->at + w->len &&
           utf8proc_category(point_at(bytes, len, second, &taken)) == UTF8PROC_CATEGORY_LL &&
           !marks_word_is_known(w->folded, folded) && !lookup(m, w->folded, folded) &&
           !(owned &&
             (marks_word_is_known(w->folded, folded - 1) || lookup(m, w->folded, folded - 1)));
}

static bool capitals_at(const struct marks *m, const char *bytes, size_t len, size_t at,
                        struct find *ret_find)
{
    struct token w = token_at(bytes, len, at);

    if (!looks_like_name(m, bytes, len, &w) || begins_sentence(bytes, len, at))
        return false;
    size_t end = at + w.len;
    while (end + 1 < len && (bytes[end] == ' ' || bytes[end] == '-')) {
        w = token_at(bytes, len, end + 1);
        if (!looks_like_name(m, bytes, len, &w))
            break;
        end += 1 + w.len;
    }
    *ret_find = (struct find){ .kind = FIND_KIND_WORD, .at = at, .len = end - at };
    return true;
}

/* Groups of a few. */

/* How many bytes a number under five takes at `at`: "3", "to", "<5", "færre end fem"; 0: none. */
static size_t few_number(const struct marks *m, const char *bytes, size_t len, size_t at)
{
    static const char *const danish[] = { "én", "to", "tre", "fire", NULL };
    static const char *const english[] = { "one", "two", "three", "four", NULL };
    const char *const *words = m->locale == LOCALE_EN ? english : danish;
    size_t number = marks_under_five(bytes, len, at);

    if (number > 0)
        return number;
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (len - at > n && strncasecmp(bytes + at, *words, n) == 0 && bytes[at + n] == ' ')
            return n;
    }
    return 0;
}

/* The people that a number counts: "elever", "tosprogede elever"; where they end, or 0. */
static size_t people_end(const char *bytes, size_t len, size_t at)
{
    size_t end = 0;

    for (int i = 0; i < 2 && at + 1 < len && bytes[at] == ' '; i++) {
        struct token w = token_at(bytes, len, at + 1);
        at += 1 + w.len;
        if (w.len > 0 && marks_word_is_group(w.folded, w.folded_len))
            end = at;
        else if (w.len == 0 || w.capital)
            break;
    }
    return end;
}

static bool few_at(const struct marks *m, const char *bytes, size_t len, size_t at,
                   struct find *ret_find)
{
    size_t number = few_number(m, bytes, len, at);
    size_t end = number > 0 ? people_end(bytes, len, at + number) : 0;

    if (number > 0 && end == 0 && bytes[at] == '<')
        end = at + number;
    if (end == 0)
        return false;
    *ret_find = (struct find){ .kind = FIND_KIND_FEW, .at = at, .len = end - at };
    return true;
}

/* All of them. */

static bool find_at(const struct marks *m, const char *bytes, size_t len, size_t at,
                    struct find *ret_find)
{
    static const struct {
        enum find_kind kind;
        size_t (*length)(const char *bytes, size_t len, size_t at);
    } numbers[] = {
        { FIND_KIND_EMAIL, marks_email },
        { FIND_KIND_CPR, marks_cpr },
        { FIND_KIND_PHONE, marks_phone },
        { FIND_KIND_CLASS, marks_class },
    };

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        size_t found = numbers[i].length(bytes, len, at);
        if (found == 0)
            continue;
        *ret_find = (struct find){ .kind = numbers[i].kind, .at = at, .len = found };
        return true;
    }
    bool begins = at == 0 || !letter_at(bytes, len, before(bytes, at));
    return begins && (few_at(m, bytes, len, at, ret_find) || name_at(m, bytes, len, at, ret_find) ||
                      capitals_at(m, bytes, len, at, ret_find));
}

/* Whether two texts are one but for capitals. */
static bool alike(const char *bytes, size_t len, const struct text *t)
{
    size_t i = 0, k = 0, one, other;

    while (i < len && k < t->len) {
        if (utf8proc_tolower(point_at(bytes, len, i, &one)) !=
            utf8proc_tolower(point_at(t->bytes, t->len, k, &other)))
            return false;
        i += one;
        k += other;
    }
    return i == len && k == t->len;
}

/* What people have decided of it; what may be somebody's is replaced where nobody has. */
static void decide(const struct marks *m, const char *bytes, struct find *f)
{
    const struct minutes_source *s = m->source;

    f->keep = f->kind == FIND_KIND_CLASS || f->kind == FIND_KIND_WORD || f->kind == FIND_KIND_FEW;
    for (size_t i = 0; i < s->marking_count; i++) {
        const struct marking *to = &s->markings[i];
        if (to->kind != f->kind || !to->text || !alike(bytes + f->at, f->len, to->text))
            continue;
        f->decided = true;
        f->keep = to->choice == FIND_CHOICE_KEEP;
        f->instead = to->instead;
    }
}

/* Whoever has a task: all of the text is a name, unless it is a function. */
static bool owner_at(const struct marks *m, const char *bytes, size_t len, struct find *ret_find)
{
    const struct minutes_source *s = m->source;
    int64_t seat = 0;

    for (enum locale l = LOCALE_NOT + 1; l < LOCALE_COUNT; l++)
        for (const char *const *function = function_words[l]; *function; function++)
            if (strlen(*function) == len && strncasecmp(*function, bytes, len) == 0)
                return false;
    for (size_t i = 0; i < s->seat_count; i++) {
        if (s->seats[i].function && alike(bytes, len, s->seats[i].function) &&
            !(s->seats[i].name && alike(bytes, len, s->seats[i].name)))
            return false;
        if (s->seats[i].name && alike(bytes, len, s->seats[i].name))
            seat = s->seats[i].seat;
    }
    *ret_find = (struct find){ .kind = FIND_KIND_NAME, .len = len, .seat = seat };
    return len > 0;
}

bool marks_next(const struct marks *m, enum marks_place place, const char *bytes, size_t len,
                size_t from, struct find *ret_find)
{
    size_t taken;

    if (place == MARKS_CELL && from == 0 && len == 1 && *bytes >= '1' && *bytes <= '4') {
        *ret_find = (struct find){ .kind = FIND_KIND_FIGURE, .len = 1 };
        decide(m, bytes, ret_find);
        return true;
    }
    if (place == MARKS_OWNER) {
        if (from > 0 || !owner_at(m, bytes, len, ret_find))
            return false;
        decide(m, bytes, ret_find);
        return true;
    }
    for (size_t at = from; at < len; at += taken) {
        if (find_at(m, bytes, len, at, ret_find)) {
            decide(m, bytes, ret_find);
            return true;
        }
        point_at(bytes, len, at, &taken);
    }
    return false;
}

/* The function of whoever has this seat; NULL where none is known, or where it names somebody. */
static const struct text *function_of(const struct marks *m, int64_t seat)
{
    const struct minutes_source *s = m->source;

    for (size_t i = 0; i < s->seat_count; i++) {
        const struct text *function = s->seats[i].function;
        if (s->seats[i].seat != seat || !function)
            continue;
        for (size_t at = 0, taken; at < function->len; at += taken) {
            struct find f;
            if (find_at(m, function->bytes, function->len, at, &f) && f.kind == FIND_KIND_NAME)
                return NULL;
            point_at(function->bytes, function->len, at, &taken);
        }
        return function;
    }
    return NULL;
}

void marks_instead(const struct marks *m, const char *bytes, const struct find *f,
                   struct buffer *out)
{
    static const enum word words[FIND_KIND_COUNT] = {
        [FIND_KIND_NAME] = WORD_SOMEBODY, [FIND_KIND_EMAIL] = WORD_AN_ADDRESS,
        [FIND_KIND_CPR] = WORD_A_CPR,     [FIND_KIND_PHONE] = WORD_A_PHONE,
        [FIND_KIND_CLASS] = WORD_A_CLASS, [FIND_KIND_WORD] = WORD_SOMEBODY,
        [FIND_KIND_FEW] = WORD_A_FEW,     [FIND_KIND_FIGURE] = WORD_UNDER_FIVE,
    };
    const struct text *function = f->seat > 0 ? function_of(m, f->seat) : NULL;

    if (f->instead) {
        buffer_add(out, f->instead->bytes, f->instead->len);
        return;
    }
    if (f->kind == FIND_KIND_NAME && function) {
        buffer_say(out, "[");
        buffer_add(out, function->bytes, function->len);
        buffer_say(out, "]");
        return;
    }
    buffer_say(out, word(m->locale, words[f->kind]));
    const char *people = f->kind == FIND_KIND_FEW ? memrchr(bytes + f->at, ' ', f->len) : NULL;
    if (people && letter_at(bytes, f->at + f->len, (size_t)(people + 1 - bytes)))
        buffer_add(out, people, (size_t)(bytes + f->at + f->len - people));
}

void marks_key(const char *bytes, const struct find *f, struct buffer *out)
{
    size_t taken;

    buffer_say(out, find_kind_enum.names[f->kind]);
    buffer_say(out, ":");
    for (size_t at = f->at; at < f->at + f->len; at += taken) {
        char point[8];
        int32_t small = utf8proc_tolower(point_at(bytes, f->at + f->len, at, &taken));
        buffer_add(out, point, (size_t)utf8proc_encode_char(small, (utf8proc_uint8_t *)point));
    }
}
