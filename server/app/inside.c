#include "app/inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/erasing.h"
#include "app/gather.h"
#include "app/owning.h"
#include "app/resting.h"
#include "app/state.h"
#include "base/alloc.h"
#include "base/code.h"
#include "base/scoped.h"
#include "wire/api_json.h"
#include "wire/fact_json.h"
#include "wire/record_text.h"

/* The room that the query names; NULL after nothing: `ret_code` says for which code. */
static struct room *room_of(const struct asking *a, char ret_code[static CODE_CHARS + 1])
{
    char value[QUERY_VALUE_MAX];

    asking_value(a->request->query, "code", value);
    return code_read(value, strlen(value), ret_code) ? owning_seek(a->app, ret_code) : NULL;
}

static struct api_call *refuse_unknown(const struct asking *a, const char *code)
{
    bool erased = code[0] && erasing_has(a->app, code);

    return asking_refuse(a, erased ? 410 : 404, erased ? REFUSED_ERASED : REFUSED_NO_SUCH_MEETING,
                         NULL);
}

/* Puts the lists of all servers one behind the other. */
static void list_all(struct api_call *call, const char *const *parts, size_t count,
                     const char *about, int held)
{
    struct buffer b = { 0 };
    (void)about;
    (void)held;

    buffer_say(&b, "[");
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(parts[i]);
        if (len <= 2 || parts[i][0] != '[')
            continue;
        if (b.len > 1)
            buffer_say(&b, ",");
        buffer_add(&b, parts[i] + 1, len - 2);
    }
    buffer_say(&b, "]");
    call->body = buffer_take(&b, &call->body_len);
    if (call->body)
        api_finish(call);
    else
        api_refuse(call, 503, REFUSED_BUSY, NULL);
}

static struct api_call *list(const struct asking *a)
{
    struct buffer b = { 0 };
    size_t len;

    buffer_say(&b, "[");
    for (size_t i = 0; i < a->app->room_count; i++) {
        struct brief h;
        const struct room *r = a->app->rooms[i];
        bool whole = resting_brief(r, &h);
        if (r->state == ROOM_ERASED || !owning_has(r))
            continue;
        if (!whole && resting_is(r)) { /* The start is not long ago. */
            buffer_release(&b);
            return asking_refuse(a, 503, REFUSED_BUSY, NULL);
        }
        buffer_say(&b, b.len > 1 ? ",{\"code\":\"" : "{\"code\":\"");
        buffer_say(&b, r->code);
        buffer_say(&b, "\",\"state\":\"");
        buffer_say(&b, whole ? state_enum.names[h.state] : "unreadable");
        buffer_say(&b, "\"");
        if (whole) {
            buffer_say(&b, ",\"made\":");
            buffer_number(&b, h.wall);
            buffer_say(&b, ",\"facts\":");
            buffer_number(&b, h.seq);
            buffer_say(&b, ",\"erases\":");
            buffer_number(&b, h.wall + h.until.ms);
        }
        buffer_say(&b, "}");
    }
    buffer_say(&b, "]");
    return gather_begin(a, buffer_take(&b, &len), list_all, "");
}

/* A meeting that is being read for its file. */
struct exporting {
    struct api_call *call;
    struct buffer b;
    int64_t count;
};

static void exported(void *context, const struct journal_fact *f, int error)
{
    struct exporting *e = context;

    if (f->seq != 0) {
        /* The texts are only written, and the parcel's strings are owned. */
        const struct parcel_fact fact = { .seq = f->seq,
                                          .at = f->at,
                                          .wall = f->wall,
                                          .rest = f->rest,
                                          .body = (char *)f->body,
                                          .text = (char *)f->text,
                                          .made = (char *)f->made,
                                          .has_command = f->command != NULL,
                                          .command =
                                              f->command ? *f->command : (struct uuid){ { 0 } } };
        parcel_add(&e->b, &fact);
        e->count++;
        return;
    }
    parcel_end(&e->b, e->count);
    e->call->body = error ? NULL : buffer_take(&e->b, &e->call->body_len);
    if (e->call->body)
        api_finish(e->call);
    else
        api_refuse(e->call, 503, REFUSED_BUSY, NULL);
    buffer_release(&e->b);
    free(e);
}

static struct api_call *export(const struct asking *a)
{
    char code[CODE_CHARS + 1] = "";
    struct room *r = room_of(a, code);
    struct exporting *e;

