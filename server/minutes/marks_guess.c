#include "minutes/marks_guess.h"

#include <string.h>

#include "minutes/marks_people.h"
#include "minutes/marks_words.h"

enum {
    ASKED_MAX = 4000, /* Beyond that what could be a name is taken for one: a text made to be slow
                         costs whoever reads it, and not everybody else on this server. */
    NAME_POINTS = 16, /* A longer word that begins a sentence is one of Danish's compounds. */
    CAPITALS_MIN = 5, /* A shorter word in capitals is an abbreviation, unless it is a name. */
};

/* What the dictionary says. */

static bool is_word(struct guess *g, const char *word, size_t len)
{
    return g->asked++ < ASKED_MAX &&
           dictionary_is_word(g->source->dictionary, g->locale, word, len);
}

static bool is_name(const struct guess *g, const char *word, size_t len)
{
    return dictionary_is_name(g->source->dictionary, g->locale, word, len);
}

/* How much of a word is the name in it: "Ahmeds" is Ahmed and an s, "Jens" is Jens; 0: it is none.
 */
static size_t name_in(const struct guess *g, const char *bytes, const struct token *w)
{
    const char *word = bytes + w->at;

    if (is_name(g, word, w->len))
        return w->len;
    bool owned = w->len > 3 && (word[w->len - 1] == 's' || word[w->len - 1] == 'S');
    return owned && is_name(g, word, w->len - 1) ? w->len - 1 : 0;
}

/* An English word among Danish ones, or the other way round, that is no name there either. */
static bool is_foreign(struct guess *g, const char *word, size_t len)
{
    enum locale other = g->locale == LOCALE_EN ? LOCALE_DA : LOCALE_EN;

    return g->asked++ < ASKED_MAX && dictionary_is_word(g->source->dictionary, other, word, len) &&
           !dictionary_is_name(g->source->dictionary, other, word, len);
}

/* Where a word stands. */

/* Whether a sentence, or a line, begins here; behind "hr." none does. */
static bool begins_sentence(const char *bytes, size_t len, size_t at)
{
    size_t taken;

    while (at > 0) {
        size_t to = read_before(bytes, at);
        int32_t point = read_point(bytes, len, to, &taken);
        if (point == '.') {
            size_t from = to;
            while (from > 0 && read_letter(bytes, len, read_before(bytes, from)))
                from = read_before(bytes, from);
            struct token w = read_token(bytes, len, from);
            return !marks_word_is_title(w.folded, w.folded_len);
        }
        if (point == '\n' || point == '!' || point == '?' || point == ':' || point == ';' ||
            point == 0x2022 || point == 0x2013 || point == 0x2014 || point == 0x2026 ||
            point == '/' || point == '|')
            return true;
        if (read_is_letter(point) || (point >= '0' && point <= '9') || point == ',')
            return false;
        at = to; /* Blanks, quotes, brackets. */
    }
    return true;
}

/* Whether a class stands close behind: "AK i 7.b", "ubaid (7.b)". */
static bool class_follows(const char *bytes, size_t len, size_t at)
{
    static const char *const between[] = { "i", "fra", "pa", "klasse", "kl", "in", "from", "of" };

    for (int i = 0; i < 3 && at < len; i++) {
        while (at < len && strchr(" ,(.", bytes[at]) && bytes[at])
            at++;
        if (at < len && marks_class(bytes, len, at) > 0)
            return true;
        struct token w = read_token(bytes, len, at);
        bool joins = false;
        for (size_t k = 0; k < sizeof(between) / sizeof(between[0]); k++)
            joins = joins || read_is(&w, between[k]);
        if (!joins)
            return false;
        at += w.len;
    }
    return false;
}

/* Whether people have said what becomes of a word: then it is looked for everywhere. */
static bool is_decided(const struct guess *g, const char *bytes, const struct token *w)
{
    bool decided = false;

    for (size_t i = 0; i < g->source->marking_count && !decided; i++) {
        const struct marking *to = &g->source->markings[i];
        decided =
            to->kind == FIND_KIND_WORD && to->text && read_alike(bytes + w->at, w->len, to->text);
    }
    return decided;
}

