#include "minutes/minutes.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "minutes/build.h"
#include "minutes/docx.h"
#include "minutes/html.h"
#include "minutes/ics.h"
#include "minutes/json.h"
#include "minutes/markdown.h"
#include "minutes/odt.h"
#include "minutes/odt_parts.h"

static void add_term(struct builder *b, enum word w, const struct text *t)
{
    if (!t)
        return;
    block(b, NODE_TERM, MARK_NONE, w);
    document_open(b->d, NODE_DETAIL);
    document_add(b->d, MARK_NONE, t);
    document_close(b->d);
}

static void add_hour(struct builder *b, const char *hour)
{
    char time[8];

    time_written(b->locale, hour, time);
    document_say(b->d, MARK_NONE, time);
}

/* The day and the hours of the meeting; before it has begun, the hour at which it is to begin. */
static void add_date(struct builder *b)
{
    const struct minutes_source *s = b->source;
    const char *from = s->began ? s->began : s->starts;

    if (!s->date)
        return;
    block(b, NODE_TERM, MARK_NONE, WORD_DATE);
    document_open(b->d, NODE_DETAIL);
    say_date(b, s->date);
    if (from) {
        say(b, MARK_NONE, WORD_AT_TIME);
        add_hour(b, from);
        if (s->began && s->ended) {
            document_say(b->d, MARK_NONE, "–");
            add_hour(b, s->ended);
        }
    }
    document_close(b->d);
}

static void add_facilitators(struct builder *b)
{
    const struct minutes_source *s = b->source;
    bool any = false;

    for (size_t i = 0; i < s->seat_count; i++) {
        const struct minutes_seat *seat = &s->seats[i];
        if (!seat->facilitated || (!seat->name && !seat->function))
            continue;
        if (!any) {
            block(b, NODE_TERM, MARK_NONE, WORD_FACILITATED);
            document_open(b->d, NODE_DETAIL);
        } else {
            document_say(b->d, MARK_NONE, " · ");
        }
        any = true;
        say_person(b, MARK_NONE, seat);
    }
    if (any)
        document_close(b->d);
}

static bool somebody_facilitated(const struct minutes_source *s)
{
    for (size_t i = 0; i < s->seat_count; i++)
        if (s->seats[i].facilitated && (s->seats[i].name || s->seats[i].function))
            return true;
    return false;
}

/* That somebody did something on a day: "godkendt 18. november 2026 af Lene Holm". */
static void add_done(struct builder *b, enum word did, const char *day, const struct text *by)
{
    char written[DATE_WRITTEN];

    say(b, MARK_SOFT, did);
    if (day) {
        date_written(b->locale, day, written);
        say(b, MARK_SOFT, WORD_DONE_ON);
        document_say(b->d, MARK_SOFT, written);
    }
    if (by) {
        say(b, MARK_SOFT, WORD_DONE_BY);
        document_add(b->d, MARK_SOFT, by);
    }
}

/* Whether it is a draft, and else who approved and published it, and when. */
static void add_standing(struct builder *b)
{
    const struct minutes_standing *s = &b->source->standing;
    bool draft = s->state != STANDING_STATE_APPROVED && s->state != STANDING_STATE_PUBLISHED;

    document_open(b->d, NODE_PARAGRAPH);
    say(b, MARK_SOFT, WORD_MINUTES);
    if (draft && s->changed)
        add_done(b, WORD_CHANGED_SINCE, s->approved, NULL);
    else if (draft)
        say(b, MARK_SOFT, WORD_DRAFT);
    else
        add_done(b, WORD_APPROVED, s->approved, b->is_public ? NULL : s->approved_by);
    if (s->state == STANDING_STATE_PUBLISHED) {
        document_say(b->d, MARK_SOFT, ", ");
        add_done(b, WORD_PUBLISHED, s->published, b->is_public ? NULL : s->published_by);
    }
    document_close(b->d);
}

static void add_top(struct builder *b)
{
    const struct minutes_source *s = b->source;

    document_open_heading(b->d, 1);
    if (s->title)
        document_add_short(b->d, MARK_NONE, s->title, LIMIT_TITLE);
    else
        say(b, MARK_NONE, WORD_UNTITLED);
    document_close(b->d);
    add_standing(b);
    bool led = !b->is_public && somebody_facilitated(s);
    if (!s->date && !s->place && !s->focus && !s->purpose && !led)
        return;
    document_open(b->d, NODE_TERMS);
    add_date(b);
    add_term(b, WORD_PLACE, s->place);
    if (led)
        add_facilitators(b);
    add_term(b, WORD_FOCUS, s->focus);
    add_term(b, WORD_PURPOSE, s->purpose);
    document_close(b->d);
}

static void add_participants(struct builder *b)
{
    const struct minutes_source *s = b->source;
    bool any = false;

    layout_heading(b, SECTION_PARTICIPANTS, WORD_PARTICIPANTS);
    for (size_t i = 0; i < s->seat_count; i++) {
        const struct minutes_seat *seat = &s->seats[i];
        if (!seat->came || (!seat->name && !seat->function))
            continue;
        if (!any)
            document_open(b->d, NODE_LIST);
        any = true;
        document_open(b->d, NODE_ITEM);
        say_person(b, MARK_NONE, seat);
        document_close(b->d);
    }
    if (any)
        document_close(b->d);
    else
        block(b, NODE_PARAGRAPH, MARK_SOFT, WORD_NOBODY);
}