    if (!r || r->state == ROOM_ERASED)
        return refuse_unknown(a, code);
    if (resting_is(r))
        return resting_call(a, r);
    if (r->state == ROOM_BROKEN)
        return asking_refuse(a, 500, REFUSED_DAMAGED, NULL);
    if (r->state != ROOM_LIVE || r->lost || !r->meeting->created || r->in_flight > 0)
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    e = alloc_many(1, sizeof(*e));
    e = e && (e->call = asking_later(a)) ? e : (free(e), NULL);
    if (!e)
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    struct api_call *call = e->call;
    int64_t zero = a->app->ports.wall(a->app->ports.context) - room_now(r).ms;
    parcel_begin(&e->b, r->code, zero, r->meeting->seq);
    if (journal_read(a->app->journal, r->code, 1, r->generation, exported, e) == 0)
        return call;
    api_refuse(call, 503, REFUSED_BUSY, NULL);
    buffer_release(&e->b);
    free(e);
    return NULL;
}

/* A meeting that is being taken in. */
struct importing {
    struct api_call *call;
    char code[CODE_CHARS + 1];
    int64_t origin;
    size_t count;
    struct batch **batches;
};

static void importing_free(struct importing *i)
{
    for (size_t k = 0; k < i->count; k++)
        batch_free(i->batches[k]);
    free(i->batches);
    free(i);
}

static void answer_with(struct api_call *call, const char *code)
{
    struct buffer b = { 0 };

    buffer_say(&b, "{\"meeting\":\"");
    buffer_say(&b, code);
    buffer_say(&b, "\"}");
    call->body = buffer_take(&b, &call->body_len);
    if (call->body)
        api_finish(call);
    else
        api_refuse(call, 503, REFUSED_BUSY, NULL);
}

/* Makes the room of a meeting that is on disk now, unless somebody has asked for it meanwhile. */
static bool let_in(struct app *app, const struct importing *i)
{
    struct room *r = app_find(app, i->code);

    if (!r) {
        r = room_new(app, i->code, i->origin);
        if (!r || !app_add(app, r)) {
            room_free(r);
            return false;
        }
    } else if (r->state == ROOM_ABSENT) {
        r->state = ROOM_STORED;
    } else {
        return true;
    }
    recovery_begin(r);
    return true;
}

/* It is on disk, or nothing of it is. */
static void imported(void *context, const struct journal_fact *end, int error)
{
    struct importing *i = context;

    (void)end;
    if (error == 0 && let_in(i->call->app, i)) {
        answer_with(i->call, i->code);
    } else if (error == -EEXIST) {
        api_refuse(i->call, 409, REFUSED_BAD_FIELD, "exists");
    } else { /* If it is on disk, the next start finds it. */
        api_refuse(i->call, 503, REFUSED_NOT_SAVED, NULL);
    }
    importing_free(i);
}

static char *copy(const char *text, bool *failed)
{
    char *made = text ? strdup(text) : NULL;

    *failed |= text && !made;
    return made;
}

/* The batch of the facts from number `at` on that came of one command. */
static struct batch *batch_of(const struct parcel *p, size_t at)
{
    size_t count = (size_t)p->facts[at].rest + 1;
    struct batch *b = batch_new(count, 0);
    bool failed = false;

    if (!b)
        return NULL;
    memcpy(b->meeting, p->code, sizeof(b->meeting));
    b->epoch = b->generation = 1;
    for (size_t i = 0; i < count; i++) {
        const struct parcel_fact *f = &p->facts[at + i];
        b->wall = f->wall;
        b->rows[i] = (struct journal_row){ .seq = f->seq,
                                           .at = f->at,
                                           .body = copy(f->body, &failed),
                                           .text = copy(f->text, &failed) };
        b->has_command = f->has_command;
        b->command = f->command;
        b->made = b->made ? b->made : copy(f->made, &failed);
    }
    if (!failed)
        return b;
    batch_free(b);
    return NULL;
}

/* Where the meeting clock stood at 0, on this server's clock. */
static struct importing *importing_new(struct app *app, const struct parcel *p)
{
    struct importing *i = alloc_many(1, sizeof(*i));
    int64_t wall = app->ports.wall(app->ports.context);

    if (!i)
        return NULL;
    memcpy(i->code, p->code, sizeof(i->code));
    i->origin = app_server_clock(app) - (wall - p->zero);
    i->batches = alloc_many(p->count, sizeof(*i->batches));
    for (size_t at = 0; i->batches && at < p->count; at += (size_t)p->facts[at].rest + 1)
        if (!(i->batches[i->count++] = batch_of(p, at))) {
            i->count--;
            importing_free(i);
            return NULL;
        }
    if (i->batches)
        return i;
    importing_free(i);
    return NULL;
}

static struct api_call *take_in(const struct asking *a, const struct parcel *p)
{
    struct importing *i;

