#include "minutes/ics.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "minutes/words.h"

/* Something with a day. */
struct entry {
    const char *kind; /* Begins its id: "follow_up" */
    const struct node *row;
    const struct node *day;
};

static const struct node *child_of(const struct document *d, const struct node *n, size_t index)
{
    uint32_t c = n->first;

    for (; c != NODE_NONE && index > 0; index--)
        c = document_node(d, c)->next;
    return c == NODE_NONE ? NULL : document_node(d, c);
}

/* The first day in a block, or NULL. */
static const struct node *day_in(const struct document *d, const struct node *n)
{
    for (uint32_t c = n ? n->first : NODE_NONE; c != NODE_NONE; c = document_node(d, c)->next)
        if (document_node(d, c)->kind == NODE_DATE)
            return document_node(d, c);
    return NULL;
}

/* The entry that a row is; false where it is none, or its day is open. */
static bool entry_of(const struct document *d, const struct node *row, struct entry *ret_entry)
{
    const struct node *day = NULL;
    const char *kind = NULL;

    if (document_is_about(d, row, "answer", "follow_up")) {
        kind = "follow_up";
        day = day_in(d, child_of(d, row, 1));
    } else if (row->about && strcmp(row->about, "task") == 0) {
        kind = "task";
        day = day_in(d, child_of(d, row, 3));
    }
    if (!day)
        return false;
    *ret_entry = (struct entry){ kind, row, day };
    return true;
}

/* A string of the buffer's own; "" when memory is exhausted. */
static const char *string_of(struct buffer *b)
{
    buffer_add(b, "", 1);
    return b->failed ? "" : b->at;
}

/* The words of a cell, without what stands beside the matter or on further lines. */
static void add_matter(const struct document *d, const struct node *cell, struct buffer *out)
{
    for (uint32_t c = cell ? cell->first : NODE_NONE; c != NODE_NONE;
         c = document_node(d, c)->next) {
        const struct node *child = document_node(d, c);
        if (child->kind == NODE_BREAK)
            buffer_say(out, " ");
        else if (child->mark != MARK_SOFT && child->mark != MARK_QUOTE && child->mark != MARK_OPEN)
            buffer_add(out, document_chars(d, child), child->len);
    }
    while (!out->failed && out->len > 0 && out->at[out->len - 1] == ' ')
        out->len--;
}

static void say_summary(const struct document *d, const struct entry *e, enum locale locale,
                        struct buffer *out)
{
    if (strcmp(e->kind, "task") == 0) {
        add_matter(d, child_of(d, e->row, 1), out);
    } else {
        buffer_say(out, word(locale, WORD_FOLLOW_UP_OF));
        document_title(d, out);
    }
}

/* From which meeting a task is, and whose. */
static void say_description(const struct document *d, const struct entry *e, enum locale locale,
                            struct buffer *out)
{
    buffer_say(out, word(locale, WORD_FROM_MEETING));
    document_title(d, out);
    if (strcmp(e->kind, "task") != 0)
        return;
    size_t before = out->len;
    buffer_say(out, "\n");
    buffer_say(out, word(locale, WORD_RESPONSIBLE));
    size_t named = out->len;
    add_matter(d, child_of(d, e->row, 2), out);
    if (!out->failed && out->len <= named)
        out->len = before; /* Nobody is responsible yet. */
}

static void say_id(const struct document *d, const struct entry *e, struct buffer *out)
{
    buffer_say(out, e->kind);
    if (strcmp(e->kind, "task") == 0) {
        buffer_say(out, "-");
        buffer_add(out, document_id(d, e->row), e->row->id_len);
    }
    buffer_say(out, "-");
    buffer_say(out, document_facts(d)->code);
    buffer_say(out, "@runde");
}

static struct icaltimetype day_of(const struct document *d, const struct node *day)
{
    char text[11] = "";

    memcpy(text, document_id(d, day), day->id_len < 10 ? day->id_len : 10);
    struct icaltimetype time = icaltime_null_date();
    if (sscanf(text, "%4d-%2d-%2d", &time.year, &time.month, &time.day) != 3)
        return icaltime_null_time();
    return time;
}

static bool entry_add(icalcomponent *calendar, const struct document *d, const struct entry *e,
                      enum locale locale)
{
    struct icaltimetype from = day_of(d, e->day), to = from;
    struct buffer id = { 0 }, summary = { 0 }, description = { 0 };

    if (icaltime_is_null_time(from))
        return true;
    icaltime_adjust(&to, 1, 0, 0, 0);
    say_id(d, e, &id);
    say_summary(d, e, locale, &summary);
    say_description(d, e, locale, &description);
    icalcomponent *event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(string_of(&id)),
        icalproperty_new_dtstamp(icaltime_from_timet_with_zone((time_t)document_facts(d)->made, 0,
                                                               icaltimezone_get_utc_timezone())),
        icalproperty_new_dtstart(from), icalproperty_new_dtend(to),
        icalproperty_new_summary(string_of(&summary)),
        icalproperty_new_description(string_of(&description)),
        icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), NULL);
    bool made = event && !id.failed && !summary.failed && !description.failed;
    if (event)
        icalcomponent_add_component(calendar, event);
    buffer_release(&id);
    buffer_release(&summary);
    buffer_release(&description);
    return made;
}

/* Calls the calendar's part of every row; false when memory is exhausted.  A NULL calendar counts.
 */
static bool rows_add(icalcomponent *calendar, const struct document *d, const struct node *n,
                     enum locale locale, size_t *ret_count)
{
    struct entry e;

    if (n->kind == NODE_ROW && entry_of(d, n, &e)) {
        ++*ret_count;
        return !calendar || entry_add(calendar, d, &e, locale);
    }
    for (uint32_t c = n->first; c != NODE_NONE; c = document_node(d, c)->next)
        if (!rows_add(calendar, d, document_node(d, c), locale, ret_count))
            return false;
    return true;
}

bool ics_has_any(const struct document *d)
{
    size_t count = 0;

    return rows_add(NULL, d, document_node(d, 0), LOCALE_DA, &count) && count > 0;
}

char *ics_write(const struct document *d, size_t *ret_len)
{
    enum locale locale = strcmp(document_facts(d)->lang, "en") == 0 ? LOCALE_EN : LOCALE_DA;
    struct buffer out = { 0 };
    size_t count = 0;

    if (document_failed(d))
        return NULL;
    icalerror_set_errors_are_fatal(0); /* What cannot be made is NULL, and then nothing is. */
    icalcomponent *calendar =
        icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                            icalproperty_new_prodid("-//Runde//Runde//EN"),
                            icalproperty_new_method(ICAL_METHOD_PUBLISH), NULL);
    if (calendar && rows_add(calendar, d, document_node(d, 0), locale, &count)) {
        char *text = icalcomponent_as_ical_string_r(calendar);
        out.failed = !text;
        buffer_say(&out, text ? text : "");
        icalmemory_free_buffer(text);
    } else {
        out.failed = true;
    }
    if (calendar)
        icalcomponent_free(calendar);
    return buffer_take(&out, ret_len);
}
