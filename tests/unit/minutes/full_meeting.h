/* full_meeting.h -- the fixture's meeting with everything that minutes can hold, and what tests ask
 * of the minutes once they are written. */
#ifndef UNIT_MINUTES_FULL_MEETING_H
#define UNIT_MINUTES_FULL_MEETING_H

#include "meeting_fixture.h"

/* An edition in a format that is text; the caller frees it. */
static inline char *fixture_write_edition(const struct fixture *f, const char *format,
                                          enum edition edition)
{
    struct document *d = minutes_build(&f->source, edition);
    const struct minutes_format *form = minutes_format_find(format);
    size_t len = 0;

    assert_non_null(d);
    assert_non_null(form);
    char *bytes = form->write(d, &len);
    assert_non_null(bytes);
    assert_int_equal(len, strlen(bytes));
    document_free(d);
    return bytes;
}

static inline char *fixture_write(const struct fixture *f, const char *format)
{
    return fixture_write_edition(f, format, EDITION_PARTICIPANTS);
}

/* How often `part` stands in `whole`. */
static inline size_t times(const char *whole, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(whole, part); at; at = strstr(at + strlen(part), part))
        n++;
    return n;
}

#define assert_has(whole, part)   assert_non_null(strstr(whole, part))
#define assert_lacks(whole, part) assert_null(strstr(whole, part))

/* That the pieces stand in this order. */
static inline void assert_in_order(const char *whole, const char *const *pieces)
{
    for (const char *at = whole; *pieces; pieces++) {
        const char *found = strstr(at, *pieces);
        if (!found)
            fail_msg("not in its place: %s", *pieces);
        at = found + strlen(*pieces);
    }
}

/* Everything that the minutes can hold, once. */
static inline struct fixture *full_meeting(void)
{
    static struct uuid first, second;
    static struct task tasks[3];
    static struct stakeholder bodies[3];
    static struct carried carried[4];
    struct fixture *f = fixture_new();

    first = fixture_id(1);
    second = fixture_id(2);
    fixture_show(f, PART_TURNS, "Bedste sted i pausen",
                 "Sted;2025;2026\nSkolegård;16 %;18 %\nBoldbane;31 %;29 %\nBibliotek;<5 %;..");
    fixture_show(f, PART_TURNS, "Trivselsmålingen", NULL);
    fixture_show_text(f, PART_TURNS, "Det siger børnene",
                      "Der er for lidt plads, når det regner.\nVi vil gerne lege med de store.");
    fixture_say(f, PART_TURNS, 1, "Der mangler voksne ude");
    fixture_say(f, PART_SPIRAL, 2, "Børnene vil gerne lege")->post.lap = 1;
    struct minutes_point *later = fixture_say(f, PART_SPIRAL, 3, "Voksne kan lære dem det");
    later->post.lap = 2;
    later->post.content.builds_on = (struct uuids){ 1, &second };
    fixture_say(f, PART_DIALOGUE, 4, "Vi vil have flere bolde")->post.late = true;
    const struct text *theme = fixture_text(f, "De voksnes rolle");
    fixture_put(fixture_say(f, PART_DIALOGUE, 1, "De voksne er med i legen"), 2, theme);
    fixture_put(later, 2, theme);
    fixture_say(f, PART_DIALOGUE, 2, "Biblioteket er altid åbent");
    fixture_put(fixture_say(f, PART_DIALOGUE, 3, "SFO’ens pædagoger kan mere"), 2, theme);
    fixture_say(f, PART_SUMMARY, 0, "Pausen er vigtig")->post.content.box = BOX_AGREED;
    fixture_say(f, PART_SUMMARY, 0, "Hvor mange voksne")->post.content.box = BOX_DIFFERING;
    fixture_say(f, PART_DECISION, 1, "Prøv det i én årgang")->post.content.answer = ANSWER_ACTION;
    fixture_say(f, PART_RETROSPECT, 1, "God stemning")->post.content.box = BOX_WORKED_WELL;

    struct written_answer *a = fixture_answer(f, ANSWER_NEXT_STEP);
    a->text = fixture_text(f, "Pausen skal have noget at byde på");
    a->based_on = (struct uuids){ 1, &first };
    a = fixture_answer(f, ANSWER_TARGETS);
    a->text = fixture_text(f, "Flere børn har nogen at være sammen med");
    a->has_unsettled = a->unsettled = true;
    fixture_answer(f, ANSWER_FOLLOW_UP)->date = fixture_text(f, "2027-02-01");
    memset(tasks, 0, sizeof(tasks));
    tasks[0].text = fixture_text(f, "Spørger klasserne");
    tasks[0].owner = fixture_text(f, "Mette");
    tasks[0].has_seat = true;
    tasks[0].seat = 1;
    tasks[0].due = fixture_text(f, "2026-12-03");
    tasks[1].text = fixture_text(f, "Laver en plan");
    tasks[1].owner = fixture_text(f, "Thomas");
    tasks[1].has_seat = true;
    tasks[1].seat = 2;
    tasks[2].text = fixture_text(f, "Finder bolde");
    tasks[2].builds_on = (struct uuids){ 1, &first };
    fixture_answer(f, ANSWER_TASKS)->tasks = (struct task_list){ 3, tasks };
    memset(bodies, 0, sizeof(bodies));
    bodies[0].body = BODY_PUPIL_COUNCIL;
    bodies[0].settled = SETTLED_TODAY;
    bodies[1].body = BODY_SCHOOL_BOARD;
    bodies[1].settled = SETTLED_DATE;
    bodies[1].date = fixture_text(f, "2026-12-01");
    bodies[2].body = BODY_OTHER;
    bodies[2].settled = SETTLED_UNSETTLED;
    bodies[2].name = fixture_text(f, "Idrætsforeningen");
    fixture_answer(f, ANSWER_STAKEHOLDERS)->stakeholders = (struct stakeholder_list){ 3, bodies };
    memset(carried, 0, sizeof(carried));
    carried[0].kind = carried[1].kind = carried[3].kind = CARRIED_KIND_TASK;
    carried[0].text = fixture_text(f, "Maler baner i gården");
    carried[0].came.outcome = OUTCOME_DONE;
    carried[1].text = fixture_text(f, "Finder en legeaftale");
    carried[1].came.outcome = OUTCOME_UNDER_WAY;
    carried[1].came.word = fixture_text(f, "Tre klasser er med");
    carried[2].kind = CARRIED_KIND_ADJUST;
    carried[2].text = fixture_text(f, "Mere tid til data");
    carried[3].text = fixture_text(f, "Spørger forældrene");
    f->agenda.carried = (struct carried_list){ 4, carried };
    return f;
}

#endif
