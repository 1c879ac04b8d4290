#include "engine/agenda.h"

#include <assert.h>
#include <string.h>

#include "engine/chief.h"

static bool part_sound(const struct agenda *a, size_t item, size_t at, const char **ret_field)
{
    const struct part *p = &a->items.at[item].parts.at[at];
    size_t same = 0;
    bool shares = !p->shares;

    for (size_t i = 0; i < a->items.count; i++) {
        const struct part_list *parts = &a->items.at[i].parts;
        for (size_t k = 0; k < parts->count; k++) {
            same += text_same(parts->at[k].id, p->id);
            shares |= text_same(parts->at[k].id, p->shares) && &parts->at[k] != p;
        }
    }
    if (same != 1)
        *ret_field = "agenda.items.parts.id";
    else if (!shares)
        *ret_field = "agenda.items.parts.shares";
    return same == 1 && shares;
}

/* What is wrong with the layout of the minutes: each section stands once, and each answer once, in
 * the decisions alone.  NULL: nothing. */
static const char *layout_fault(const struct layout_section_list *layout)
{
    unsigned sections = 0;

    for (size_t i = 0; i < layout->count; i++) {
        const struct layout_section *s = &layout->at[i];
        unsigned answers = 0;
        if (sections & 1u << s->section)
            return "agenda.layout.section";
        if (s->section == SECTION_AGENDA && s->heading)
            return "agenda.layout.heading";
        for (size_t k = 0; k < s->answers.count; k++) {
            enum answer answer = s->answers.at[k].answer;
            if (s->section != SECTION_DECISIONS || answers & 1u << answer)
                return "agenda.layout.answers";
            answers |= 1u << answer;
        }
        sections |= 1u << s->section;
    }
    return NULL;
}

/* Each thing that is asked before the meeting is known by its id. */
static bool asked_twice(const struct preparation_list *before)
{
    for (size_t i = 0; i < before->count; i++)
        for (size_t k = i + 1; k < before->count; k++)
            if (text_same(before->at[i].id, before->at[k].id))
                return true;
    return false;
}

bool agenda_sound(const struct agenda *a, const char **ret_field)
{
    if (a->items.count == 0) {
        *ret_field = "agenda.items";
        return false;
    }
    for (size_t i = 0; i < a->items.count; i++) {
        if (a->items.at[i].parts.count == 0) {
            *ret_field = "agenda.items.parts";
            return false;
        }
        for (size_t k = 0; k < a->items.at[i].parts.count; k++)
            if (!part_sound(a, i, k, ret_field))
                return false;
    }
    char chief[CHIEF_CODE_CHARS + 1];
    const char *fault = asked_twice(&a->before)                 ? "agenda.before.id"
                        : a->chief && !chief_proposed(a, chief) ? "agenda.chief"
                                                                : layout_fault(&a->layout);
    if (fault)
        *ret_field = fault;
    return !fault;
}

/* What each part without minutes of its own gets in this item. */
static struct span leftover(const struct item *item)
{
    int64_t left = item->minutes * 60000;
    int64_t without = 0;

    for (size_t k = 0; k < item->parts.count; k++) {
        const struct part *p = &item->parts.at[k];
        bool on = p->has_on ? p->on : !(p->has_optional && p->optional);
        if (!on)
            continue;
        if (p->has_minutes)
            left -= p->minutes * 60000;
        else if (!p->shares)
            without++;
    }
    if (without == 0)
        without = 1;
    int64_t each = left / without / PLAN_STEP_MS * PLAN_STEP_MS;
    return (struct span){ each > PART_MIN_MS ? each : PART_MIN_MS };
}

size_t agenda_plan(const struct agenda *a, struct progress_state *ret_parts)
{
    size_t count = 0;

    for (size_t i = 0; i < a->items.count; i++) {
        const struct item *item = &a->items.at[i];
        struct span each = leftover(item);
        for (size_t k = 0; k < item->parts.count; k++) {
            const struct part *p = &item->parts.at[k];
            assert(count < PARTS_MAX);
            ret_parts[count++] = (struct progress_state){
                .part = p,
                .item = i,
                .ms = p->has_minutes ? (struct span){ p->minutes * 60000 }
                      : p->shares    ? (struct span){ 0 }
                                     : each,
                .on = p->has_on ? p->on : !(p->has_optional && p->optional),
            };
        }
    }
    return count;
}

void agenda_lay_out(struct meeting *m)
{
    m->part_count = agenda_plan(&m->agenda, m->parts);
}

struct span agenda_length(const struct agenda *a)
{
    int64_t minutes = 0;

    for (size_t i = 0; i < a->items.count; i++)
        minutes += a->items.at[i].minutes;
    return (struct span){ minutes * 60000 };
}

int agenda_find(const struct meeting *m, const struct text *id)
{
    for (size_t i = 0; i < m->part_count; i++)
        if (text_same(m->parts[i].part->id, id))
            return (int)i;
    return PART_NONE;
}

int agenda_after(const struct meeting *m, int part)
{
    assert(part >= PART_NONE && part < (int)m->part_count);
    for (int i = part + 1; i < (int)m->part_count; i++)
        if (m->parts[i].on)
            return i;
    return PART_NONE;
}

int agenda_before(const struct meeting *m, int part)
{
    assert(part >= PART_NONE && part < (int)m->part_count);
    for (int i = (part == PART_NONE ? (int)m->part_count : part) - 1; i >= 0; i--)
        if (m->parts[i].on)
            return i;
    return PART_NONE;
}

struct span agenda_turn_min(const struct part *p)
{
    if (p->has_turn_min && p->turn_min.ms > 0)
        return p->turn_min;
    if (p->has_intro && p->intro)
        return (struct span){ INTRO_TURN_MIN_MS };
    return (struct span){ method_infos[p->method].turn_min };
}
