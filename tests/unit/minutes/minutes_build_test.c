#include <stdio.h>

#include "full_meeting.h"
#include "minutes/html.h"
#include "minutes/words.h"

static void the_agenda_is_the_skeleton_even_of_an_empty_meeting(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    memset(f->stand, 0, sizeof(f->stand));
    for (size_t i = 0; i < FIXTURE_PARTS; i++)
        f->stand[i].on = true;
    f->source.seat_count = 0;
    f->source.closed = false;
    char *html = fixture_write(f, "html");
    assert_in_order(
        html, (const char *[]){ "<h1>Alle med i frikvarteret</h1>", "udkast", "<h2>Deltagere</h2>",
                                "ingen deltagere", "<h2>Beslutninger</h2>",
                                "<h2>1. Velkomst og præsentationsrunde</h2>",
                                "Det er vi ikke nået til endnu.",
                                "<h2>2. Refleksion over data</h2>", "At forstå data bedre",
                                "<h3>Refleksioner</h3>", "Hvad lagde du mærke til?",
                                "<h2>3. Beslutning og afslutning</h2>", "</html>", NULL });
    assert_lacks(html, "nåede vi ikke");
    assert_lacks(html, "Ingen pointer");
    free(html);
    fixture_free(f);
}

static void a_meeting_without_anything_in_its_source_still_has_minutes(void **state)
{
    (void)state;
    const struct agenda nothing = { 0 };
    const struct minutes_source source = { .agenda = &nothing };
    struct document *d = minutes_build(&source, EDITION_PARTICIPANTS);
    size_t len;

    assert_non_null(d);
    char *html = html_write(d, &len);
    assert_has(html, "<h1>Møde</h1>");
    assert_lacks(html, "Beslutninger");
    free(html);
    document_free(d);
}

static void every_unsettled_answer_says_so(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    char *html = fixture_write(f, "html");

    fixture_answer(f, ANSWER_ACTION)->unsettled = true;
    free(html);
    html = fixture_write(f, "html");
    assert_int_equal(times(html, "<mark class=\"open\">ikke besvaret</mark>"), 6);
    assert_int_equal(times(html, "<mark class=\"open\">talt om, men ikke afklaret</mark>"), 1);
    assert_lacks(html, "Skolebestyrelsen");
    assert_in_order(html, (const char *[]){ "<h3>Det mangler vi at aftale</h3>", "Næste skridt",
                                            "ikke besvaret", "Skolens handling",
                                            "talt om, men ikke afklaret",
                                            "Mål for det næste halve år", "Hvem skal involveres?",
                                            "Hvem gør hvad, og hvornår?", "Hvornår følger vi op?",
                                            "Tilbagemelding til chefen", "</ul>", NULL });
    free(html);
    fixture_free(f);
}

static void points_stand_under_their_part_with_who_said_them(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    char *md = fixture_write(f, "md");

    assert_in_order(
        md, (const char *[]){
                "### Refleksioner", "- Der mangler voksne ude (Mette, Lærer)\n",
                "### Spiralsamtale", "#### 1. runde",
                "- Børnene vil gerne lege (Thomas, Børn og Unge-chef)\n", "#### 2. runde",
                "- Voksne kan lære dem det (Skoleleder)\\\n"
                "  bygger på: ”Børnene vil gerne lege”\n",
                "### Fri dialog", "- Vi vil have flere bolde (Elev A) – skrevet bagefter\n",
                "#### Det er vi enige om", "- Pausen er vigtig\n", "#### Det ser vi forskelligt på",
                "- **Forslag – Skolens handling** Prøv det i én årgang (Mette, Lærer)", NULL });
    free(md);
    fixture_free(f);
}

static void what_several_said_together_is_by_all_of_them(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    int64_t with[] = { 2, 4, 77 };

    fixture_say(f, PART_DIALOGUE, 1, "Sammen")->post.with_seats = (struct ints){ 3, with };
    fixture_say(f, PART_DIALOGUE, 3, "To")->post.with_seats = (struct ints){ 1, with + 1 };
    fixture_say(f, PART_DIALOGUE, 2, "Alene")->post.with_seats = (struct ints){ 1, with + 2 };
    char *md = fixture_write(f, "md");
    assert_has(md, "- Sammen (Mette, Thomas og Elev A)\n- To (Skoleleder og Elev A)\n"
                   "- Alene (Thomas, Børn og Unge-chef)\n");
    free(md);
    fixture_free(f);
}

