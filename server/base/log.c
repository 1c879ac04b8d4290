#include "base/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1024 };

static const char *const names[] = { "error", "warn", "info", "debug" };

static const int priorities[] = { LOG_ERR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

static _Atomic enum log_level limit = LOG_LEVEL_INFO;
static _Atomic bool to_journal;

void log_limit(enum log_level most)
{
    atomic_store(&limit, most);
}

void log_find_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    uintmax_t device, inode;
    struct stat own;

    atomic_store(&to_journal, stream && sscanf(stream, "%ju:%ju", &device, &inode) == 2 &&
                                  fstat(STDERR_FILENO, &own) == 0 && own.st_dev == device &&
                                  own.st_ino == inode);
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

/* "2026-05-12T09:14:03.120Z warn "; or "<4>", for the journal, which has the time of each line. */
static size_t begin(enum log_level level, char *ret_chars, size_t room)
{
    struct timespec now;
    struct tm parts;

    if (atomic_load(&to_journal))
        return (size_t)snprintf(ret_chars, room, "<%d>", priorities[level]);
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t len = strftime(ret_chars, room, "%Y-%m-%dT%H:%M:%S", &parts);
    len += (size_t)snprintf(ret_chars + len, room - len, ".%03ldZ %s ", now.tv_nsec / 1000000,
                            names[level]);
    return len;
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list fields;

    if (level > atomic_load(&limit))
        return;
    size_t len = begin(level, line, sizeof(line));
    len += (size_t)snprintf(line + len, sizeof(line) - len, "%.64s ", event);

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
