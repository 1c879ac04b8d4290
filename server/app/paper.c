#include "app/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/zone.h"
#include "engine/agenda.h"
#include "engine/duty.h"
#include "engine/wall.h"
#include "minutes/card.h"
#include "minutes/kept.h"
#include "wire/api_json.h"

/* A day and an hour as the minutes have them: "2026-11-17", "09:00". */
enum { DAY_ROOM = PAPER_DAY_ROOM, HOUR_ROOM = 6 };

/* Who was awaited to the end and said nothing was not there. */
static bool came(const struct meeting *m, int64_t seat)
{
    bool said = false;

    for (size_t i = 0; i < m->contribution_count; i++)
        said = said || m->contributions[i].post.seat == seat;
    return said || !m->seats[seat - 1].awaited;
}

static void fill_seats(const struct meeting *m, struct minutes_seat *to)
{
    for (size_t i = 0; i < m->table.count; i++) {
        const struct seat_state *s = &m->seats[m->table.at[i] - 1];
        to[i] = (struct minutes_seat){
            .seat = m->table.at[i],
            .name = s->name,
            .function = s->function,
            .presence = s->presence,
            .came = came(m, m->table.at[i]),
        };
    }
    for (int p = 0; p < (int)m->part_count; p++) {
        int64_t who = m->parts[p].begun && !method_infos[m->parts[p].part->method].presented
                          ? duty_seat(m, p, DUTY_FACILITATOR)
                          : 0;
        for (size_t i = 0; i < m->table.count; i++)
            to[i].facilitated = to[i].facilitated || to[i].seat == who;
    }
}

/* A moment by the clock on the wall where the meeting is. */
static void tell_moment(const struct meeting *m, const struct zone *zone, struct instant at,
                        char ret_day[static DAY_ROOM], char ret_hour[static HOUR_ROOM])
{
    int64_t made = m->started ? m->began_wall - m->began.ms : m->wall;
    struct tm local = zone_time(zone, (made + at.ms) / 1000);

    strftime(ret_day, DAY_ROOM, "%Y-%m-%d", &local);
    strftime(ret_hour, HOUR_ROOM, "%H:%M", &local);
}

/* How the minutes stand; its days are written into the rooms given, and borrowed from them. */
static struct minutes_standing standing_of(const struct meeting *m, const struct zone *zone,
                                           char approved[static DAY_ROOM],
                                           char published[static DAY_ROOM])
{
    const struct standing *s = &m->standing;
    char hour[HOUR_ROOM];

    if (s->has_approved)
        tell_moment(m, zone, s->approved, approved, hour);
    if (s->has_published)
        tell_moment(m, zone, s->published, published, hour);
    return (struct minutes_standing){ .state = s->state,
                                      .changed = s->changed,
                                      .approved = s->has_approved ? approved : NULL,
                                      .approved_by = s->approved_by,
                                      .published = s->has_published ? published : NULL,
                                      .published_by = s->published_by };
}

static size_t fill_points(const struct meeting *m, struct minutes_point *to)
{
    size_t count = 0;

    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct board_point *c = &m->contributions[i];
        const struct text *title = c->group > 0 ? m->groups[c->group - 1].title : NULL;
        if (c->withdrawn || !c->post.content.text)
            continue;
        to[count++] = (struct minutes_point){ .id = c->id,
                                              .part = (size_t)c->part,
                                              .post = c->post,
                                              .chosen = c->chosen,
                                              .theme = title ? c->group : 0,
                                              .theme_title = title };
    }
    return count;
}

static size_t fill_recaps(const struct meeting *m, struct minutes_recap *to)
{
    size_t count = 0;

    for (size_t i = 0; i < m->recap_count; i++)
        if (m->recaps[i].text)
            to[count++] = (struct minutes_recap){ .part = (size_t)agenda_find(m, m->recaps[i].part),
                                                  .lap = m->recaps[i].lap,
                                                  .text = m->recaps[i].text };
    return count;
}

/* Where what is prepared is presented: the talk that questions follow in the same item; else the
 * first part. */
static size_t presenting(const struct meeting *m)
{
    for (size_t i = 0; i < m->part_count; i++) {
        if (!method_infos[m->parts[i].part->method].presented)
            continue;
        for (size_t k = 0; k < m->part_count; k++)
            if (m->parts[k].item == m->parts[i].item && m->parts[k].part->answers)
                return i;
    }
    return 0;
}

/* A text counts as presented without the wall: everybody could read it since it was put there, and
 * whoever presents speaks from it.  What stands on the wall in the lobby is seen by who comes to
 * the first part. */
static size_t fill_exhibits(const struct meeting *m, struct minutes_exhibit *to)
{
    size_t count = 0;

    for (size_t i = 0; i < m->figure_count; i++) {
        const struct exhibit *e = &m->figures[i];
        const struct showing *shown = wall_showing(m, e->figures.data);
        if (e->confidential || !(shown || e->figures.text))
            continue;
        to[count++] =
            (struct minutes_exhibit){ .part = !shown                     ? presenting(m)
                                              : shown->part == PART_NONE ? 0
                                                                         : (size_t)shown->part,
                                      .title = e->figures.title,
                                      .csv = e->figures.csv,
                                      .text = e->figures.text };
    }
    return count;
}

/* What was planned is what the agenda laid out, whatever became of it since. */
static bool fill_parts(const struct meeting *m, struct minutes_part *to)
{
    struct progress_state *laid = alloc_many(PARTS_MAX, sizeof(*laid));
    bool is_open = m->floor.state == STATE_RUNNING || m->floor.state == STATE_PAUSED;

    if (laid)
        agenda_plan(&m->agenda, laid);
    for (size_t i = 0; laid && i < m->part_count; i++)
        to[i] = (struct minutes_part){
            .on = m->parts[i].on,
            .begun = m->parts[i].begun,
            .running = is_open && m->floor.part == (int)i,
            .planned = laid[i].ms,
            .used = m->parts[i].used,
        };
    free(laid);
    return laid;
}