static void nobody_is_named_at_a_point_of_a_retrospect(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    static struct uuid own;

    struct minutes_point *point = fixture_say(f, PART_RETROSPECT, 1, "God stemning");
    own = point->id;
    point->post.content.box = BOX_WORKED_WELL;
    point->post.late = true;
    point->post.content.builds_on = (struct uuids){ 1, &own };
    char *md = fixture_write(f, "md");
    assert_has(md, "#### Det fungerede godt\n\n- God stemning\n");
    free(md);
    fixture_free(f);
}

/* An item of one part with its own title has no heading for the part; levels are not skipped. */
static void no_level_of_headings_is_skipped(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    f->items[2].parts = (struct part_list){ 1, &f->parts[PART_RETROSPECT] };
    f->items[2].title = f->parts[PART_RETROSPECT].title;
    fixture_say(f, PART_DECISION, 0, "God stemning")->post.content.box = BOX_WORKED_WELL;
    char *md = fixture_write(f, "md");
    assert_has(md, "## 3. Om samtalen\n\n### Det fungerede godt\n\n- God stemning\n");
    free(md);
    fixture_free(f);
}

static void people_of_one_name_are_told_apart(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    f->seats[1].name = f->seats[0].name;
    char *md = fixture_write(f, "md");
    assert_has(md, "- Mette, Lærer\n- Mette, Børn og Unge-chef\n");
    assert_has(md, "(Mette, Børn og Unge-chef)");
    free(md);
    f->seats[1].function = f->seats[0].function;
    md = fixture_write(f, "md");
    assert_has(md, "- Mette 1, Lærer\n- Mette 2, Lærer\n");
    assert_has(md, "(Mette 2, Lærer)");
    free(md);
    fixture_free(f);
}

static void tasks_tell_what_they_lack(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    f->seats[1].presence = PRESENCE_LEFT;
    char *md = fixture_write(f, "md");
    assert_in_order(
        md, (const char *[]){ "| Nr. | Opgave | Ansvarlig | Frist |\n| --- | --- | --- | --- |\n",
                              "| **1** | Spørger klasserne | Mette | 3. december 2026 |\n",
                              "| **2** | Laver en plan | aftales med Thomas | *ikke afklaret* |\n",
                              "| **3** | Finder bolde<br>Bygger på: ”Der mangler voksne ude” | "
                              "*ikke afklaret* | *ikke afklaret* |\n",
                              "- Opgave 2 mangler en frist\n",
                              "- Opgave 3 mangler en ansvarlig og en frist\n", NULL });
    free(md);
    fixture_free(f);
}

static void answers_stand_in_their_table(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    char *md = fixture_write(f, "md");

    assert_in_order(
        md,
        (const char *[]){
            "| Spørgsmål | Svar |\n| --- | --- |\n",
            "| **Næste skridt** | Pausen skal have noget at byde på<br>Bygger på: ”Der mangler",
            "| **Skolens handling** | *ikke besvaret* |\n",
            "| **Mål for det næste halve år** | *talt om, men ikke afklaret*<br>Flere børn",
            "| **Hvem skal involveres?** | Se nedenfor |\n",
            "| **Hvem gør hvad, og hvornår?** | 3 opgaver – se nedenfor |\n",
            "| **Hvornår følger vi op?** | 1. februar 2027 |\n",
            "| **Tilbagemelding til chefen** | *ikke besvaret* |\n",
            "| **Skolebestyrelsen** | 1. december 2026 |\n", "| **Elevrådet** | på mødet |\n",
            "| **MED-udvalget** | *ikke besvaret* |\n",
            "| **Idrætsforeningen** | *ikke afklaret* |\n",
            "### Det mangler vi at aftale\n\n- Skolens handling – ikke besvaret\n"
            "- Mål for det næste halve år – talt om, men ikke afklaret\n"
            "- Tilbagemelding til chefen – ikke besvaret\n- Hvem skal involveres? MED-udvalget\n"
            "- Hvem skal involveres? Idrætsforeningen\n",
            NULL });
    free(md);
    fixture_free(f);
}

