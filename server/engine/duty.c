#include "engine/duty.h"

#include <assert.h>
#include <string.h>

#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/facts.h"
#include "engine/roster.h"

/* One word of a UTF-8 text. */
struct word {
    const char *at;
    size_t len;
};

static bool letter(char c)
{
    unsigned char u = (unsigned char)c;

    return u >= 0x80 || (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
}

/* The next word from *at on; false at the end. */
static bool next_word(const char **at, struct word *ret_word)
{
    while (**at && !letter(**at))
        ++*at;
    const char *from = *at;
    while (**at && letter(**at))
        ++*at;
    *ret_word = (struct word){ .at = from, .len = (size_t)(*at - from) };
    return ret_word->len > 0;
}

/* A byte without regard to case: ASCII, and the second byte of U+00C0 to U+00DE (C3 80 to C3 9E).
 */
static unsigned char folded(const char *at, size_t i)
{
    unsigned char u = (unsigned char)at[i];

    if (u >= 'A' && u <= 'Z')
        return u | 0x20;
    if (u >= 0x80 && u <= 0x9e && i > 0 && (unsigned char)at[i - 1] == 0xc3)
        return u | 0x20;
    return u;
}

static bool begins(struct word w, const char *with)
{
    size_t len = strlen(with);

    if (w.len < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (folded(w.at, i) != folded(with, i))
            return false;
    return true;
}

/* Whether they are the same word, or the phrase's is the function's with a definite ending:
 * "skolelederen" is "skoleleder" with "en". */
static bool same_word(struct word phrase, struct word function)
{
    static const char *const endings[] = { "", "en", "et", "n", "t", "ne", "s" };
    size_t len = function.len;

    if (phrase.len < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (folded(phrase.at, i) != folded(function.at, i))
            return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (phrase.len - len == strlen(endings[i]) &&
            begins((struct word){ phrase.at + len, phrase.len - len }, endings[i]))
            return true;
    return false;
}

/* Whether the phrase begins with the words of this name. */
static bool begins_with(const char *words, const char *name)
{
    struct word a, b;
    bool any = false;

    while (next_word(&name, &a)) {
        if (!next_word(&words, &b) || !same_word(b, a))
            return false;
        any = true;
    }
    return any;
}

static bool same_words(const char *one, const char *other)
{
    struct word a, b;

    while (next_word(&one, &a))
        if (!next_word(&other, &b) || a.len != b.len || !same_word(b, a))
            return false;
    return !next_word(&other, &b);
}

/* Whether the phrase begins with what the function is called in some language, of those that
 * phones offer in all. */
static bool fits_translated(const struct text *function, const char *words)
{
    for (size_t i = 0; function_words[LOCALE_DA][i]; i++) {
        bool chosen = false, meant = false;
        for (int l = LOCALE_NOT + 1; l < LOCALE_COUNT; l++) {
            chosen = chosen || same_words(text_str(function), function_words[l][i]);
            meant = meant || begins_with(words, function_words[l][i]);
        }
        if (chosen && meant)
            return true;
    }
    return false;
}

bool duty_fits(const struct text *function, const struct text *phrase)
{
    const char *words = text_str(phrase);

    return begins_with(words, text_str(function)) || fits_translated(function, words);
}

static bool says(const struct text *phrase, enum duty duty)
{
    const char *words = text_str(phrase);
    struct word w;

    while (next_word(&words, &w)) {
        if (duty == DUTY_FACILITATOR && begins(w, "facilit"))
            return true;
        if (duty == DUTY_PRESENTER && (begins(w, "præsenter") || begins(w, "present")))
            return true;
    }
    return false;
}

/* The phrase that names whoever has the duty, or NULL. */
static const struct text *phrase_of(const struct meeting *m, int part, enum duty duty)
{
    const struct part *p = m->parts[part].part;
    const struct texts *lists[] = { &p->responsible,
                                    &m->agenda.items.at[m->parts[part].item].responsible };
    enum duty other = duty == DUTY_PRESENTER ? DUTY_FACILITATOR : DUTY_PRESENTER;
    enum duty plain = method_infos[p->method].presented ? DUTY_PRESENTER : DUTY_FACILITATOR;

    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < lists[l]->count; i++)
            if (says(lists[l]->at[i], duty))
                return lists[l]->at[i];
    for (size_t l = 0; l < 2 && duty == plain; l++)
        for (size_t i = 0; i < lists[l]->count; i++)
            if (!says(lists[l]->at[i], other))
                return lists[l]->at[i];
    return NULL;
}

static int64_t named(const struct meeting *m, int part, enum duty duty)
{
    const struct progress_state *p = &m->parts[part];

    return duty == DUTY_PRESENTER ? p->presenter : p->facilitator;
}

int64_t duty_seat(const struct meeting *m, int part, enum duty duty)
{
    assert(part >= 0 && part < (int)m->part_count);
    assert(duty == DUTY_PRESENTER || duty == DUTY_FACILITATOR);
    int64_t seat = named(m, part, duty);
    if (seat != 0)
        return seat;
    const struct text *phrase = phrase_of(m, part, duty);
    for (size_t i = 0; phrase && i < m->table.count; i++) {
        const struct seat_state *s = roster_seat(m, m->table.at[i]);
        if (s->presence != PRESENCE_LEFT && duty_fits(s->function, phrase))
            return m->table.at[i];
    }
    return 0;
}

bool duty_awaits(const struct meeting *m, int part, enum duty duty, const struct text *function)
{
    const struct text *phrase = phrase_of(m, part, duty);

    return phrase && duty_seat(m, part, duty) == 0 && duty_fits(function, phrase);
}

enum refusal part_assign_decide(const struct meeting *m, const struct command_part_assign *assign,
                                const struct context *context, struct facts *out)
{
    int part = agenda_find(m, assign->part);

    if (m->floor.state == STATE_CLOSED)
        return REFUSED_CLOSED;
    if (part == PART_NONE)
        return REFUSED_NO_SUCH_PART;
    if (assign->has_seat && !roster_has(m, assign->seat))
        return REFUSED_NO_SUCH_SEAT;
    if (named(m, part, assign->as) == (assign->has_seat ? assign->seat : 0))
        return REFUSED_NOTHING_CHANGED;
    facts_add(out, FACT_PART_ASSIGNED)->is.part_assigned =
        (struct fact_part_assigned){ .part = text_ref(assign->part),
                                     .as = assign->as,
                                     .has_seat = assign->has_seat,
                                     .seat = assign->seat };
    return REFUSED_NOT;
}

void part_assigned_apply(struct meeting *m, const struct fact_part_assigned *assigned)
{
    int part = agenda_find(m, assigned->part);

    assert(part != PART_NONE);
    int64_t seat = assigned->has_seat ? assigned->seat : 0;
    if (assigned->as == DUTY_PRESENTER)
        m->parts[part].presenter = seat;
    else
        m->parts[part].facilitator = seat;
}
