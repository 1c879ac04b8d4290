/* marks_check.h -- people at a table, and whether what is found in texts is what should be. */
#ifndef UNIT_MINUTES_MARKS_CHECK_H
#define UNIT_MINUTES_MARKS_CHECK_H

#include <string.h>

#include "base/buffer.h"
#include "meeting_fixture.h"
#include "minutes/marks.h"

/* Who was there. */
static const char *const people[][2] = {
    { "Mette Holm", "Lærer" },  { "Bo", "Pædagog" },       { "Anne-Marie Sørensen", "Skoleleder" },
    { "Jens", "Lærer" },        { "Åse", NULL },           { "Skoleleder", "Skoleleder" },
    { "Elev A", "Elev" },       { "André", "Elev" },       { "Ole Holm", "Forælder" },
    { "May", "Mettes mor" },    { "Юлия", "Lærer" },       { "Peter van der Bie", "MED-udvalg" },
    { "Ali Børn", "Forælder" }, { "Liv", "Ledelsesteam" }, { "Mads", NULL },
};

/* A text with what is found in it in angle brackets, each with its kind: "hos [name:Mette]". */
struct marked {
    const char *text, *found;
};

static inline void add_finds(struct marks *m, enum marks_place place, const char *text,
                             struct buffer *out)
{
    size_t from = 0, len = strlen(text);
    struct find f;

    while (from < len && marks_next(m, place, text, len, from, &f)) {
        assert_true(f.len > 0 && f.at >= from && f.at + f.len <= len);
        buffer_say(out, "[");
        buffer_say(out, find_kind_enum.names[f.kind]);
        buffer_say(out, ":");
        buffer_add(out, text + f.at, f.len);
        buffer_say(out, "]");
        from = f.at + f.len;
    }
    buffer_add(out, "", 1);
}

static inline void check_in(const struct marked *cases, size_t count, enum locale locale,
                            enum marks_place place)
{
    struct fixture *f = fixture_new();
    struct dictionary *dictionary = dictionary_new();
    struct minutes_seat seats[sizeof(people) / sizeof(people[0])] = { 0 };

    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
        seats[i].seat = (int64_t)i + 1;
        seats[i].name = fixture_text(f, people[i][0]);
        seats[i].function = people[i][1] ? fixture_text(f, people[i][1]) : NULL;
    }
    f->source.dictionary = dictionary;
    f->source.title = fixture_text(f, "Samtale om Freja på Sankt Annæ Gymnasium");
    f->source.place = fixture_text(f, "Nordskovens Skole, Lærerværelset, Bækskolen og Ahmed");
    f->source.seats = seats;
    f->source.seat_count = sizeof(people) / sizeof(people[0]);
    struct marks *m = marks_new(&f->source, locale);
    assert_non_null(m);
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct buffer out = { 0 };
        add_finds(m, place, cases[i].text, &out);
        if (strcmp(out.at, cases[i].found) != 0) {
            print_error("%s\n    has %s instead of %s\n", cases[i].text, out.at, cases[i].found);
            wrong++;
        }
        buffer_release(&out);
    }
    marks_free(m);
    dictionary_free(dictionary);
    fixture_free(f);
    assert_int_equal(wrong, 0);
}

#define CHECK(locale, place, ...)                                                                  \
    do {                                                                                           \
        static const struct marked cases[] = { __VA_ARGS__ };                                      \
        check_in(cases, sizeof(cases) / sizeof(cases[0]), locale, place);                          \
    } while (0)

#endif