/* What a word is. */

/* A function, a day, a subject: never a name. */
static bool is_plain(const struct guess *g, const struct token *w)
{
    size_t len = w->folded_len;
    bool owned = len > 2 && w->folded[len - 1] == 's';

    return len == 0 || marks_word_is_known(w->folded, len) || marks_word_is_title(w->folded, len) ||
           names_has(g->names, w) || (owned && marks_word_is_known(w->folded, len - 1));
}

/* Whether a word has its capital for beginning a sentence. */
static bool is_ordinary(struct guess *g, const char *bytes, const struct token *w)
{
    if (marks_word_is_starter(w->folded, w->folded_len) || w->points > NAME_POINTS)
        return true;
    return name_in(g, bytes, w) == 0 &&
           (is_word(g, bytes + w->at, w->len) || is_foreign(g, bytes + w->at, w->len));
}

static bool capital_is_name(struct guess *g, const char *bytes, size_t len, const struct token *w)
{
    return !begins_sentence(bytes, len, w->at) || !is_ordinary(g, bytes, w) ||
           is_decided(g, bytes, w);
}

/* "AHMED", and "AK" of a class; "SFO" is none. */
static bool capitals_are_name(struct guess *g, const char *bytes, size_t len, const struct token *w)
{
    if (marks_word_is_abbreviation(w->folded, w->folded_len))
        return false;
    bool may = name_in(g, bytes, w) > 0 || w->points >= CAPITALS_MIN;
    return (may && !is_word(g, bytes + w->at, w->len)) || class_follows(bytes, len, w->at + w->len);
}

/* "ahmed", which no other word is; of a class, whatever is no word. */
static bool small_is_name(struct guess *g, const char *bytes, size_t len, const struct token *w)
{
    const char *word = bytes + w->at;
    bool name = w->points > 2 && name_in(g, bytes, w) > 0;

    if (!g->source->dictionary || w->points < 2 ||
        !(name || class_follows(bytes, len, w->at + w->len)))
        return is_decided(g, bytes, w);
    return !is_word(g, word, w->len) && !is_foreign(g, word, w->len);
}

/* "A.K.", "A. K. Holm": from an initial to where the name ends, or 0. */
static size_t initials_end(struct guess *g, const char *bytes, size_t len, const struct token *w)
{
    size_t end = w->at + w->len;

    if (w->shape != SHAPE_INITIAL || end >= len || bytes[end] != '.')
        return 0;
    end++;
    bool apart = end < len && bytes[end] == ' ';
    struct token next = read_token(bytes, len, end + apart);
    size_t next_end = next.at + next.len;
    if (next.shape == SHAPE_INITIAL) {
        bool dot = next_end < len && bytes[next_end] == '.';
        return apart && !dot ? 0 : next_end + dot;
    }
    bool surname = next.shape == SHAPE_CAPITAL && !is_plain(g, &next) &&
                   !(apart && is_ordinary(g, bytes, &next));
    return surname ? next_end : 0;
}

static bool word_is_name(struct guess *g, const char *bytes, size_t len, const struct token *w)
{
    switch (w->shape) {
    case SHAPE_CAPITAL:
        return !is_plain(g, w) && capital_is_name(g, bytes, len, w);
    case SHAPE_CAPITALS:
        return !is_plain(g, w) && capitals_are_name(g, bytes, len, w);
    case SHAPE_SMALL:
        return !is_plain(g, w) && small_is_name(g, bytes, len, w);
    case SHAPE_INITIAL:
        break;
    }
    return false;
}

/* Where it ends. */

/* Behind "al", "van der" the name goes on: where it does; `at` itself where there is none. */
static size_t behind_joining(const char *bytes, size_t len, size_t at)
{
    size_t behind = at;

    for (;;) {
        struct token w = read_token(bytes, len, behind);
        size_t end = behind + w.len;
        if (w.len == 0 || w.capital || !marks_word_is_joining(w.folded, w.folded_len) ||
            end + 1 >= len || (bytes[end] != ' ' && bytes[end] != '-'))
            return behind;
        behind = end + 1;
    }
}