/* Goal and who is responsible, as far as the agenda tells. */
static void add_item_facts(struct builder *b, const struct item *item)
{
    if (item->goal) {
        document_open(b->d, NODE_PARAGRAPH);
        say(b, MARK_SOFT, WORD_GOAL);
        document_add(b->d, MARK_SOFT, item->goal);
        document_close(b->d);
    }
    if (item->responsible.count == 0)
        return;
    document_open(b->d, NODE_PARAGRAPH);
    say(b, MARK_SOFT, WORD_RESPONSIBLE);
    for (size_t i = 0; i < item->responsible.count; i++) {
        if (i > 0)
            document_say(b->d, MARK_SOFT, ", ");
        document_add(b->d, MARK_SOFT, item->responsible.at[i]);
    }
    document_close(b->d);
}

/* The lead and the questions that were put to all. */
static void add_questions(struct builder *b, const struct part *part)
{
    if (part->lead) {
        document_open(b->d, NODE_PARAGRAPH);
        document_add(b->d, MARK_SOFT, part->lead);
        document_close(b->d);
    }
    for (size_t i = 0; i < part->questions.count; i++) {
        document_open(b->d, NODE_PARAGRAPH);
        document_add(b->d, MARK_SOFT, part->questions.at[i]);
        document_close(b->d);
    }
}

/* Once it is over, people are told that a part was not reached, or that nobody wrote. */
static bool tells_of_nothing(const struct builder *b, const struct part *part, size_t index)
{
    const struct minutes_part *stands = &b->source->parts[index];

    if (b->is_public)
        return false;
    return stands->begun ? method_infos[part->method].gathered && !part->intro : b->source->closed;
}

/* No heading stands over nothing. */
static bool has_content(const struct builder *b, const struct part *part, size_t index)
{
    if (b->is_public)
        return exhibits_any(b, index) || points_any(b, index);
    return b->source->parts[index].running || part->lead || part->questions.count > 0 ||
           method_infos[part->method].decides || exhibits_any(b, index) || points_any(b, index) ||
           tells_of_nothing(b, part, index);
}

static void add_part_content(struct builder *b, const struct part *part, size_t index, int level)
{
    if (b->is_public) {
        exhibits_add(b, index);
        points_add(b, part, index, level);
        return;
    }
    if (b->source->parts[index].running)
        block(b, NODE_PARAGRAPH, MARK_STRONG, WORD_UNDER_WAY);
    if (method_infos[part->method].decides) {
        document_open(b->d, NODE_PARAGRAPH);
        say(b, MARK_SOFT, WORD_SEE_DECISIONS);
        layout_say(b, MARK_SOFT, SECTION_DECISIONS, WORD_DECISIONS);
        document_say(b->d, MARK_SOFT, ".");
        document_close(b->d);
    } else {
        add_questions(b, part);
    }
    exhibits_add(b, index);
    if (!points_add(b, part, index, level) && tells_of_nothing(b, part, index))
        block(b, NODE_PARAGRAPH, MARK_SOFT,
              b->source->parts[index].begun ? WORD_NO_POINTS : WORD_NOT_REACHED);
}

/* A part without content is a section all the same, for pages show there where the meeting is. */
static void add_part(struct builder *b, const struct item *item, const struct part *part,
                     size_t index)
{
    bool headed = item->parts.count > 1 || (part->title && !text_same(part->title, item->title));

    document_open(b->d, NODE_SECTION);
    document_about(b->d, "part", part->id->bytes);
    if (has_content(b, part, index)) {
        if (headed) {
            document_open_heading(b->d, 3);
            say_part(b, part);
            document_close(b->d);
        }
        add_part_content(b, part, index, headed ? 4 : 3);
    }
    document_close(b->d);
}

/* An optional part that was neither used nor is to come is not part of the agenda. */
static bool is_there(const struct builder *b, size_t index)
{
    const struct minutes_part *stands = &b->source->parts[index];

    return stands->on || stands->begun || exhibits_any(b, index) || points_any(b, index);
}

/* Whether anything stands under the item's own heading, or that of one of its parts. */
static bool item_has_content(const struct builder *b, const struct item *item, size_t first)
{
    if (!b->is_public && (item->goal || item->responsible.count > 0))
        return true;
    for (size_t p = 0; p < item->parts.count; p++)
        if (is_there(b, first + p) && has_content(b, &item->parts.at[p], first + p))
            return true;
    return false;
}

static bool is_to_come(const struct builder *b, const struct item *item, size_t first)
{
    for (size_t p = 0; p < item->parts.count; p++)
        if (b->source->parts[first + p].begun)
            return false;
    return !b->source->closed && !b->is_public;
}

