#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1024 };

static const char *const names[] = { "error", "warn", "info", "debug" };

static _Atomic enum log_level limit = LOG_LEVEL_INFO;

void log_limit(enum log_level most)
{
    atomic_store(&limit, most);
}

bool log_level_read(const char *name, enum log_level *ret_level)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(name, names[i]) == 0) {
            *ret_level = (enum log_level)i;
            return true;
        }
    return false;
}

/* "2026-05-12T09:14:03.120Z" */
static size_t stamp(char *ret_chars, size_t room)
{
    struct timespec now;
    struct tm parts;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t len = strftime(ret_chars, room, "%Y-%m-%dT%H:%M:%S", &parts);
    len += (size_t)snprintf(ret_chars + len, room - len, ".%03ldZ", now.tv_nsec / 1000000);
    return len;
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list fields;

    if (level > atomic_load(&limit))
        return;
    size_t len = stamp(line, sizeof(line));
    len += (size_t)snprintf(line + len, sizeof(line) - len, " %s %.64s ", names[level], event);

    va_start(fields, format);
    int more = vsnprintf(line + len, sizeof(line) - len - 1, format, fields);
    va_end(fields);
    if (more > 0) {
        size_t room = sizeof(line) - len - 2;
        len += (size_t)more < room ? (size_t)more : room;
    }
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = '?';
    line[len++] = '\n';

    /* One call, so that lines of two threads never mix.  Nobody could be told of a failure. */
    ssize_t written = write(STDERR_FILENO, line, len);
    (void)written;
}
