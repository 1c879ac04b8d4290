#include "minutes/dictionary.h"

#include <hunspell/hunspell.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/buffer.h"

#define FOLDER "/usr/share/hunspell/"

/* Their names in that folder. */
static const char *const installed[LOCALE_COUNT][2] = {
    [LOCALE_DA] = { FOLDER "da_DK.aff", FOLDER "da_DK.dic" },
    [LOCALE_EN] = { FOLDER "en_GB.aff", FOLDER "en_GB.dic" },
};

/* What it answered lately: compounds cost it a millisecond, and minutes are looked through anew
 * with each change. */
enum { ANSWERS = 4096 };

struct asked {
    char word[DICTIONARY_WORD]; /* In small letters; "": nothing was asked. */
    bool is_word;
};

struct language {
    bool tried;
    Hunhandle *words;
    struct buffer chars; /* Names in small letters, each with a zero behind it; */
    size_t *names;       /* where they begin, sorted by what they are. */
    size_t count, room;
    struct asked *asked;
};

struct dictionary {
    struct language languages[LOCALE_COUNT];
};

struct dictionary *dictionary_new(void)
{
    return alloc_many(1, sizeof(struct dictionary));
}

static void close_one(struct language *l)
{
    if (l->words)
        Hunspell_destroy(l->words);
    buffer_release(&l->chars);
    free(l->names);
    free(l->asked);
    *l = (struct language){ .tried = true };
}

void dictionary_free(struct dictionary *d)
{
    if (!d)
        return;
    for (enum locale locale = LOCALE_NOT + 1; locale < LOCALE_COUNT; locale++)
        close_one(&d->languages[locale]);
    free(d);
}

bool dictionary_is_installed(enum locale locale)
{
    return access(installed[locale][0], R_OK) == 0 && access(installed[locale][1], R_OK) == 0;
}

/* In small letters, accents and all; false where it is longer than words are. */
static bool lower(const char *word, size_t len, char ret_small[static DICTIONARY_WORD])
{
    size_t out = 0;

    for (size_t at = 0; at < len;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)word + at,
                                                  (utf8proc_ssize_t)(len - at), &point);
        if (taken <= 0 || out + 5 > DICTIONARY_WORD)
            return false;
        out += (size_t)utf8proc_encode_char(utf8proc_tolower(point),
                                            (utf8proc_uint8_t *)ret_small + out);
        at += (size_t)taken;
    }
    ret_small[out] = '\0';
    return out > 0;
}

/* "Ahmed", but not "EU", "A-vitamin" or "iPad". */
static bool is_written_as_name(const char *word, size_t len)
{
    utf8proc_int32_t point;
    size_t at = 0;

    for (int i = 0; at < len; i++) {
        utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)word + at,
                                                  (utf8proc_ssize_t)(len - at), &point);
        utf8proc_category_t is = taken > 0 ? utf8proc_category(point) : UTF8PROC_CATEGORY_CN;
        bool letter = is == UTF8PROC_CATEGORY_LU || is == UTF8PROC_CATEGORY_LL;
        if (!letter || (i < 2 && is != (i == 0 ? UTF8PROC_CATEGORY_LU : UTF8PROC_CATEGORY_LL)))
            return false;
        at += (size_t)taken;
    }
    return len > 1;
}

static bool add_name(struct language *l, const char *word, size_t len)
{
    char small[DICTIONARY_WORD];

    if (!is_written_as_name(word, len) || !lower(word, len, small))
        return true;
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 4096;
        size_t *larger = alloc_again(l->names, room, sizeof(*larger));
        if (!larger)
            return false;
        l->names = larger;
        l->room = room;
    }
    l->names[l->count++] = l->chars.len;
    buffer_add(&l->chars, small, strlen(small) + 1);
    return !l->chars.failed;
}

static int by_chars(const void *a, const void *b, void *chars)
{
    return strcmp((const char *)chars + *(const size_t *)a,
                  (const char *)chars + *(const size_t *)b);
}

/* The words that its file has with a capital. */
static bool read_names(struct language *l, const char *path)
{
    FILE *file = fopen(path, "re");
    char line[1024];
    bool ok = file != NULL;

    while (ok && fgets(line, sizeof(line), file))
        ok = add_name(l, line, strcspn(line, "/ \t\r\n"));
    if (file)
        fclose(file);
    if (ok && l->count > 0)
        qsort_r(l->names, l->count, sizeof(*l->names), by_chars, l->chars.at);
    return ok;
}

/* The language, opened; NULL where there is none. */
static struct language *language_of(struct dictionary *d, enum locale locale)
{
    struct language *l = d ? &d->languages[locale] : NULL;

    if (!l || (l->tried && !l->words))
        return NULL;
    if (l->words)
        return l;
    l->tried = true;
    if (!dictionary_is_installed(locale))
        return NULL;
    l->asked = alloc_many(ANSWERS, sizeof(*l->asked));
    if (l->asked && read_names(l, installed[locale][1]))
        l->words = Hunspell_create(installed[locale][0], installed[locale][1]);
    if (!l->words)
        close_one(l);
    return l->words ? l : NULL;
}

/* FNV-1a, for the place of an answer. */
static size_t place_of(const char *word)
{
    uint32_t hash = 2166136261U;

    for (; *word; word++)
        hash = (hash ^ (unsigned char)*word) * 16777619U;
    return hash % ANSWERS;
}

bool dictionary_is_word(struct dictionary *d, enum locale locale, const char *word, size_t len)
{
    char small[DICTIONARY_WORD];
    struct language *l = lower(word, len, small) ? language_of(d, locale) : NULL;

    if (!l)
        return false;
    struct asked *a = &l->asked[place_of(small)];
    if (strcmp(a->word, small) != 0) {
        memcpy(a->word, small, sizeof(small));
        a->is_word = Hunspell_spell(l->words, small) != 0;
    }
    return a->is_word;
}

bool dictionary_is_name(struct dictionary *d, enum locale locale, const char *word, size_t len)
{
    char small[DICTIONARY_WORD];
    struct language *l = lower(word, len, small) ? language_of(d, locale) : NULL;
    size_t low = 0, high = l ? l->count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(l->chars.at + l->names[middle], small);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