static void add_item(struct builder *b, const struct item *item, size_t first)
{
    char no[24];

    snprintf(no, sizeof(no), "%" PRId64, item->no);
    document_open(b->d, NODE_SECTION);
    document_about(b->d, "item", no);
    bool filled = item_has_content(b, item, first);
    if (filled || is_to_come(b, item, first)) {
        document_open_heading(b->d, 2);
        document_say(b->d, MARK_NONE, no);
        document_say(b->d, MARK_NONE, ". ");
        document_add_short(b->d, MARK_NONE, item->title, LIMIT_TITLE);
        document_close(b->d);
        if (!b->is_public)
            add_item_facts(b, item);
        if (!filled)
            block(b, NODE_PARAGRAPH, MARK_SOFT, WORD_TO_COME);
    }
    for (size_t p = 0; p < item->parts.count; p++)
        if (is_there(b, first + p))
            add_part(b, item, &item->parts.at[p], first + p);
    document_close(b->d);
}

static void add_agenda(struct builder *b)
{
    const struct item_list *items = &b->source->agenda->items;
    size_t index = 0;

    for (size_t i = 0; i < items->count; i++) {
        add_item(b, &items->at[i], index);
        index += items->at[i].parts.count;
    }
}

static void add_sections(struct builder *b)
{
    enum section section;

    for (size_t i = 0; (section = layout_section_at(b, i)) != SECTION_NOT; i++) {
        if (section == SECTION_PARTICIPANTS && b->is_public)
            public_participants(b);
        else if (section == SECTION_PARTICIPANTS)
            add_participants(b);
        else if (section == SECTION_CAME && b->is_public)
            continue; /* It may name whoever was not here, and whom nobody would find. */
        else if (section == SECTION_CAME)
            came_add(b);
        else if (section == SECTION_AGENDA)
            add_agenda(b);
        else if (decisions_wanted(b))
            decisions_add(b);
    }
}

static int by_id(const void *a, const void *b)
{
    const struct minutes_point *const *left = a, *const *right = b;

    return memcmp((*left)->id.b, (*right)->id.b, sizeof((*left)->id.b));
}

static bool index_points(struct builder *b)
{
    const struct minutes_source *s = b->source;

    b->by_id = alloc_many(s->point_count, sizeof(const struct minutes_point *));
    if (!b->by_id)
        return false;
    for (size_t i = 0; i < s->point_count; i++)
        if (s->points[i].post.content.text)
            b->by_id[b->by_id_count++] = &s->points[i];
    qsort(b->by_id, b->by_id_count, sizeof(const struct minutes_point *), by_id);
    return true;
}

static const char *const editions[] = {
    [EDITION_PARTICIPANTS] = "participants",
    [EDITION_FACILITATOR] = "facilitator",
    [EDITION_PUBLIC] = "public",
};
static const char *const states[] = { [STANDING_STATE_NOT] = "draft",
                                      [STANDING_STATE_DRAFT] = "draft",
                                      [STANDING_STATE_APPROVED] = "approved",
                                      [STANDING_STATE_PUBLISHED] = "published" };

struct document *minutes_build(const struct minutes_source *source, enum edition edition)
{
    struct builder b = { .source = source,
                         .is_public = edition == EDITION_PUBLIC,
                         .locale = source->locale == LOCALE_NOT ? LOCALE_DA : source->locale };

    assert(edition <= EDITION_PUBLIC && source->agenda);
    b.d = document_new(&(struct document_facts){
        .lang = own(&b, WORD_LANG),
        .code = source->code ? source->code : "",
        .edition = editions[edition],
        .state = states[source->standing.state],
        .made = source->made,
    });
    b.called = called_new(source->seats, source->seat_count);
    if (!b.d || !b.called || !index_points(&b) || !public_begin(&b)) {
        called_free(b.called, source->seat_count);
        free(b.by_id);
        document_free(b.d);
        return NULL;
    }
    add_top(&b);
    add_sections(&b);
    if (edition == EDITION_FACILITATOR)
        timing_add(&b);
    free(b.by_id);
    called_free(b.called, source->seat_count);
    marks_free(b.marks);
    if (document_failed(b.d)) {
        document_free(b.d);
        return NULL;
    }
    return b.d;
}

bool minutes_edition(const char *name, enum edition *ret_edition)
{
    for (size_t i = 0; i < sizeof(editions) / sizeof(editions[0]); i++) {
        if (strcmp(name, editions[i]) == 0) {
            *ret_edition = (enum edition)i;
            return true;
        }
    }
    return false;
}

const struct minutes_format *minutes_format_find(const char *name)
{
    static const struct minutes_format formats[] = {
        { "html", "text/html; charset=utf-8", "html", html_write, NULL },
        { "md", "text/markdown; charset=utf-8", "md", markdown_write, NULL },
        { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
          docx_write, NULL },
        { "odt", ODT_TYPE, "odt", odt_write, NULL },
        { "json", "application/json", "json", json_write, NULL },
        { "ics", "text/calendar; charset=utf-8", "ics", ics_write, ics_has_any },
    };

    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        if (strcmp(name, formats[i].name) == 0)
            return &formats[i];
    return NULL;
}
