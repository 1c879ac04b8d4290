/* meeting_fixture.h -- a small meeting for the tests of minutes: one part of every method, five
 * people, answers as each test wants them. */
#ifndef UNIT_MINUTES_MEETING_FIXTURE_H
#define UNIT_MINUTES_MEETING_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "minutes/minutes.h"
#include "support/cmocka_all.h"

enum { FIXTURE_PARTS = 9, FIXTURE_POINTS = 32, FIXTURE_TEXTS = 128 };

/* Indexes of the parts. */
enum {
    PART_WELCOME,
    PART_INTRO,
    PART_REFLECTION,
    PART_TURNS,
    PART_SPIRAL,
    PART_DIALOGUE,
    PART_SUMMARY,
    PART_DECISION,
    PART_RETROSPECT,
};

struct fixture {
    struct text *texts[FIXTURE_TEXTS]; /* Owned; everything else refers to them. */
    size_t text_count;
    struct text *questions[1];
    struct part parts[FIXTURE_PARTS];
    struct item items[3];
    struct agenda agenda;
    struct minutes_part stand[FIXTURE_PARTS];
    struct minutes_seat seats[5];
    struct minutes_point points[FIXTURE_POINTS];
    struct minutes_exhibit exhibits[LIMIT_DATA];
    struct written_answer answers[ANSWER_COUNT];
    struct minutes_source source;
};

static inline struct text *fixture_text(struct fixture *f, const char *string)
{
    assert_true(f->text_count < FIXTURE_TEXTS);
    f->texts[f->text_count] = text_from(string);
    assert_non_null(f->texts[f->text_count]);
    return f->texts[f->text_count++];
}

static inline struct uuid fixture_id(uint8_t n)
{
    return (struct uuid){ { n } };
}

static inline void fixture_agenda(struct fixture *f)
{
    static const enum method methods[FIXTURE_PARTS] = {
        METHOD_TALK,     METHOD_TURNS,   METHOD_REFLECTION, METHOD_TURNS,      METHOD_SPIRAL,
        METHOD_DIALOGUE, METHOD_SUMMARY, METHOD_DECISION,   METHOD_RETROSPECT,
    };
    static const char *const titles[FIXTURE_PARTS] = {
        "Velkomst",   "Præsentationsrunde", "Stilhed", "Refleksioner", NULL,
        "Fri dialog", "Opsummering",        NULL,      "Om samtalen",
    };

    for (size_t i = 0; i < FIXTURE_PARTS; i++) {
        f->parts[i].method = methods[i];
        f->parts[i].id = fixture_text(f, (const char[]){ 'p', (char)('1' + i), '\0' });
        f->parts[i].title = titles[i] ? fixture_text(f, titles[i]) : NULL;
        f->stand[i] = (struct minutes_part){ .on = true, .begun = true };
    }
    f->parts[PART_INTRO].intro = true;
    f->questions[0] = fixture_text(f, "Hvad lagde du mærke til?");
    f->parts[PART_TURNS].questions = (struct texts){ 1, f->questions };
    f->items[0] = (struct item){ .no = 1, .minutes = 5, .parts = { 2, f->parts } };
    f->items[1] = (struct item){ .no = 2, .minutes = 45, .parts = { 5, f->parts + 2 } };
    f->items[2] = (struct item){ .no = 3, .minutes = 39, .parts = { 2, f->parts + 7 } };
    f->items[0].title = fixture_text(f, "Velkomst og præsentationsrunde");
    f->items[1].title = fixture_text(f, "Refleksion over data");
    f->items[1].goal = fixture_text(f, "At forstå data bedre");
    f->items[2].title = fixture_text(f, "Beslutning og afslutning");
    f->agenda.items = (struct item_list){ 3, f->items };
}

static inline struct fixture *fixture_new(void)
{
    static const char *const people[5][2] = { { "Mette", "Lærer" },
                                              { "Thomas", "Børn og Unge-chef" },
                                              { "Skoleleder", "Skoleleder" },
                                              { NULL, "Elev A" },
                                              { "Aldrig Kommet", "MED" } };
    struct fixture *f = calloc(1, sizeof(*f));

    assert_non_null(f);
    fixture_agenda(f);
    for (size_t i = 0; i < 5; i++)
        f->seats[i] = (struct minutes_seat){
            .seat = (int64_t)i + 1,
            .name = people[i][0] ? fixture_text(f, people[i][0]) : NULL,
            .function = fixture_text(f, people[i][1]),
            .presence = PRESENCE_HERE,
            .came = i < 4,
        };
    f->source = (struct minutes_source){
        .locale = LOCALE_DA,
        .code = "K7QM-4XPR",
        .made = 1795000000, /* 2026-11-18, 11:06:40 UTC. */
        .closed = true,
        .title = fixture_text(f, "Alle med i frikvarteret"),
        .place = fixture_text(f, "Lærerværelset"),
        .focus = fixture_text(f, "Hvordan kan alle være med i pausen?"),
        .purpose = fixture_text(f, "Vi hjælper ledelsen med at vælge."),
        .date = "2026-11-17",
        .starts = "09:00",
        .agenda = &f->agenda,
        .parts = f->stand,
        .seats = f->seats,
        .seat_count = 5,
        .points = f->points,
        .exhibits = f->exhibits,
    };
    return f;
}

/* Adds a point, to which the test may add; its id is fixture_id of its number from 1. */
static inline struct minutes_point *fixture_say(struct fixture *f, size_t part, int64_t seat,
                                                const char *text)
{
    struct minutes_point *point = &f->points[f->source.point_count++];

    assert_true(f->source.point_count <= FIXTURE_POINTS);
    *point =
        (struct minutes_point){ .id = fixture_id((uint8_t)f->source.point_count), .part = part };
    point->post.seat = seat;
    point->post.content.text = fixture_text(f, text);
    return point;
}

/* Shows something on the wall; `csv` is NULL where it is no table. */
static inline void fixture_show(struct fixture *f, size_t part, const char *title, const char *csv)
{
    f->exhibits[f->source.exhibit_count++] = (struct minutes_exhibit){
        .part = part, .title = fixture_text(f, title), .csv = csv ? fixture_text(f, csv) : NULL
    };
    assert_true(f->source.exhibit_count <= LIMIT_DATA);
}

/* Puts a point under a heading of the board's. */
static inline void fixture_put(struct minutes_point *point, size_t theme, const struct text *title)
{
    point->theme = theme;
    point->theme_title = title;
}

/* A text that was read on the wall. */
static inline void fixture_show_text(struct fixture *f, size_t part, const char *title,
                                     const char *text)
{
    fixture_show(f, part, title, NULL);
    f->exhibits[f->source.exhibit_count - 1].text = fixture_text(f, text);
}

/* An answer that the test fills. */
static inline struct written_answer *fixture_answer(struct fixture *f, enum answer answer)
{
    f->answers[answer].answer = answer;
    f->source.answers[answer] = &f->answers[answer];
    return &f->answers[answer];
}

static inline void fixture_free(struct fixture *f)
{
    for (size_t i = 0; i < f->text_count; i++)
        text_unref(f->texts[i]);
    free(f);
}

#endif