    if (erasing_has(a->app, p->code))
        return asking_refuse(a, 410, REFUSED_ERASED, NULL);
    struct room *r = owning_seek(a->app, p->code);
    if (r && resting_is(r) && !owning_has(r)) /* Another server may have it, or have erased it. */
        return resting_call(a, r);
    if (r)
        return asking_refuse(a, 409, REFUSED_BAD_FIELD, "exists");
    i = importing_new(a->app, p);
    struct api_call *call = i ? asking_later(a) : NULL;
    if (!call) {
        if (i)
            importing_free(i);
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    }
    i->call = call;
    if (journal_restore(a->app->journal, i->code, i->origin, i->batches, i->count, imported, i) ==
        0)
        return call;
    importing_free(i);
    api_refuse(call, 503, REFUSED_BUSY, NULL);
    return NULL;
}

static struct api_call *import(const struct asking *a)
{
    SCOPED(parcel_release) struct parcel p;
    enum parcel_fault fault = parcel_read(a->request->body, a->request->body_len, &p);

    if (fault != PARCEL_WHOLE)
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, "file");
    if (a->app->stopping)
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    return take_in(a, &p);
}

static struct api_call *erase(const struct asking *a)
{
    char code[CODE_CHARS + 1] = "";
    struct room *r = room_of(a, code);

    if (!r || r->state == ROOM_ERASED)
        return refuse_unknown(a, code);
    if (resting_is(r) && !owning_has(r))
        return resting_call(a, r);
    struct api_call *call = asking_later(a);
    if (!call || !erasing_now(r, call)) {
        if (call)
            api_refuse(call, 503, REFUSED_BUSY, NULL);
        else
            asking_refuse(a, 503, REFUSED_BUSY, NULL);
        return NULL;
    }
    return call;
}

/* Another server says what a meeting of this one's is followed by. */
static struct api_call *follow(const struct asking *a)
{
    char code[CODE_CHARS + 1] = "", field[FIELD_PATH_ROOM];
    struct room *r = room_of(a, code);
    const struct sender nobody = { .role = ROLE_NOT };
    struct command command = { .kind = COMMAND_MEETING_FOLLOW };
    struct facts facts;

    if (!r || r->state == ROOM_ERASED)
        return refuse_unknown(a, code);
    if (resting_is(r))
        return resting_call(a, r);
    if (r->state != ROOM_LIVE || r->lost || !r->meeting->created)
        return asking_refuse(a, 503, REFUSED_BUSY, NULL);
    if (record_read(&command_meeting_follow_record, a->request->body, a->request->body_len,
                    RECORD_OURS, &command.args.meeting_follow, field) != REFUSED_NOT)
        return asking_refuse(a, 400, REFUSED_BAD_FIELD, field);
    enum refusal refusal = room_handle(r, &command, &nobody, &facts);
    command_release(&command);
    if (refusal != REFUSED_NOT)
        return asking_refuse(a, 503, refusal, NULL);
    facts_release(&facts);
    asking_respond(a, 200, "application/json", strdup("{}"));
    return NULL;
}

static void nobody_asks(void *context, const struct api_answer *answer)
{
    (void)context;
    (void)answer;
}

void inside_follow(struct app *app, const char *code, const struct command_meeting_follow *with)
{
    char query[QUERY_VALUE_MAX];
    char *body = record_write(&command_meeting_follow_record, with, RECORD_ALL);
    const struct api_request request = { .method = "POST",
                                         .path = "/inside/follow",
                                         .query = query,
                                         .body = body,
                                         .body_len = body ? strlen(body) : 0,
                                         .inside = true };

    snprintf(query, sizeof(query), "code=%s", code);
    if (body)
        (void)app_api(app, &request, nobody_asks, NULL);
    free(body);
}

struct api_call *inside_answer(const struct asking *a, const char *what)
{
    if (strcmp(what, "list") == 0)
        return list(a);
    if (strcmp(what, "export") == 0)
        return export(a);
    if (strcmp(what, "import") == 0)
        return import(a);
    if (strcmp(what, "erase") == 0)
        return erase(a);
    if (strcmp(what, "follow") == 0)
        return follow(a);
    return asking_refuse(a, 404, REFUSED_UNKNOWN_COMMAND, NULL);
}

static bool fold(struct meeting *m, const struct parcel_fact *from)
{
    struct fact fact;

    if (fact_decode(from->body, from->text, &fact) != REFUSED_NOT)
        return false;
    bool fits = (m->created || fact.kind == FACT_MEETING_CREATED) &&
                !(m->created && fact.kind == FACT_MEETING_CREATED) && fact.seq == m->seq + 1 &&
                meeting_prepare(m, &fact);
    if (fits)
        meeting_apply(m, &fact);
    fact_release(&fact);
    return fits;
}

bool inside_rehearse(const struct parcel *p)
{
    struct meeting *m = meeting_new();
    bool good = m && p->count > 0;

    for (size_t i = 0; good && i < p->count; i++)
        good = fold(m, &p->facts[i]);
    meeting_free(m);
    return good;
}