/* Makes something of a source, which lives as long as the call: bytes that the caller frees. */
typedef char *paper_use(struct minutes_source *source, const void *how, size_t *ret_len);

static char *with_source(const struct meeting *m, const char *code, int64_t now, paper_use *use,
                         const void *how, size_t *ret_len)
{
    struct minutes_seat *seats = alloc_many(m->table.count, sizeof(*seats));
    struct minutes_point *points = alloc_many(m->contribution_count, sizeof(*points));
    struct minutes_part *parts = alloc_many(m->part_count, sizeof(*parts));
    struct minutes_recap recaps[LIMIT_RECAPS];
    struct minutes_exhibit exhibits[LIMIT_DATA];
    const struct agenda *a = &m->agenda;
    char approved[DAY_ROOM], published[DAY_ROOM];
    char began_day[DAY_ROOM], ended_day[DAY_ROOM], began[HOUR_ROOM], ended[HOUR_ROOM];
    struct zone *zone = zone_open(a->cover.zone ? a->cover.zone->bytes : NULL);
    char *bytes = NULL;

    if (zone && seats && points && parts && fill_parts(m, parts)) {
        struct minutes_source source = {
            .locale = a->cover.locale,
            .code = code,
            .made = now / 1000,
            .closed = m->floor.state == STATE_CLOSED,
            .title = a->cover.title,
            .place = a->cover.place,
            .focus = a->cover.focus,
            .purpose = a->cover.purpose,
            .date = a->cover.date ? a->cover.date->bytes : NULL,
            .starts = a->cover.starts ? a->cover.starts->bytes : NULL,
            .agenda = a,
            .parts = parts,
            .seats = seats,
            .seat_count = m->table.count,
            .points = points,
            .recaps = recaps,
            .recap_count = fill_recaps(m, recaps),
            .markings = m->markings,
            .marking_count = m->marking_count,
            .exhibits = exhibits,
            .exhibit_count = fill_exhibits(m, exhibits),
        };
        if (m->started) {
            tell_moment(m, zone, m->began, began_day, began);
            source.began = began;
            source.date = source.date ? source.date : began_day;
        }
        if (m->started && source.closed) {
            tell_moment(m, zone, m->ended, ended_day, ended);
            source.ended = ended;
        }
        source.standing = standing_of(m, zone, approved, published);
        fill_seats(m, seats);
        source.point_count = fill_points(m, points);
        for (int i = ANSWER_NOT + 1; i < ANSWER_COUNT; i++)
            source.answers[i] = m->answered[i] ? &m->answers[i] : NULL;
        bytes = use(&source, how, ret_len);
    }
    zone_free(zone);
    free(seats);
    free(points);
    free(parts);
    return bytes;
}

struct form {
    enum edition edition;
    bool preview;
    struct dictionary *dictionary;
    const struct minutes_format *format;
};

static char *write_form(struct minutes_source *source, const void *how, size_t *ret_len)
{
    const struct form *form = how;

    source->preview = form->preview;
    source->dictionary = form->dictionary;
    struct document *d = minutes_build(source, form->edition);
    bool any = d && (!form->format->has_any || form->format->has_any(d));
    char *bytes = any ? form->format->write(d, ret_len) : d ? alloc_bytes(1) : NULL;
    if (bytes && !any) {
        bytes[0] = '\0';
        *ret_len = 0;
    }
    document_free(d);
    return bytes;
}

char *paper_write(const struct meeting *m, const char *code, int64_t now,
                  struct dictionary *dictionary, enum edition edition, bool preview,
                  const struct minutes_format *format, size_t *ret_len)
{
    const struct form form = {
        .edition = edition, .preview = preview, .dictionary = dictionary, .format = format
    };

    return with_source(m, code, now, write_form, &form, ret_len);
}

static char *write_card(struct minutes_source *source, const void *how, size_t *ret_len)
{
    source->dictionary = (struct dictionary *)how;
    return card_write(source, ret_len);
}

char *paper_card(const struct meeting *m, struct dictionary *dictionary)
{
    size_t len;

    return with_source(m, NULL, 0, write_card, dictionary, &len);
}

/* Looks through the agenda that `how` points at, and writes it as it may be kept. */
static char *write_kept(struct minutes_source *source, const void *how, size_t *ret_len)
{
    struct agenda *kept = *(struct agenda *const *)how;
    char *bytes = kept_look_through(source, kept) ? api_kept_write(kept) : NULL;

    *ret_len = bytes ? strlen(bytes) : 0;
    return bytes;
}

char *paper_kept(const struct meeting *m)
{
    struct agenda next = { 0 }, *kept = &next;
    size_t len;
    char *bytes =
        api_agenda_kept(m, kept) ? with_source(m, NULL, 0, write_kept, &kept, &len) : NULL;

    record_release(&agenda_record, kept);
    return bytes;
}

bool paper_day(const struct meeting *m, int64_t wall, char ret_day[static PAPER_DAY_ROOM])
{
    const struct text *named = m->agenda.cover.zone;
    struct zone *zone = zone_open(named ? named->bytes : NULL);

    if (!zone)
        return false;
    struct tm local = zone_time(zone, wall / 1000);
    strftime(ret_day, PAPER_DAY_ROOM, "%Y-%m-%d", &local);
    zone_free(zone);
    return true;
}
