#include "minutes/marks.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "minutes/marks_guess.h"
#include "minutes/marks_names.h"
#include "minutes/marks_numbers.h"
#include "minutes/marks_people.h"
#include "minutes/marks_places.h"
#include "minutes/marks_words.h"
#include "minutes/words.h"

struct marks {
    const struct minutes_source *source;
    enum locale locale;
    struct names *names;
    struct guess guess;
};

struct marks *marks_new(const struct minutes_source *source, enum locale locale)
{
    struct marks *m = alloc_many(1, sizeof(*m));
    struct names *names = names_new(source);

    if (!m || !names) {
        names_free(names);
        free(m);
        return NULL;
    }
    *m = (struct marks){
        .source = source,
        .locale = locale,
        .names = names,
        .guess = { .source = source, .names = names, .locale = locale },
    };
    return m;
}

void marks_free(struct marks *m)
{
    if (!m)
        return;
    names_free(m->names);
    free(m);
}

static bool is_found(enum find_kind kind, size_t at, size_t len, struct find *ret_find)
{
    if (len > 0)
        *ret_find = (struct find){ .kind = kind, .at = at, .len = len };
    return len > 0;
}

/* What begins at `at`, whatever it is. */
static bool find_at(struct marks *m, const char *bytes, size_t len, size_t at,
                    struct find *ret_find)
{
    static const struct {
        enum find_kind kind;
        size_t (*length)(const char *bytes, size_t len, size_t at);
    } numbers[] = {
        { FIND_KIND_EMAIL, marks_email },       { FIND_KIND_LINK, marks_link },
        { FIND_KIND_HANDLE, marks_handle },     { FIND_KIND_CPR, marks_cpr },
        { FIND_KIND_BIRTHDAY, marks_birthday }, { FIND_KIND_PHONE, marks_phone },
        { FIND_KIND_CLASS, marks_class },
    };
    bool begins = at == 0 || !read_letter(bytes, len, read_before(bytes, at));

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        if (is_found(numbers[i].kind, at, numbers[i].length(bytes, len, at), ret_find))
            return true;
    return begins && (is_found(FIND_KIND_FEW, at, marks_few(m->locale, bytes, len, at), ret_find) ||
                      is_found(FIND_KIND_ADDRESS, at, marks_address(bytes, len, at), ret_find) ||
                      names_at(m->names, bytes, len, at, ret_find) ||
                      guess_at(&m->guess, bytes, len, at, ret_find));
}

/* What people have decided of it; what may be somebody's is replaced where nobody has. */
static void decide(const struct marks *m, const char *bytes, struct find *f)
{
    const struct minutes_source *s = m->source;

    f->keep = f->kind == FIND_KIND_CLASS || f->kind == FIND_KIND_WORD || f->kind == FIND_KIND_FEW ||
              f->kind == FIND_KIND_LINK;
    for (size_t i = 0; i < s->marking_count; i++) {
        const struct marking *to = &s->markings[i];
        if (to->kind != f->kind || !to->text || !read_alike(bytes + f->at, f->len, to->text))
            continue;
        f->decided = true;
        f->keep = to->choice == FIND_CHOICE_KEEP;
        f->instead = to->instead;
    }
}

/* Whoever has a task: all of the text is a name, unless it is a function. */
static bool owner_at(struct marks *m, const char *bytes, size_t len, struct find *ret_find)
{
    const struct minutes_source *s = m->source;
    int64_t seat = 0;

    for (enum locale l = LOCALE_NOT + 1; l < LOCALE_COUNT; l++)
        for (const char *const *function = function_words[l]; *function; function++)
            if (strlen(*function) == len && strncasecmp(*function, bytes, len) == 0)
                return false;
    for (size_t i = 0; i < s->seat_count; i++) {
        if (s->seats[i].function && read_alike(bytes, len, s->seats[i].function) &&
            !(s->seats[i].name && read_alike(bytes, len, s->seats[i].name)))
            return false;
        if (s->seats[i].name && read_alike(bytes, len, s->seats[i].name))
            seat = s->seats[i].seat;
    }
    *ret_find = (struct find){ .kind = FIND_KIND_NAME, .len = len, .seat = seat };
    return len > 0 && (seat > 0 || !guess_is_function(&m->guess, bytes, len));
}

bool marks_next(struct marks *m, enum marks_place place, const char *bytes, size_t len, size_t from,
                struct find *ret_find)
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
        read_point(bytes, len, at, &taken);
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
            if (names_at(m->names, function->bytes, function->len, at, &f))
                return NULL;
            read_point(function->bytes, function->len, at, &taken);
        }
        return function;
    }
    return NULL;
}

void marks_instead(const struct marks *m, const char *bytes, const struct find *f,
                   struct buffer *out)
{
    static const enum word words[FIND_KIND_COUNT] = {
        [FIND_KIND_NAME] = WORD_SOMEBODY,    [FIND_KIND_EMAIL] = WORD_AN_ADDRESS,
        [FIND_KIND_CPR] = WORD_A_CPR,        [FIND_KIND_PHONE] = WORD_A_PHONE,
        [FIND_KIND_CLASS] = WORD_A_CLASS,    [FIND_KIND_WORD] = WORD_SOMEBODY,
        [FIND_KIND_FEW] = WORD_A_FEW,        [FIND_KIND_FIGURE] = WORD_UNDER_FIVE,
        [FIND_KIND_LINK] = WORD_A_LINK,      [FIND_KIND_HANDLE] = WORD_A_HANDLE,
        [FIND_KIND_ADDRESS] = WORD_A_STREET, [FIND_KIND_BIRTHDAY] = WORD_A_DAY,
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
    struct token last = people ? read_token(bytes, f->at + f->len, (size_t)(people + 1 - bytes))
                               : (struct token){ 0 };
    if (last.len > 0 && marks_word_is_group(last.folded, last.folded_len))
        buffer_add(out, people, (size_t)(bytes + f->at + f->len - people));
}

void marks_key(const char *bytes, const struct find *f, struct buffer *out)
{
    size_t taken;

    buffer_say(out, find_kind_enum.names[f->kind]);
    buffer_say(out, ":");
    for (size_t at = f->at; at < f->at + f->len; at += taken) {
        char point[8];
        int32_t small = utf8proc_tolower(read_point(bytes, f->at + f->len, at, &taken));
        buffer_add(out, point, (size_t)utf8proc_encode_char(small, (utf8proc_uint8_t *)point));
    }
}
