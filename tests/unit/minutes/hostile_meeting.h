/* hostile_meeting.h -- what people may write to see what it does, and a meeting that has it in
 * every place: tests/README.md, row 51. */
#ifndef UNIT_MINUTES_HOSTILE_MEETING_H
#define UNIT_MINUTES_HOSTILE_MEETING_H

#include <stdio.h>

#include "full_meeting.h"

#define TEN       "abcdefghij"
#define HUNDRED   TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define LONG_WORD HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

static const char *const corpus[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></main><svg/onload=alert(1)>",
    "<!-- --><a href=\"javascript:alert(1)\">klik</a>",
    "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "]]><![CDATA[ <?php echo 1 ?>",
    "[klik](javascript:alert(1)) ![billede](http://ond.example/x.png)",
    "[ref]: http://ond.example \"titel\"",
    "http://ond.example/?a=1 https://ond.example www.ond.example WWW.ond.example en@ond.example",
    "<http://ond.example> <en@ond.example>",
    "# overskrift",
    "1. liste",
    "12) liste",
    "- liste",
    "+ liste",
    "* liste",
    "> citat",
    "---",
    "===",
    "***",
    "```js",
    "~~~",
    "    kode",
    "`kode` ``kode``",
    "**fed** __fed__ *skrå* _skrå_ ~~væk~~",
    "| a | b |",
    "a | b \\| c",
    "\\",
    "slut\\",
    "\\*ikke\\*",
    ": definition",
    "$x^2$ $$y$$",
    "{{ site.secret }} {% include x %} ${x} #{x}",
    "% titel",
    "[ ] opgave [x] opgave [^1]",
    "første\n# anden\n- tredje\n\n\n1. fjerde\n=====",
    "=CMD()|' /C calc'!A0",
    "BEGIN:VEVENT\\nEND:VCALENDAR;X=1,\\, \\;",
    "👩‍👩‍👧‍👦🏳️‍🌈 ﷽ مرحبا שלום",
    LONG_WORD,
};

/* A text as a cell of a table. */
static inline char *as_cell(const char *text)
{
    char *cell = calloc(2 * strlen(text) + 3, 1), *to = cell;

    assert_non_null(cell);
    *to++ = '"';
    for (; *text; text++) {
        if (*text == '"')
            *to++ = '"';
        *to++ = *text;
    }
    *to = '"';
    return cell;
}

/* A table with a text in a head, as a row's name and in a cell; and the text alone. */
static inline void show_as_data(struct fixture *f, const char *text)
{
    char *cell = as_cell(text), csv[4096];

    snprintf(csv, sizeof(csv), "Hvor;%s\n%s;7\nHer;%s\n", cell, cell, cell);
    fixture_show(f, PART_WELCOME, text, csv);
    fixture_show(f, PART_WELCOME, text, NULL);
    fixture_show_text(f, PART_WELCOME, text, text);
    free(cell);
}

/* The corpus in every place where a person can write. */
static inline struct fixture *meeting_of(const char *text)
{
    static struct task task;
    static struct stakeholder body;
    struct fixture *f = fixture_new();

    f->source.title = f->source.place = f->source.focus = f->source.purpose = fixture_text(f, text);
    f->items[1].title = f->items[1].goal = fixture_text(f, text);
    f->parts[PART_TURNS].title = f->parts[PART_TURNS].lead = fixture_text(f, text);
    f->questions[0] = fixture_text(f, text);
    f->seats[0].name = f->seats[1].function = fixture_text(f, text);
    show_as_data(f, text);
    fixture_put(fixture_say(f, PART_TURNS, 1, text), 1, fixture_text(f, text));
    fixture_say(f, PART_RETROSPECT, 0, text)->post.content.box = BOX_ADJUST;
    fixture_say(f, PART_DECISION, 2, text)->post.content.answer = ANSWER_ACTION;
    fixture_answer(f, ANSWER_NEXT_STEP)->text = fixture_text(f, text);
    memset(&task, 0, sizeof(task));
    task.text = task.owner = fixture_text(f, text);
    fixture_answer(f, ANSWER_TASKS)->tasks = (struct task_list){ 1, &task };
    memset(&body, 0, sizeof(body));
    body.body = BODY_OTHER;
    body.settled = SETTLED_TODAY;
    body.name = fixture_text(f, text);
    fixture_answer(f, ANSWER_STAKEHOLDERS)->stakeholders = (struct stakeholder_list){ 1, &body };
    return f;
}

/* The text as the minutes have it: without blanks before it. */
static inline const char *corpus_text(size_t i)
{
    return corpus[i] + strspn(corpus[i], " ");
}

/* The same as a title, which is never longer than LIMIT_TITLE. */
static inline const char *corpus_title(size_t i)
{
    return strcmp(corpus[i], LONG_WORD) == 0 ? HUNDRED HUNDRED "…" : corpus_text(i);
}

enum { CORPUS = sizeof(corpus) / sizeof(corpus[0]) };

#endif