static void the_top_tells_when_it_was_and_who_facilitated(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    f->source.began = "09:02";
    f->source.ended = "11:04";
    f->seats[1].facilitated = true;
    char *html = fixture_write(f, "html");
    assert_in_order(html, (const char *[]){ "17. november 2026", " kl. ", "9.02", "–", "11.04",
                                            "Lærerværelset", "Mødeleder", "Thomas", NULL });
    free(html);
    fixture_free(f);
}

static void what_stands_among_the_answers_is_not_told_again(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    static struct uuid first;

    struct minutes_point *idea = fixture_say(f, PART_DECISION, 1, "Prøv det i én årgang");
    idea->post.content.answer = ANSWER_ACTION;
    first = idea->id;
    struct written_answer *a = fixture_answer(f, ANSWER_ACTION);
    a->text = fixture_text(f, "Prøv det i én årgang\nfra januar");
    a->based_on = (struct uuids){ 1, &first };
    char *md = fixture_write(f, "md");
    assert_int_equal(times(md, "Prøv det i én årgang"), 1);
    assert_lacks(md, "Forslag");
    free(md);

    a->text = fixture_text(f, "I alle årgange");
    md = fixture_write(f, "md");
    assert_has(md, "Bygger på: ”Prøv det i én årgang”");
    assert_has(md, "**Forslag – Skolens handling** Prøv det i én årgang");
    free(md);
    fixture_free(f);
}

/* Each heading of the Markdown has something under it that is no heading of its own level or a
 * higher one. */
static void assert_no_empty_headings(const char *md)
{
    for (const char *at = md; at; at = strstr(at, "\n#")) {
        at += *at == '\n';
        size_t level = strspn(at, "#");
        const char *next = strchr(at, '\n');
        next += strspn(next, "\n");
        if (!*next || (*next == '#' && strspn(next, "#") <= level))
            fail_msg("nothing under: %.*s", (int)strcspn(at, "\n"), at);
    }
}

static void no_heading_stands_over_nothing(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    char *md = fixture_write(f, "md");

    assert_lacks(md, "## 1. Velkomst");
    assert_lacks(md, "### Velkomst");
    assert_lacks(md, "### Stilhed");
    assert_has(md, "### Fri dialog");
    assert_no_empty_headings(md);
    free(md);
    fixture_say(f, PART_WELCOME, 1, "Godt at se jer");
    md = fixture_write(f, "md");
    assert_has(md, "## 1. Velkomst og præsentationsrunde\n\n### Velkomst\n\n- Godt at se jer");
    assert_no_empty_headings(md);
    free(md);

    fixture_say(f, PART_INTRO, 2, "Prøv det")->post.content.answer = ANSWER_ACTION;
    fixture_answer(f, ANSWER_ACTION)->text = fixture_text(f, "Prøv det");
    md = fixture_write(f, "md");
    assert_lacks(md, "### Præsentationsrunde"); /* What was suggested there is taken in. */
    free(md);

    f->source.closed = false; /* Wherever the meeting is. */
    for (size_t at = 0; at < FIXTURE_PARTS; at++) {
        for (size_t i = 0; i < FIXTURE_PARTS; i++)
            f->stand[i] = (struct minutes_part){ .on = true, .begun = i <= at, .running = i == at };
        md = fixture_write(f, "md");
        assert_no_empty_headings(md);
        assert_int_equal(times(md, "**I gang nu**"), 1);
        free(md);
    }
    fixture_free(f);
}

static void a_text_answers_for_those_nobody_spoke_of(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct written_answer *a = fixture_answer(f, ANSWER_STAKEHOLDERS);

    a->text = fixture_text(f, "De andre hører om det");
    a->stakeholders.at[1].settled = SETTLED_NOT_RELEVANT;
    char *md = fixture_write(f, "md");
    assert_in_order(md, (const char *[]){ "De andre hører om det",
                                          "| **Skolebestyrelsen** | ikke relevant |\n", NULL });
    assert_null(strstr(md, "| **MED"));
    assert_null(strstr(md, "involveres? MED"));
    free(md);
    fixture_free(f);
}

