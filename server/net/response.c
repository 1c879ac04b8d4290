#include "net/response.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"

enum { CLOSING_ROOM = 64 }; /* For Content-Length and the empty line. */

static const char *reason(int status)
{
    /* clang-format off */
    static const struct { int status; const char *text; } reasons[] = {
        { 200, "OK" }, { 201, "Created" }, { 204, "No Content" }, { 302, "Found" }, { 304, "Not Modified" }, { 400, "Bad Request" },
        { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
        { 405, "Method Not Allowed" }, { 406, "Not Acceptable" }, { 409, "Conflict" },
        { 411, "Length Required" }, { 413, "Content Too Large" }, { 421, "Misdirected Request" },
        { 422, "Unprocessable Content" }, { 426, "Upgrade Required" },
        { 429, "Too Many Requests" }, { 500, "Internal Server Error" },
        { 503, "Service Unavailable" }, { 505, "HTTP Version Not Supported" },
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (reasons[i].status == status)
            return reasons[i].text;
    return "Other";
}

static void add(struct response *a, const char *format, va_list fields)
{
    size_t room = sizeof(a->head) - CLOSING_ROOM - a->head_len;
    int len = vsnprintf(a->head + a->head_len, room, format, fields);

    if (len < 0 || (size_t)len >= room)
        a->whole = false;
    else
        a->head_len += (size_t)len;
}

static void line(struct response *a, const char *format, ...)
{
    va_list fields;

    va_start(fields, format);
    add(a, format, fields);
    va_end(fields);
}

void response_begin(struct response *a, int status)
{
    char date[64];
    time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    *a = (struct response){ .status = status, .whole = true };
    line(a,
         "HTTP/1.1 %d %s\r\n"
         "Date: %s\r\n"
         "Connection: close\r\n"
         "X-Content-Type-Options: nosniff\r\n"
         "X-Frame-Options: DENY\r\n"
         "Referrer-Policy: no-referrer\r\n"
         "Cross-Origin-Resource-Policy: same-origin\r\n"
         "X-Robots-Tag: noindex\r\n",
         status, reason(status), date);
}

void response_header(struct response *a, const char *name, const char *format, ...)
{
    size_t before = a->head_len;
    va_list fields;

    line(a, "%s: ", name);
    size_t from = a->head_len;
    va_start(fields, format);
    add(a, format, fields);
    va_end(fields);
    for (size_t i = from; i < a->head_len; i++)
        if ((unsigned char)a->head[i] < ' ')
            a->whole = false;
    if (a->whole)
        line(a, "\r\n");
    if (!a->whole)
        a->head_len = before;
}

void response_strict(struct response *a)
{
    response_header(a, "Strict-Transport-Security", "max-age=31536000");
}

void response_body(struct response *a, const char *type, const void *body, size_t len)
{
    response_header(a, "Content-Type", "%s", type);
    a->body = body;
    a->body_len = len;
}

void response_body_owned(struct response *a, const char *type, char *body)
{
    a->owned = body;
    response_body(a, type, body, strlen(body));
}

void response_text(struct response *a, int status, const char *text)
{
    char *body = NULL;

    response_begin(a, status);
    response_header(a, "Cache-Control", "no-store");
    response_header(a, "Content-Security-Policy", "default-src 'none'");
    if (asprintf(&body, "%d %s: %s\n", status, reason(status), text) >= 0)
        response_body_owned(a, "text/plain; charset=utf-8", body);
}

void response_end(struct response *a)
{
    if (a->status != 304 && a->status != 204)
        a->head_len += (size_t)snprintf(a->head + a->head_len, CLOSING_ROOM,
                                        "Content-Length: %zu\r\n", a->body_len);
    response_endless(a);
}

void response_endless(struct response *a)
{
    a->head_len += (size_t)snprintf(a->head + a->head_len, CLOSING_ROOM, "\r\n");
}

void response_clear(struct response *a)
{
    free(a->owned);
    a->owned = NULL;
    a->body = NULL;
    a->body_len = 0;
}
