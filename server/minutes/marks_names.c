#include "minutes/marks_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "minutes/marks_words.h"

/* A word of a name, or one that is known to be none, folded. */
struct known_word {
    size_t at, len;
    int64_t seat; /* Whose name it is; 0: of several; NOBODYS: it is none. */
};

enum { NOBODYS = -1 };

struct names {
    struct buffer chars;
    struct known_word *words; /* Sorted by what they are. */
    size_t count, room;
    bool failed;
};

static const char *chars_of(const struct names *n, const struct known_word *w)
{
    return n->chars.at + w->at;
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

    return order ? order : (a_len > b_len) - (a_len < b_len);
}

/* Where a word stands, or would. */
static size_t place_of(const struct names *n, const char *folded, size_t len)
{
    size_t low = 0, high = n->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct known_word *w = &n->words[middle];
        if (compare(chars_of(n, w), w->len, folded, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct known_word *lookup(const struct names *n, const char *folded, size_t len)
{
    size_t i = len > 0 ? place_of(n, folded, len) : n->count;

    return i < n->count && n->words[i].len == len &&
                   memcmp(chars_of(n, &n->words[i]), folded, len) == 0
               ? &n->words[i]
               : NULL;
}

/* What is nobody's name stays so; a name that another has too is of several. */
static void learn(struct names *n, const struct token *w, int64_t seat)
{
    struct known_word *was = (struct known_word *)lookup(n, w->folded, w->folded_len);

    if (was) {
        was->seat = was->seat == NOBODYS || was->seat == seat ? was->seat : 0;
        return;
    }
    if (n->count == n->room) {
        size_t room = n->room ? 2 * n->room : 64;
        struct known_word *larger = alloc_again(n->words, room, sizeof(*n->words));
        n->failed = n->failed || !larger;
        if (!larger)
            return;
        n->words = larger;
        n->room = room;
    }
    size_t i = place_of(n, w->folded, w->folded_len), at = n->chars.len;
    buffer_add(&n->chars, w->folded, w->folded_len);
    n->failed = n->failed || n->chars.failed;
    if (n->failed)
        return;
    memmove(&n->words[i + 1], &n->words[i], (n->count - i) * sizeof(*n->words));
    n->words[i] = (struct known_word){ at, w->folded_len, seat };
    n->count++;
}

/* All words of a text; of a name, those that tell somebody from others. */
static void learn_all(struct names *n, const char *bytes, size_t len, int64_t seat)
{
    size_t at = 0, taken;

    while (at < len && !n->failed) {
        struct token w = read_token(bytes, len, at);
        if (w.len == 0) {
            read_point(bytes, len, at, &taken);
            at += taken;
            continue;
        }
        bool tells =
            w.folded_len > 0 && w.points > 1 && !marks_word_is_particle(w.folded, w.folded_len);
        if (tells)
            learn(n, &w, seat);
        at += w.len;
    }
}

static void learn_text(struct names *n, const struct text *t, int64_t seat)
{
    if (t)
        learn_all(n, t->bytes, t->len, seat);
}

/* Functions first, so that whoever is called "Skoleleder" has no name that could be found. */
struct names *names_new(const struct minutes_source *source)
{
    struct names *n = alloc_many(1, sizeof(*n));

    if (!n)
        return NULL;
    for (enum locale l = LOCALE_NOT + 1; l < LOCALE_COUNT; l++)
        for (const char *const *function = function_words[l]; *function; function++)
            learn_all(n, *function, strlen(*function), NOBODYS);
    for (size_t i = 0; i < source->seat_count; i++)
        learn_text(n, source->seats[i].name, source->seats[i].seat);
    if (n->failed) {
        names_free(n);
        return NULL;
    }
    return n;
}

void names_free(struct names *n)
{
    if (!n)
        return;
    buffer_release(&n->chars);
    free(n->words);
    free(n);
}

bool names_has(const struct names *n, const struct token *w)
{
    size_t len = w->folded_len;

    return lookup(n, w->folded, len) ||
           (len > 2 && w->folded[len - 1] == 's' && lookup(n, w->folded, len - 1));
}

/* Whose name a word is; NOBODYS where it is none.  `ret_len` is how much of it the name is:
 * "Mettes" is Mette and an s. */
static int64_t whose(const struct names *n, const struct token *w, size_t *ret_len)
{
    const struct known_word *known = lookup(n, w->folded, w->folded_len);
    size_t len = w->folded_len;

    *ret_len = w->len;
    if (!known && len > 1 && w->folded[len - 1] == 's') {
        len--;
        *ret_len = w->len - 1;
        known = lookup(n, w->folded, len);
    }
    if (!known || known->seat == NOBODYS)
        return NOBODYS;
    return w->capital || !marks_word_is_common(w->folded, len) ? known->seat : NOBODYS;
}

bool names_at(const struct names *n, const char *bytes, size_t len, size_t at,
              struct find *ret_find)
{
    struct token w = read_token(bytes, len, at);
    size_t part;
    int64_t seat = w.len > 0 ? whose(n, &w, &part) : NOBODYS;

    if (seat == NOBODYS)
        return false;
    size_t end = at + part;
    while (part == w.len && end + 1 < len && (bytes[end] == ' ' || bytes[end] == '-')) {
        w = read_token(bytes, len, end + 1);
        int64_t next = w.len > 0 && w.capital ? whose(n, &w, &part) : NOBODYS;
        if (next == NOBODYS)
            break;
        seat = seat == 0 ? next : next == 0 || next == seat ? seat : 0;
        end += 1 + part;
    }
    *ret_find = (struct find){ .kind = FIND_KIND_NAME, .at = at, .len = end - at, .seat = seat };
    return true;
}