static void only_those_who_came_are_listed(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    char *md = fixture_write(f, "md");

    assert_has(md, "## Deltagere\n\n- Mette, Lærer\n- Thomas, Børn og Unge-chef\n- Skoleleder\n"
                   "- Elev A\n\n");
    assert_lacks(md, "Aldrig Kommet");
    free(md);
    fixture_free(f);
}

static void an_optional_part_that_was_not_used_is_left_out(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    f->stand[PART_SPIRAL] = (struct minutes_part){ 0 };
    f->stand[PART_DIALOGUE] = (struct minutes_part){ .on = true };
    char *md = fixture_write(f, "md");
    assert_lacks(md, "Spiralsamtale");
    assert_has(md, "### Fri dialog\n\nDet nåede vi ikke.\n");
    free(md);

    fixture_say(f, PART_SPIRAL, 1, "Skrevet for tidligt");
    md = fixture_write(f, "md");
    assert_has(md, "### Spiralsamtale\n\n- Skrevet for tidligt");
    free(md);
    fixture_free(f);
}

static void an_agenda_without_a_decision_has_no_empty_answers(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();

    f->parts[PART_DECISION].method = METHOD_TALK;
    char *md = fixture_write(f, "md");
    assert_lacks(md, "Beslutninger");
    free(md);

    fixture_answer(f, ANSWER_NEXT_STEP)->text = fixture_text(f, "Noget alligevel");
    md = fixture_write(f, "md");
    assert_has(md, "## Beslutninger");
    free(md);
    fixture_free(f);
}

static void a_removed_text_leaves_no_trace(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    f->points[1].post.content.text = NULL;
    char *md = fixture_write(f, "md");
    assert_lacks(md, "Børnene vil gerne lege");
    assert_lacks(md, "bygger på");
    free(md);
    fixture_free(f);
}

static void every_word_stands_in_both_languages(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    for (enum word w = 0; w < WORD_COUNT; w++) {
        assert_true(strlen(word(LOCALE_DA, w)) > 0);
        assert_true(strlen(word(LOCALE_EN, w)) > 0);
    }
    f->source.locale = LOCALE_EN;
    f->source.standing.state = STANDING_STATE_APPROVED;
    char *html = fixture_write(f, "html");
    assert_in_order(html, (const char *[]){ "<html lang=\"en\">", "Decision minutes – approved",
                                            "17 November 2026", "at 9:00", "<h2>Decisions</h2>",
                                            "not answered", "1 February 2027", "<h4>Round 1</h4>",
                                            "<h4>Round 2</h4>", "builds on: ", "“",
                                            "Børnene vil gerne lege", "”", NULL });
    assert_lacks(html, "afklaret");
    free(html);
    fixture_free(f);
}

static void sections_and_answers_stand_as_the_agenda_lays_them_out(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct agenda agenda = *f->source.agenda;
    struct text *decisions = text_from("Det aftalte <vi>"), *next = text_from("Hvad gør vi nu?");
    struct layout_answer answers[] = { { .answer = ANSWER_FEEDBACK },
                                       { .answer = ANSWER_NEXT_STEP, .heading = next } };
    struct layout_section layout[] = {
        { .section = SECTION_DECISIONS,
          .heading = decisions,
          .has_answers = true,
          .answers = { .count = 2, .at = answers } },
        { .section = SECTION_AGENDA },
    };

    agenda.layout = (struct layout_section_list){ .count = 2, .at = layout };
    f->source.agenda = &agenda;
    char *html = fixture_write(f, "html");
    assert_in_order(html, (const char *[]){ "<h2>Det aftalte &lt;vi&gt;</h2>",
                                            "<th scope=\"row\">Tilbagemelding til chefen</th>",
                                            "<th scope=\"row\">Hvad gør vi nu?</th>",
                                            "<h2>2. Refleksion over data</h2>",
                                            "står samlet under Det aftalte &lt;vi&gt;.",
                                            "<h2>Deltagere</h2>", NULL });
    free(html);
    text_unref(decisions);
    text_unref(next);
    fixture_free(f);
}

/* The line under the title, up to its end. */
static void assert_standing(struct fixture *f, const char *line)
{
    char whole[256];
    char *html = fixture_write(f, "html");

    snprintf(whole, sizeof(whole), "%s</span></p>", line);
    assert_in_order(html, (const char *[]){ "<h1>", whole, NULL });
    free(html);
}