/* The word that goes on with a name that ended at `end`: where it ends, or 0. */
static size_t goes_on(struct guess *g, const char *bytes, size_t len, size_t end,
                      struct token *ret_word)
{
    if (end + 1 >= len || (bytes[end] != ' ' && bytes[end] != '-'))
        return 0;
    size_t at = behind_joining(bytes, len, end + 1);
    struct token w = read_token(bytes, len, at);
    bool capitals = w.shape == SHAPE_CAPITALS && w.points > 2 &&
                    !marks_word_is_abbreviation(w.folded, w.folded_len);
    bool initial = w.shape == SHAPE_INITIAL && bytes[end] == ' ';

    if ((w.shape != SHAPE_CAPITAL && !capitals && !initial) || is_plain(g, &w))
        return 0;
    *ret_word = w;
    size_t stop = at + w.len;
    return stop + (initial && stop < len && bytes[stop] == '.');
}

/* Whether a text has these words somewhere, but for capitals. */
static bool has_words(const struct text *t, const char *words, size_t len)
{
    for (size_t at = 0, taken; t && at + len <= t->len; at += taken) {
        if (read_same(words, len, t->bytes + at, len))
            return true;
        read_point(t->bytes, t->len, at, &taken);
    }
    return false;
}

/* Whether a find is the house that the meeting is about, "Nordskovens Skole", or begins its name,
 * or the room, "Lærerværelset", which is no name either: it stands in the meeting's title or place,
 * and whoever reads the minutes reads it there. */
static bool is_own_house(struct guess *g, const char *bytes, size_t len, const struct find *f)
{
    const struct text *const own[] = { g->source->title, g->source->place };
    size_t end = f->at, last = f->at;

    while (end < f->at + f->len) {
        struct token w = read_token(bytes, len, last = end);
        end += w.len > 0 ? w.len : 1;
    }
    struct token next =
        end < len && bytes[end] == ' ' ? read_token(bytes, len, end + 1) : (struct token){ 0 };
    struct token w = read_token(bytes, len, last);
    if (next.capital && marks_word_is_institution(next.folded, next.folded_len)) {
        end += 1 + next.len;
        w = next;
    }
    bool house = marks_word_is_institution(w.folded, w.folded_len);
    if (!house && (last != f->at || !is_ordinary(g, bytes, &w)))
        return false;
    bool owned = bytes[end - 1] == 's';
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        if (has_words(own[i], bytes + f->at, end - f->at) ||
            (owned && has_words(own[i], bytes + f->at, end - 1 - f->at)))
            return true;
    return false;
}

bool guess_at(struct guess *g, const char *bytes, size_t len, size_t at, struct find *ret_find)
{
    struct token w = read_token(bytes, len, at);
    size_t end = w.len > 0 ? initials_end(g, bytes, len, &w) : 0, next;

    if (w.len == 0 || (end == 0 && !word_is_name(g, bytes, len, &w)))
        return false;
    end = end > 0 ? end : at + w.len;
    while (w.shape != SHAPE_SMALL && (next = goes_on(g, bytes, len, end, &w)) > 0)
        end = next;
    size_t name = end == w.at + w.len ? name_in(g, bytes, &w) : 0;
    if (name > 0)
        end = w.at + name;
    *ret_find = (struct find){ .kind = FIND_KIND_WORD, .at = at, .len = end - at };
    return !is_own_house(g, bytes, len, ret_find);
}

bool guess_is_function(struct guess *g, const char *bytes, size_t len)
{
    bool is = false;

    for (size_t at = 0, taken; at < len; at += taken) {
        struct token w = read_token(bytes, len, at);
        taken = w.len;
        if (w.len == 0 && !strchr(" ,-/&", bytes[at]))
            return false;
        if (w.len == 0)
            taken = 1;
        else if (names_has(g->names, &w) || !is_ordinary(g, bytes, &w))
            return false;
        is = is || marks_word_is_function(w.folded, w.folded_len);
    }
    return is;
}
