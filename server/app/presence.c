#include "app/presence.h"

#include <stdlib.h>

#include "app/attempts.h"
#include "base/alloc.h"
#include "wire/frame_json.h"

static bool is_desk(const struct session *s)
{
    return s->role == ROLE_CONSOLE || s->role == ROLE_SCRIBE;
}

/* Who writes where; the first of them, where there are more than a frame tells.  Returns how many.
 */
static size_t writers(const struct room *r, struct writer ret_writers[static LIMIT_WRITERS])
{
    size_t count = 0;

    for (size_t i = 0; i < r->session_count && count < LIMIT_WRITERS; i++) {
        const struct session *s = r->sessions[i];
        if (s->state == SESSION_LIVE && s->writes_until != 0)
            ret_writers[count++] = (struct writer){ .as = s->role, .writing = s->writing };
    }
    return count;
}

/* Everybody who is connected, as one frame, for consoles and scribes or for other screens; NULL
 * when memory is exhausted. */
static struct frame *make_frame(const struct room *r, bool desk)
{
    int64_t screens[ROLE_COUNT] = { 0 };
    int64_t *seats = alloc_many(r->session_count * LIMIT_SEATS_A_PHONE, sizeof(*seats));
    struct writer writing[LIMIT_WRITERS];
    size_t count = 0;

    if (!seats)
        return NULL;
    for (size_t i = 0; i < r->session_count; i++) {
        const struct session *s = r->sessions[i];
        if (s->state != SESSION_LIVE)
            continue;
        screens[s->role]++;
        /* None twice: whoever opens a seat takes it from the session that had it (joining.c). */
        for (size_t k = 0; k < s->own_count; k++)
            seats[count++] = s->own[k];
    }
    struct attendance told = { .seats = seats, .count = count, .screens = screens };
    if (desk) {
        told.guessed = attempts_told(r);
        told.writers = writing;
        told.writer_count = writers(r, writing);
    }
    struct frame *frame = frame_from(frame_presence(&told));
    free(seats);
    return frame;
}

/* To whoever it is due and keeps up with reading.  Who does not hears how it stands when they have
 * read on, once: what comes and goes each second fills no outbox, which would cost them facts. */
static void tell(struct session *s, bool news, struct frame *frame)
{
    if (s->role == ROLE_PHONE || s->state != SESSION_LIVE)
        return;
    s->due |= news;
    if (!s->due || s->outbox.count >= LIMIT_OUTBOX_FRAMES / 2)
        return;
    s->due = false;
    session_send(s, frame, true);
}

void presence_tell(struct room *r)
{
    struct frame *desks = make_frame(r, true), *others = make_frame(r, false);

    if (desks && others) { /* Else the next second tries again. */
        bool news = r->presence;
        r->presence = r->due = false;
        r->warned = attempts_told(r) != GUESSED_NOT;
        for (size_t i = 0; i < r->session_count; i++) {
            struct session *s = r->sessions[i];
            tell(s, news, is_desk(s) ? desks : others);
            r->due |= s->due;
        }
    }
    frame_unref(desks);
    frame_unref(others);
}

/* Whether it names a place, and not only who would write there. */
static bool has_place(const struct writing *w)
{
    return w->answer != ANSWER_NOT || w->has_contribution || w->part || w->has_group ||
           w->has_carried || w->before;
}

void presence_writes(struct room *r, struct session *s, struct writing *writing, int64_t now)
{
    bool wrote = s->writes_until != 0, writes = has_place(writing);

    if (wrote != writes || (writes && !record_same(&writing_record, writing, &s->writing)))
        r->presence = true;
    record_release(&writing_record, &s->writing);
    s->writing = *writing;
    *writing = (struct writing){ 0 };
    s->writes_until = writes ? now + LIMIT_WRITING_MS : 0;
}

void presence_lapse(struct room *r, int64_t now)
{
    for (size_t i = 0; i < r->session_count; i++) {
        struct session *s = r->sessions[i];
        if (s->writes_until == 0 || now < s->writes_until)
            continue;
        s->writes_until = 0;
        r->presence = true;
    }
}
