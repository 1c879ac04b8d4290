#include "store/sqlite_statements.h"

#include <errno.h>
#include <string.h>

static int last_id(struct rows *r, enum statement which, int64_t *ret_id)
{
    int error = statement_row(r, which);

    if (!error)
        *ret_id = sqlite3_column_int64(r->at[which], 0);
    sqlite3_reset(r->at[which]);
    return error;
}

int rows_last_fact(struct rows *r, int64_t *ret_id)
{
    return last_id(r, SQL_FACT_LAST, ret_id);
}

int rows_last_meeting(struct rows *r, int64_t *ret_id)
{
    return last_id(r, SQL_MEETING_LAST, ret_id);
}

/* FNV-1a, 64 bits: any one changed byte changes it. */
static uint64_t mix(uint64_t sum, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < len; i++)
        sum = (sum ^ p[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static uint64_t mix_text(uint64_t sum, const char *text)
{
    int64_t len = text ? (int64_t)strlen(text) : -1;

    sum = mix(sum, &len, sizeof(len));
    return text ? mix(sum, text, (size_t)len) : sum;
}

static const uint64_t sum_start = UINT64_C(0xcbf29ce484222325);

static int64_t text_sum(int64_t id, const char *text)
{
    /* Of a text that was redacted it is no zero, which damage would write. */
    return text ? (int64_t)mix_text(mix(sum_start, &id, sizeof(id)), text) : ~id;
}

/* Covers that there is a text, never what it says: that may be blanked later. */
static int64_t fact_sum(const struct fact_row *f, bool has_text)
{
    const int64_t numbers[] = { f->id,   f->meeting, f->seq,  f->at,
                                f->wall, f->rest,    f->prev, has_text ? 1 : 0 };
    uint64_t sum = mix(sum_start, numbers, sizeof(numbers));

    sum = mix_text(sum, f->body);
    if (f->command)
        sum = mix(sum, f->command->b, sizeof(f->command->b));
    return (int64_t)mix_text(sum, f->made);
}

int rows_add(struct rows *r, const struct fact_row *f)
{
    const int64_t numbers[] = { f->id, f->meeting, f->seq, f->at, f->wall, f->rest, f->prev };
    sqlite3_stmt *s = r->at[SQL_FACT_ADD];

    for (int i = 0; i < 7; i++)
        sqlite3_bind_int64(s, i + 1, numbers[i]);
    statement_text(s, 8, f->body);
    if (f->command)
        sqlite3_bind_blob(s, 9, f->command->b, sizeof(f->command->b), SQLITE_STATIC);
    else
        sqlite3_bind_null(s, 9);
    statement_text(s, 10, f->made);
    sqlite3_bind_int64(s, 11, fact_sum(f, f->text != NULL));
    int error = statement_run(r, SQL_FACT_ADD);
    if (error || !f->text)
        return error;

    s = r->at[SQL_TEXT_ADD];
    sqlite3_bind_int64(s, 1, f->id);
    statement_text(s, 2, f->text);
    sqlite3_bind_int64(s, 3, text_sum(f->id, f->text));
    return statement_run(r, SQL_TEXT_ADD);
}

int rows_link(struct rows *r, int64_t id, int64_t *ret_meeting, int64_t *ret_seq, int64_t *ret_prev)
{
    sqlite3_stmt *s = r->at[SQL_FACT_LINK];

    sqlite3_bind_int64(s, 1, id);
    int error = statement_row(r, SQL_FACT_LINK);
    if (!error) {
        *ret_meeting = sqlite3_column_int64(s, 0);
        *ret_seq = sqlite3_column_int64(s, 1);
        *ret_prev = sqlite3_column_int64(s, 2);
    }
    sqlite3_reset(s);
    return error == -ENOENT ? -EBADMSG : error;
}

static int got_command(struct rows *r, sqlite3_stmt *s, struct fact_row *f)
{
    if (sqlite3_column_type(s, 7) == SQLITE_NULL)
        return 0;
    const void *bytes = sqlite3_column_blob(s, 7);
    if (!bytes || sqlite3_column_bytes(s, 7) != sizeof(r->command.b))
        return -EBADMSG;
    memcpy(r->command.b, bytes, sizeof(r->command.b));
    f->command = &r->command;
    return 0;
}

int rows_get(struct rows *r, int64_t id, struct fact_row *ret_fact)
{
    sqlite3_stmt *s = r->at[SQL_FACT_GET];

    sqlite3_reset(s);
    sqlite3_bind_int64(s, 1, id);
    int error = statement_row(r, SQL_FACT_GET);
    if (error)
        return error == -ENOENT ? -EBADMSG : error;

    struct fact_row f = {
        .id = id,
        .meeting = sqlite3_column_int64(s, 0),
        .seq = sqlite3_column_int64(s, 1),
        .at = sqlite3_column_int64(s, 2),
        .wall = sqlite3_column_int64(s, 3),
        .rest = sqlite3_column_int64(s, 4),
        .prev = sqlite3_column_int64(s, 5),
        .body = (const char *)sqlite3_column_text(s, 6),
        .made = (const char *)sqlite3_column_text(s, 8),
        .text = (const char *)sqlite3_column_text(s, 11),
    };
    bool has_text = sqlite3_column_type(s, 10) != SQLITE_NULL;
    error = got_command(r, s, &f);
    if (error || !f.body || fact_sum(&f, has_text) != sqlite3_column_int64(s, 9) ||
        (has_text && text_sum(id, f.text) != sqlite3_column_int64(s, 12)))
        return -EBADMSG;
    *ret_fact = f;
    return 0;
}

void rows_got(struct rows *r)
{
    sqlite3_reset(r->at[SQL_FACT_GET]);
}

/* The command stands in the last row of its batch. */
static int forget_command(struct rows *r, int64_t id)
{
    struct fact_row f;
    int error = rows_get(r, id, &f);

    if (!error && f.rest > 0)
        error = rows_get(r, id + f.rest, &f);
    if (!error && (f.command || f.made)) {
        sqlite3_stmt *s = r->at[SQL_FACT_FORGET];
        bool has_text = sqlite3_column_type(r->at[SQL_FACT_GET], 10) != SQLITE_NULL;
        f.command = NULL;
        f.made = NULL;
        sqlite3_bind_int64(s, 1, f.id);
        sqlite3_bind_int64(s, 2, fact_sum(&f, has_text));
        rows_got(r);
        error = statement_run(r, SQL_FACT_FORGET);
    }
    rows_got(r);
    return error;
}

int rows_blank(struct rows *r, int64_t id, bool command_too)
{
    int error = command_too ? forget_command(r, id) : 0;

    if (error)
        return error;
    sqlite3_bind_int64(r->at[SQL_TEXT_BLANK], 1, id);
    return statement_run(r, SQL_TEXT_BLANK);
}

int rows_wipe_all(struct rows *r, int64_t meeting)
{
    sqlite3_bind_int64(r->at[SQL_TEXT_WIPE_ALL], 1, meeting);
    int error = statement_run(r, SQL_TEXT_WIPE_ALL);

    if (error)
        return error;
    sqlite3_bind_int64(r->at[SQL_FACT_WIPE_ALL], 1, meeting);
    return statement_run(r, SQL_FACT_WIPE_ALL);
}

int rows_wipe(struct rows *r, int64_t id)
{
    sqlite3_bind_int64(r->at[SQL_TEXT_BLANK], 1, id);
    int error = statement_run(r, SQL_TEXT_BLANK);

    if (error)
        return error;
    sqlite3_bind_int64(r->at[SQL_FACT_WIPE], 1, id);
    return statement_run(r, SQL_FACT_WIPE);
}
