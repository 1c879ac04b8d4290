#include "cli/demo/view_read.h"

#include <stdio.h>
#include <string.h>

const char *read_string(const json_t *o, const char *name)
{
    const char *value = json_string_value(json_object_get(o, name));

    return value ? value : "";
}

int64_t read_number(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name)); /* 0 for what is null or not there. */
}

int read_word(const json_t *o, const char *name, const struct record_enum *of)
{
    const char *value = read_string(o, name);

    for (size_t i = 1; i < of->count; i++)
        if (strcmp(of->names[i], value) == 0)
            return (int)i;
    return 0;
}

static void copy(char *to, size_t room, const char *from)
{
    snprintf(to, room, "%s", from);
}

bool view_list_has(const struct view_list *list, int64_t seat)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->seats[i] == seat)
            return true;
    return false;
}

void view_list_drop(struct view_list *list, int64_t seat)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++)
        if (list->seats[i] != seat)
            list->seats[kept++] = list->seats[i];
    list->count = kept;
}

void view_list_put(struct view_list *list, int64_t seat)
{
    view_list_drop(list, seat);
    if (list->count < VIEW_SEATS)
        list->seats[list->count++] = seat;
}

void view_list_read(struct view_list *list, const json_t *array)
{
    list->count = 0;
    for (size_t i = 0; i < json_array_size(array) && i < VIEW_SEATS; i++)
        list->seats[list->count++] = json_integer_value(json_array_get(array, i));
}

int view_part_at(const struct view *v, const char *id)
{
    for (size_t i = 0; i < v->part_count; i++)
        if (strcmp(v->parts[i].id, id) == 0)
            return (int)i;
    return -1;
}

const struct view_part *view_part(const struct view *v)
{
    return v->part >= 0 ? &v->parts[v->part] : NULL;
}

const struct view_seat *view_seat(const struct view *v, int64_t seat)
{
    for (size_t i = 0; i < v->seat_count; i++)
        if (v->seats[i].seat == seat)
            return &v->seats[i];
    return NULL;
}

void view_read_parts(struct view *v, const json_t *items)
{
    v->part_count = 0;
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *parts = json_object_get(json_array_get(items, i), "parts");
        for (size_t k = 0; k < json_array_size(parts) && v->part_count < VIEW_PARTS; k++) {
            const json_t *part = json_array_get(parts, k);
            struct view_part *p = &v->parts[v->part_count++];
            *p = (struct view_part){
                .method = (enum method)read_word(part, "method", &method_enum),
                .on = json_is_true(json_object_get(part, "on")),
                .intro = json_is_true(json_object_get(part, "intro")),
                .answers = json_is_true(json_object_get(part, "answers")),
                .ms = read_number(part, "ms"),
            };
            copy(p->id, sizeof(p->id), read_string(part, "id"));
            copy(p->title, sizeof(p->title), read_string(part, "title"));
        }
    }
}

void view_read_slots(struct view *v, const json_t *slots)
{
    for (size_t i = 0; i < json_array_size(slots); i++) {
        const json_t *slot = json_array_get(slots, i);
        int at = view_part_at(v, read_string(slot, "part"));
        if (at < 0)
            continue;
        v->parts[at].ms = read_number(slot, "ms");
        v->parts[at].on = json_is_true(json_object_get(slot, "on"));
    }
}

/* `now` of a snapshot, or the block of an undo: both are the whole of it. */
void view_read_now(struct view *v, const json_t *now)
{
    v->state = (enum state)read_word(now, "state", &state_enum);
    v->part = view_part_at(v, read_string(now, "part"));
    v->speaker = read_number(now, "speaker");
    v->turn = read_number(now, "turn");
    v->lap = read_number(now, "lap");
    v->laps = read_number(now, "laps");
    v->until = read_number(now, "until");
    v->part_until = read_number(now, "part_until");
    view_list_read(&v->queue, json_object_get(now, "queue"));
    view_list_read(&v->heard, json_object_get(now, "heard"));
    view_list_read(&v->hands, json_object_get(now, "hands"));
}

void view_put_seat(struct view *v, const json_t *from)
{
    struct view_seat *s = (struct view_seat *)view_seat(v, read_number(from, "seat"));
    const json_t *name = json_object_get(from, "name");

    if (!s) {
        if (v->seat_count == VIEW_SEATS)
            return;
        s = &v->seats[v->seat_count++];
        *s = (struct view_seat){ .seat = read_number(from, "seat"), .presence = PRESENCE_HERE };
    }
    if (json_object_get(from, "device"))
        s->device = (enum device)read_word(from, "device", &device_enum);
    if (json_object_get(from, "presence"))
        s->presence = (enum presence)read_word(from, "presence", &presence_enum);
    if (json_is_string(name))
        copy(s->name, sizeof(s->name), json_string_value(name));
}

void view_add_point(struct view *v, const json_t *from, const char *id)
{
    if (v->point_count == VIEW_POINTS)
        return;
    struct view_point *p = &v->points[v->point_count++];
    *p = (struct view_point){ .seat = read_number(from, "seat"),
                              .lap = read_number(from, "lap"),
                              .part = view_part_at(v, read_string(from, "part")) };
    copy(p->id, sizeof(p->id), id);
}

void view_drop_point(struct view *v, const char *id)
{
    for (size_t i = 0; i < v->point_count; i++)
        if (strcmp(v->points[i].id, id) == 0) {
            v->points[i] = v->points[--v->point_count];
            return;
        }
}

bool view_has_text(const json_t *o)
{
    return json_object_get(o, "text") || json_is_true(json_object_get(o, "written"));
}

static void read_written(struct view *v, const json_t *snapshot)
{
    const struct view_part *part = view_part(v);
    const char *noted = part ? method_infos[part->method].noted : NULL;
    size_t i;
    json_t *each;

    v->written = false;
    json_array_foreach(noted ? json_object_get(snapshot, noted) : NULL, i, each)
    {
        if (strcmp(read_string(each, "part"), part->id) == 0)
            v->written |= view_has_text(each);
    }
}

void view_read_snapshot(struct view *v, const json_t *snapshot)
{
    const json_t *seats = json_object_get(snapshot, "seats");
    const json_t *points = json_object_get(snapshot, "contributions");
    const json_t *shown = json_object_get(snapshot, "shown");

    view_read_parts(v, json_object_get(snapshot, "items"));
    view_read_now(v, json_object_get(snapshot, "now"));
    view_list_read(&v->ready, json_object_get(snapshot, "ready"));
    v->seat_count = v->point_count = 0;
    for (size_t i = 0; i < json_array_size(seats); i++)
        view_put_seat(v, json_array_get(seats, i));
    for (size_t i = 0; i < json_array_size(points); i++)
        view_add_point(v, json_array_get(points, i), read_string(json_array_get(points, i), "id"));
    read_written(v, snapshot);
    v->shown = false;
    for (size_t i = 0; i < json_array_size(shown); i++)
        v->shown |= view_part_at(v, json_string_value(json_array_get(shown, i))) == v->part;
    v->known = true;
}
