#include "store/sqlite_statements.h"

#include <errno.h>
#include <string.h>

static void got_meeting(sqlite3_stmt *s, struct meeting_row *ret)
{
    *ret = (struct meeting_row){
        .id = sqlite3_column_int64(s, 0),
        .origin = sqlite3_column_int64(s, 1),
        .epoch = sqlite3_column_int64(s, 2),
        .last_seq = sqlite3_column_int64(s, 3),
        .last_fact = sqlite3_column_int64(s, 4),
    };
}

int rows_meeting(struct rows *r, const char *code, struct meeting_row *ret_meeting)
{
    sqlite3_stmt *s = r->at[SQL_MEETING_GET];

    statement_text(s, 1, code);
    int error = statement_row(r, SQL_MEETING_GET);
    if (!error)
        got_meeting(s, ret_meeting);
    sqlite3_reset(s);
    return error;
}

int rows_meeting_put(struct rows *r, const char *code, const struct meeting_row *m, bool fresh)
{
    enum statement which = fresh ? SQL_MEETING_ADD : SQL_MEETING_MOVE;
    sqlite3_stmt *s = r->at[which];

    sqlite3_bind_int64(s, 1, m->last_seq);
    sqlite3_bind_int64(s, 2, m->last_fact);
    sqlite3_bind_int64(s, 3, m->id);
    if (fresh) {
        statement_text(s, 4, code);
        sqlite3_bind_int64(s, 5, m->origin);
        sqlite3_bind_int64(s, 6, m->epoch);
    }
    int error = statement_run(r, which);
    return !error && sqlite3_changes(r->db) != 1 ? -EBADMSG : error;
}

int rows_meeting_remove(struct rows *r, int64_t id)
{
    sqlite3_bind_int64(r->at[SQL_MEETING_REMOVE], 1, id);
    return statement_run(r, SQL_MEETING_REMOVE);
}

int rows_meeting_next(struct rows *r, int64_t after, char ret_code[static CODE_CHARS + 1],
                      struct meeting_row *ret_meeting)
{
    sqlite3_stmt *s = r->at[SQL_MEETING_NEXT];

    sqlite3_bind_int64(s, 1, after);
    int error = statement_row(r, SQL_MEETING_NEXT);
    if (!error && sqlite3_column_bytes(s, 5) != CODE_CHARS)
        error = -EBADMSG;
    if (!error) {
        got_meeting(s, ret_meeting);
        memcpy(ret_code, sqlite3_column_text(s, 5), CODE_CHARS + 1);
    }
    sqlite3_reset(s);
    return error;
}

int rows_erased_add(struct rows *r, const char *code, int64_t wall, int64_t forget)
{
    struct hash hash = hash_of(code, CODE_CHARS);

    sqlite3_bind_int64(r->at[SQL_ERASED_FORGET], 1, forget);
    int error = statement_run(r, SQL_ERASED_FORGET);
    if (error)
        return error;
    sqlite3_bind_blob(r->at[SQL_ERASED_ADD], 1, &hash, sizeof(hash), SQLITE_STATIC);
    sqlite3_bind_int64(r->at[SQL_ERASED_ADD], 2, wall);
    return statement_run(r, SQL_ERASED_ADD);
}

int rows_erased_next(struct rows *r, int64_t *id, struct hash *ret_code, int64_t *ret_wall)
{
    sqlite3_stmt *s = r->at[SQL_ERASED_NEXT];

    sqlite3_bind_int64(s, 1, *id);
    int error = statement_row(r, SQL_ERASED_NEXT);
    if (!error && sqlite3_column_bytes(s, 1) != sizeof(*ret_code))
        error = -EBADMSG;
    if (!error) {
        *id = sqlite3_column_int64(s, 0);
        memcpy(ret_code, sqlite3_column_blob(s, 1), sizeof(*ret_code));
        *ret_wall = sqlite3_column_int64(s, 2);
    }
    sqlite3_reset(s);
    return error;
}

int rows_mark_put(struct rows *r, const struct journal_mark *mark)
{
    sqlite3_stmt *s = r->at[SQL_MARK_PUT];

    statement_text(s, 1, mark->boot_id);
    sqlite3_bind_int64(s, 2, mark->boottime);
    sqlite3_bind_int64(s, 3, mark->wall);
    sqlite3_bind_int64(s, 4, mark->server);
    return statement_run(r, SQL_MARK_PUT);
}

int rows_mark(struct rows *r, struct journal_mark *ret_mark)
{
    sqlite3_stmt *s = r->at[SQL_MARK_GET];
    int error = statement_row(r, SQL_MARK_GET);

    if (!error && sqlite3_column_bytes(s, 0) > UUID_CHARS)
        error = -EBADMSG;
    if (!error) {
        memset(ret_mark, 0, sizeof(*ret_mark));
        memcpy(ret_mark->boot_id, sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
        ret_mark->boottime = sqlite3_column_int64(s, 1);
        ret_mark->wall = sqlite3_column_int64(s, 2);
        ret_mark->server = sqlite3_column_int64(s, 3);
    }
    sqlite3_reset(s);
    return error;
}
