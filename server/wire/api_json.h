/* api_json.h -- bodies of the HTTP interface, to and from plain data. */
#ifndef WIRE_API_JSON_H
#define WIRE_API_JSON_H

#include "engine/state.h"
#include "wire/record_text.h"

/* Of a file with an agenda: a reader refuses what is newer than it knows. */
enum { KEPT_VERSION = 1 };

/* What POST /api/meetings asks for: a template by name or a whole agenda, one of them; of an
 * earlier meeting there may be neither, and then it is that one's again. */
struct api_create {
    struct text *template_name; /* NULL: the agenda below, */
    bool has_agenda;            /* if there is one. */
    struct agenda agenda;
    struct text *from,
        *from_key;      /* The earlier meeting's code, and a key that opens it; or NULL. */
    struct text *title; /* NULL: the agenda's own. */
    enum locale locale; /* LOCALE_NOT: the agenda's own. */
    struct text *zone;  /* NULL: the agenda's own. */
};

/* Reads the body.  Release with api_create_release; untouched on a refusal, with the field that is
 * at fault in `ret_field`. */
enum refusal api_create_read(const char *bytes, size_t len, struct api_create *ret_create,
                             char ret_field[static FIELD_PATH_ROOM]);
void api_create_release(struct api_create *c);

/* A meeting's links: the one to join by, and those of the roles whose key is not "".  Secrets stand
 * in fragments alone. */
char *api_links_write(const char *code, const char *base_url,
                      char keys[ROLE_COUNT][SECRET_CHARS + 1]);

/* A template with its name. */
struct api_template {
    const char *name;
    struct agenda agenda;
};

/* What GET /api/templates tells of them. */
char *api_templates_write(const struct api_template *templates, size_t count);

/* What somebody who has only the code may know: what the meeting is about, its agenda, what is not
 * confidential of the data, the seats that are prepared and free, how long it is kept, and how to
 * reach whoever runs the server: `contact`, in their own words, cleaned; NULL or no UTF-8 is left
 * out. */
char *api_meeting_write(const struct meeting *m, const char *code, const char *contact);

/* The little of it that a phone's first screen shows: whether it is over, the title, the seats that
 * one may take.
 */
char *api_door_write(const struct meeting *m);

/* The agenda as a template.  Of a meeting that is over it is the next one's: without its date, and
 * with what was left for it. */
char *api_agenda_write(const struct meeting *m);

/* The agenda of a meeting that follows on this one, by `layout`: see api_agenda_next. */
char *api_next_write(const struct meeting *m, const struct agenda *layout);

/* The agenda of a meeting that follows on this one: laid out by `layout`, which keeps what is its
 * own (title, purpose, items), with this one's place and learning focus and with what it left; or,
 * where `layout` is NULL, by this one's own.  Release it; false when memory is exhausted. */
bool api_agenda_next(const struct meeting *m, const struct agenda *layout,
                     struct agenda *ret_agenda);

/* The agenda of the next meeting as it is kept for when this one has been forgotten: laid out as
 * this one, on no day, with what it left and what came of last time's tasks.
 * Tasks go by function where it is known; names may still stand in people's words (minutes/kept.h
 * takes them out).  Release it; false when memory is exhausted. */
bool api_agenda_kept(const struct meeting *m, struct agenda *ret_agenda);

/* Such an agenda as a file, with the version of what files mean. */
char *api_kept_write(const struct agenda *kept);

/* {"pairing":"4F7K","secret":…} */
char *api_pairing_write(const char *shown, const char *secret);

/* {"code":…,"key":…}; {} when code is NULL: not yet. */
char *api_paired_write(const char *code, const char *key);

/* What GET /api/chief tells: the chief's own code, what each meeting says (minutes/card.h), the
 * newest first, and the same of those that a later one follows.  `parts` are what servers know of
 * theirs:
 * [{"meeting":CODE,"wall":MADE,"next":[CODE…],"card":{…}|null}…]; `ret_meetings` counts them. */
char *api_chief_write(const char *code, const char *const *parts, size_t count,
                      size_t *ret_meetings);

/* {"link":…,"code":…}; the secret stands in the link's fragment. */
char *api_chief_link_write(const char *base_url, const char *secret, const char *code);

/* {"code":…,"field":…} */
char *api_refusal_write(enum refusal code, const char *field);

#endif
