/* log.h -- what the server tells whoever runs it: a line for each event, on stderr.
 *
 *     2026-05-12T09:14:03.120Z warn net.refused status=421 why=host
 *
 * Under systemd, whose journal knows when, and sorts by priority (sd-daemon(3)):
 *
 *     <4>net.refused status=421 why=host
 *
 * Never log a key, a token, a name or anything that people wrote: say what happened and to how
 * many.  Control characters become '?', so that no client can forge a line.  Any thread may log.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lets events up to this level through; LOG_LEVEL_INFO until it is called. */
void log_limit(enum log_level most);

/* Finds out whether stderr is systemd's journal (JOURNAL_STREAM, systemd.exec(5)). */
void log_find_journal(void);

/* Reads "error", "warn", "info" or "debug"; false, and nothing written, for anything else. */
bool log_level_read(const char *name, enum log_level *ret_level);

/* Writes one event.  `event` is a fixed name ("net.refused"), `format` its fields as
 * "name=value", or "". */
void log_event(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
