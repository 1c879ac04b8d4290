/* view_read.h -- JSON of the wire to the structs of view.h. */
#ifndef CLI_DEMO_VIEW_READ_H
#define CLI_DEMO_VIEW_READ_H

#include "cli/demo/view.h"

/* A member as text, "" when it is none; as a number, 0 when it is none. */
const char *read_string(const json_t *o, const char *name);
int64_t read_number(const json_t *o, const char *name);

/* A member as a word of an enum, 0 when it is none of them. */
int read_word(const json_t *o, const char *name, const struct record_enum *of);

void view_list_drop(struct view_list *list, int64_t seat);
void view_list_put(struct view_list *list, int64_t seat); /* Last, wherever it stood. */
void view_list_read(struct view_list *list, const json_t *array);

/* The part of this id in `parts`; -1 for none. */
int view_part_at(const struct view *v, const char *id);

void view_read_parts(struct view *v, const json_t *items);
void view_read_slots(struct view *v, const json_t *slots);

/* `now` of a snapshot, or the block of an undo: both are the whole of it. */
void view_read_now(struct view *v, const json_t *now);

void view_put_seat(struct view *v, const json_t *from);
void view_add_point(struct view *v, const json_t *from, const char *id);
void view_drop_point(struct view *v, const char *id);

/* Whether a text that several write is there: they are told the text, the console that it is
 * `written`. */
bool view_has_text(const json_t *o);

void view_read_snapshot(struct view *v, const json_t *snapshot);

#endif