static void how_they_stand_is_told_with_who_and_when(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    struct minutes_standing *s = &f->source.standing;
    struct text *lene = text_from("Lene <b>Holm"), *ole = text_from("Ole");

    *s = (struct minutes_standing){ .state = STANDING_STATE_DRAFT };
    assert_standing(f, "Beslutningsreferat – udkast, endnu ikke godkendt");
    *s = (struct minutes_standing){ .state = STANDING_STATE_APPROVED,
                                    .approved = "2026-11-18",
                                    .approved_by = lene };
    assert_standing(f, "Beslutningsreferat – godkendt 18. november 2026 af Lene &lt;b&gt;Holm");
    s->state = STANDING_STATE_PUBLISHED;
    s->published = "2026-11-19";
    s->published_by = ole;
    f->source.locale = LOCALE_EN;
    assert_standing(f, "Decision minutes – approved on 18 November 2026 by Lene &lt;b&gt;Holm, "
                       "published on 19 November 2026 by Ole");
    s->state = STANDING_STATE_DRAFT;
    s->changed = true;
    assert_standing(f, "Decision minutes – a draft, changed after it was approved on 18 November "
                       "2026");
    text_unref(lene);
    text_unref(ole);
    fixture_free(f);
}

static void dates_are_written_out(void **state)
{
    (void)state;
    char date[DATE_WRITTEN], time[8];

    date_written(LOCALE_DA, "2026-11-17", date);
    assert_string_equal(date, "17. november 2026");
    date_written(LOCALE_EN, "2026-05-01", date);
    assert_string_equal(date, "1 May 2026");
    date_written(LOCALE_DA, "2026-13-01", date);
    assert_string_equal(date, "2026-13-01");
    date_written(LOCALE_DA, "et eller andet langt ord", date);
    assert_string_equal(date, "et eller a");
    time_written(LOCALE_DA, "09:05", time);
    assert_string_equal(time, "9.05");
    time_written(LOCALE_EN, "23:59", time);
    assert_string_equal(time, "23:59");
}

static void only_the_edition_that_is_made_can_be_asked_for(void **state)
{
    (void)state;
    enum edition edition = (enum edition)7;

    assert_false(minutes_edition("press", &edition));
    assert_false(minutes_edition("", &edition));
    assert_int_equal(edition, 7);
    assert_true(minutes_edition("participants", &edition));
    assert_int_equal(edition, EDITION_PARTICIPANTS);
    assert_true(minutes_edition("facilitator", &edition));
    assert_int_equal(edition, EDITION_FACILITATOR);
    assert_true(minutes_edition("public", &edition));
    assert_int_equal(edition, EDITION_PUBLIC);
    assert_null(minutes_format_find("pdf"));
    assert_string_equal(minutes_format_find("md")->extension, "md");
}

static void a_recap_stands_over_its_lap_also_where_nothing_else_was_written(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    const struct minutes_recap recaps[] = {
        { .part = PART_SPIRAL, .lap = 2, .text = fixture_text(f, "Vi ser det samme.") },
        { .part = PART_SPIRAL, .lap = 3, .text = fixture_text(f, "Enige om gården.") },
    };

    f->source.recaps = recaps;
    f->source.recap_count = 2;
    char *md = fixture_write(f, "md");
    assert_in_order(md, (const char *[]){ "#### 1. runde", "#### 2. runde", "Vi ser det samme",
                                          "- Voksne kan lære dem det", "#### 3. runde",
                                          "Enige om gården", NULL });
    assert_int_equal(times(md, "#### 2. runde"), 1);
    free(md);
    fixture_free(f);
}

