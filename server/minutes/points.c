/* points.c -- what people said, under the part in which they said it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "minutes/build.h"

/* How much of a point is repeated where another builds on it. */
enum { QUOTE_POINTS = 80 };

/* Levels of headings that a document has. */
enum { HEADINGS = 4 };

/* The points that go under one label. */
struct group {
    size_t part;
    int level; /* Of its label. */
    bool by_lap, by_box, by_theme;
    int64_t lap;
    enum box box;
    size_t theme;
};

static const struct minutes_point *point_find(const struct builder *b, struct uuid id)
{
    size_t low = 0, high = b->by_id_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(b->by_id[middle]->id.b, id.b, sizeof(id.b));
        if (order == 0)
            return b->by_id[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Whether one text stands in another, word for word. */
static bool stands_in(const struct text *part, const struct text *whole)
{
    return whole && memmem(whole->bytes, whole->len, part->bytes, part->len) != NULL;
}

/* A suggestion that stands among the answers as it was made is not told twice. */
static bool is_taken(const struct builder *b, const struct minutes_point *point)
{
    const struct written_answer *a = b->source->answers[point->post.content.answer];

    if (point->post.content.answer == ANSWER_NOT || !a)
        return false;
    for (size_t i = 0; i < a->tasks.count; i++)
        if (stands_in(point->post.content.text, a->tasks.at[i].text))
            return true;
    return stands_in(point->post.content.text, a->text);
}

/* Whether these minutes have the point; whoever prepares the public ones sees all. */
static bool is_told(const struct builder *b, const struct minutes_point *point)
{
    return point->post.content.text && !is_taken(b, point) &&
           (!b->is_public || b->source->preview || public_has(point));
}

bool points_any(const struct builder *b, size_t index)
{
    const struct minutes_source *s = b->source;

    for (size_t i = 0; i < s->point_count; i++)
        if (s->points[i].part == index && is_told(b, &s->points[i]))
            return true;
    for (size_t i = 0; i < s->recap_count; i++)
        if (s->recaps[i].part == index && s->recaps[i].text)
            return true;
    return false;
}

void quote_points(struct builder *b, enum word w, const struct uuid *ids, size_t count,
                  const struct text *said)
{
    bool any = false;

    for (size_t i = 0; i < count && !b->is_public; i++) {
        const struct minutes_point *point = point_find(b, ids[i]);
        if (!point || stands_in(point->post.content.text, said))
            continue;
        if (any) {
            document_say(b->d, MARK_SOFT, ", ");
        } else {
            document_break(b->d);
            say(b, MARK_SOFT, w);
        }
        say(b, MARK_QUOTE, WORD_QUOTE);
        document_add_short(b->d, MARK_QUOTE, point->post.content.text, QUOTE_POINTS);
        say(b, MARK_QUOTE, WORD_QUOTE_END);
        any = true;
    }
}

static bool is_known(const struct minutes_seat *who)
{
    return who && (who->name || who->function);
}

/* Who wrote a point alone, with the function; nothing where nobody is known. */
static void add_author(struct builder *b, const struct minutes_seat *who)
{
    document_say(b->d, MARK_AUTHOR, " (");
    say_person(b, MARK_AUTHOR, who);
    document_say(b->d, MARK_AUTHOR, ")");
}

/* " (Mette, lærer)" of a point that one wrote, " (Mette, Karen og Elev A)" of one that several
 * did. */
static void add_authors(struct builder *b, const struct post *post)
{
    const struct minutes_seat *first = post->seat > 0 ? seat_find(b, post->seat) : NULL;
    size_t count = post->with_seats.count, said = 0, known = is_known(first);

    for (size_t i = 0; i < count; i++)
        known += is_known(seat_find(b, post->with_seats.at[i]));
    if (known == 1 && is_known(first)) {
        add_author(b, first);
        return;
    }
    for (size_t i = 0; i <= count; i++) {
        const struct minutes_seat *who = i == 0 ? first : seat_find(b, post->with_seats.at[i - 1]);
        if (!is_known(who))
            continue;
        document_say(b->d, MARK_AUTHOR,
                     said == 0          ? " ("
                     : said + 1 < known ? ", "
                                        : own(b, WORD_AND));
        document_add(b->d, MARK_AUTHOR, seat_called(b, who));
        said++;
    }
    if (said > 0)
        document_say(b->d, MARK_AUTHOR, ")");
}

static void add_point(struct builder *b, const struct part *part, const struct minutes_point *point)
{
    char id[UUID_CHARS + 1];

    uuid_write(point->id, id);
    document_open(b->d, NODE_ITEM);
    document_about(b->d, "contribution", id);
    if (b->is_public && !public_has(point))
        document_leave_out(b->d);
    if (point->post.content.answer != ANSWER_NOT) {
        say(b, MARK_STRONG, WORD_SUGGESTION);
        say_answer(b, MARK_STRONG, point->post.content.answer);
        document_say(b->d, MARK_NONE, " ");
    }
    document_add(b->d, MARK_NONE, point->post.content.text);
    if (!b->is_public && !method_infos[part->method].nameless) {
        add_authors(b, &point->post);
        if (point->post.late)
            say(b, MARK_SOFT, WORD_LATE);
        quote_points(b, WORD_BUILDS_ON, point->post.content.builds_on.at,
                     point->post.content.builds_on.count, NULL);
    }
    document_close(b->d);
}

static bool in_group(const struct builder *b, const struct group *g,
                     const struct minutes_point *point)
{
    return point->part == g->part && (!g->by_lap || point->post.lap == g->lap) &&
           (!g->by_box || point->post.content.box == g->box) &&
           (!g->by_theme || point->theme == g->theme) && is_told(b, point);
}

static const struct text *recap_of(const struct builder *b, const struct group *g)
{
    const struct minutes_source *s = b->source;

    for (size_t i = 0; i < s->recap_count && g->by_lap; i++)
        if (s->recaps[i].part == g->part && s->recaps[i].lap == g->lap)
            return s->recaps[i].text;
    return NULL;
}

/* Begins what was said in a lap: the lap's heading, and what it came to. */
static void open_lap(struct builder *b, const struct part *part, const struct group *g,
                     const struct text *recap)
{
    char written[LAP_WRITTEN], id[LIMIT_PART_ID + 24];

    snprintf(id, sizeof(id), "%s/%" PRId64, part->id->bytes, g->lap);
    lap_written(b->locale, g->lap, written);
    document_open(b->d, NODE_SECTION);
    document_about(b->d, "lap", id);
    document_open_heading(b->d, g->level);
    document_say(b->d, MARK_NONE, written);
    document_close(b->d);
    if (!recap)
        return;
    document_open(b->d, NODE_PARAGRAPH);
    document_add(b->d, MARK_NONE, recap);
    document_close(b->d);
}

static const struct minutes_point *group_first(const struct builder *b, const struct group *g)
{
    for (size_t i = 0; i < b->source->point_count; i++)
        if (in_group(b, g, &b->source->points[i]))
            return &b->source->points[i];
    return NULL;
}

static void add_list(struct builder *b, const struct part *part, const struct group *g)
{
    document_open(b->d, NODE_LIST);
    for (size_t i = 0; i < b->source->point_count; i++)
        if (in_group(b, g, &b->source->points[i]))
            add_point(b, part, &b->source->points[i]);
    document_close(b->d);
}

/* What the room put together stands under the heading that it got there; first what is alone, which
 * else would stand under the last of them. */
static void add_themes(struct builder *b, const struct part *part, const struct group *g)
{
    struct group of = *g;
    int level = g->by_lap || g->by_box ? g->level + 1 : g->level;

    of.by_theme = true;
    for (of.theme = 0; of.theme <= LIMIT_GROUPS; of.theme++) {
        const struct minutes_point *first = group_first(b, &of);
        if (!first)
            continue;
        if (of.theme > 0) {
            if (level <= HEADINGS)
                document_open_heading(b->d, level);
            else
                document_open(b->d, NODE_PARAGRAPH);
            document_add(b->d, level <= HEADINGS ? MARK_NONE : MARK_STRONG, first->theme_title);
            document_close(b->d);
        }
        add_list(b, part, &of);
    }
}

/* A group's label, recap and list; false, and nothing written, when there is nothing of it. */
static bool add_group(struct builder *b, const struct part *part, const struct group *g)
{
    const struct text *recap = recap_of(b, g);
    bool any = group_first(b, g) != NULL, lap = g->by_lap && g->lap > 0;

    if (!any && !recap)
        return false;
    if (lap)
        open_lap(b, part, g, recap);
    if (g->by_box && g->box != BOX_NOT)
        heading(b, g->level, WORD_BOXES + g->box - 1);
    if (any)
        add_themes(b, part, g);
    if (lap)
        document_close(b->d);
    return true;
}

bool points_add(struct builder *b, const struct part *part, size_t index, int level)
{
    struct group g = { .part = index, .level = level };
    bool any = false;

    g.by_lap = method_infos[part->method].more_laps;
    g.by_box = method_infos[part->method].boxes != 0;
    if (g.by_lap) {
        for (g.lap = 0; g.lap <= LIMIT_LAPS; g.lap++)
            any = add_group(b, part, &g) || any;
    } else if (g.by_box) {
        for (g.box = BOX_NOT; g.box < BOX_COUNT; g.box++)
            any = add_group(b, part, &g) || any;
    } else {
        any = add_group(b, part, &g);
    }
    return any;
}