static void the_facilitators_copy_alone_has_plan_and_course(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    size_t len;

    for (size_t i = 0; i < FIXTURE_PARTS; i++)
        f->stand[i].planned = f->stand[i].used = (struct span){ 300000 };
    f->stand[PART_TURNS].used = (struct span){ 425000 };
    f->stand[PART_DIALOGUE].used = (struct span){ 180000 };
    f->stand[PART_SUMMARY] = (struct minutes_part){ .on = true, .planned = { 60000 } };
    struct document *d = minutes_build(&f->source, EDITION_FACILITATOR);
    assert_non_null(d);
    char *md = minutes_format_find("md")->write(d, &len);
    assert_in_order(md,
                    (const char *[]){ "## Plan og forløb", "Planlagt", "5:00 | 5:00 | som planlagt",
                                      "5:00 | 7:05 | 2:05 over", "5:00 | 3:00 | 2:00 i overskud",
                                      "1:00 | ", "blev ikke holdt", "I alt", NULL });
    free(md);
    document_free(d);
    md = fixture_write(f, "md");
    assert_lacks(md, "Plan og forløb");
    assert_lacks(md, "7:05");
    free(md);
    fixture_free(f);
}

/* The seconds of the column of what was used, in the order of its rows; how many there are. */
static size_t seconds_used(const char *md, int64_t *ret_seconds)
{
    size_t count = 0;

    for (const char *row = strstr(md, "## Plan og forløb"); row && *row;) {
        const char *end = strchr(row, '\n'), *cell = row;
        int minutes, seconds;
        for (int bar = 0; cell && bar < 3; bar++) {
            cell = strchr(cell, '|');
            cell = cell ? cell + 1 : NULL;
        }
        if (cell && (!end || cell < end) && sscanf(cell, " %d:%d", &minutes, &seconds) == 2)
            ret_seconds[count++] = minutes * 60 + seconds;
        row = end ? end + 1 : NULL;
    }
    return count;
}

static void what_the_parts_used_comes_to_the_sum(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();
    int64_t seconds[FIXTURE_PARTS + 1], sum = 0;
    size_t len;

    for (size_t i = 0; i < FIXTURE_PARTS; i++)
        f->stand[i] = (struct minutes_part){
            .on = true, .begun = true, .planned = { 300000 }, .used = { 61700 + 100 * (int64_t)i }
        };
    struct document *d = minutes_build(&f->source, EDITION_FACILITATOR);
    char *md = minutes_format_find("md")->write(d, &len);
    size_t rows = seconds_used(md, seconds);
    assert_int_equal(rows, FIXTURE_PARTS + 1);
    for (size_t i = 0; i < FIXTURE_PARTS; i++)
        sum += seconds[i];
    assert_int_equal(seconds[FIXTURE_PARTS], sum);
    free(md);
    document_free(d);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_agenda_is_the_skeleton_even_of_an_empty_meeting),
        cmocka_unit_test(a_meeting_without_anything_in_its_source_still_has_minutes),
        cmocka_unit_test(every_unsettled_answer_says_so),
        cmocka_unit_test(points_stand_under_their_part_with_who_said_them),
        cmocka_unit_test(what_several_said_together_is_by_all_of_them),
        cmocka_unit_test(nobody_is_named_at_a_point_of_a_retrospect),
        cmocka_unit_test(what_the_parts_used_comes_to_the_sum),
        cmocka_unit_test(no_level_of_headings_is_skipped),
        cmocka_unit_test(people_of_one_name_are_told_apart),
        cmocka_unit_test(tasks_tell_what_they_lack),
        cmocka_unit_test(answers_stand_in_their_table),
        cmocka_unit_test(the_top_tells_when_it_was_and_who_facilitated),
        cmocka_unit_test(what_stands_among_the_answers_is_not_told_again),
        cmocka_unit_test(no_heading_stands_over_nothing),
        cmocka_unit_test(a_text_answers_for_those_nobody_spoke_of),
        cmocka_unit_test(only_those_who_came_are_listed),
        cmocka_unit_test(an_optional_part_that_was_not_used_is_left_out),
        cmocka_unit_test(an_agenda_without_a_decision_has_no_empty_answers),
        cmocka_unit_test(a_removed_text_leaves_no_trace),
        cmocka_unit_test(every_word_stands_in_both_languages),
        cmocka_unit_test(sections_and_answers_stand_as_the_agenda_lays_them_out),
        cmocka_unit_test(how_they_stand_is_told_with_who_and_when),
        cmocka_unit_test(dates_are_written_out),
        cmocka_unit_test(only_the_edition_that_is_made_can_be_asked_for),
        cmocka_unit_test(a_recap_stands_over_its_lap_also_where_nothing_else_was_written),
        cmocka_unit_test(the_facilitators_copy_alone_has_plan_and_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
