#include "cli/data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>

static struct {
    char *words; /* NULL: complaints are said. */
    size_t room;
} kept;

int complain_of(int code, const char *format, ...)
{
    char words[1024];
    va_list fields;

    va_start(fields, format);
    vsnprintf(words, sizeof(words), format, fields);
    va_end(fields);
    if (!kept.words)
        fprintf(stderr, "runde: %s\n", words);
    else if (!kept.words[0])
        snprintf(kept.words, kept.room, "%s", words);
    return code;
}

int complain(int code, const char *what, const char *why)
{
    return complain_of(code, "%s: %s", what, why);
}

void complaint_keep(char *ret_words, size_t room)
{
    kept.words = ret_words;
    kept.room = room;
    if (ret_words)
        ret_words[0] = '\0';
}

int data_path(const char *data, const char *name, char ret_path[static DATA_PATH_MAX])
{
    int len = snprintf(ret_path, DATA_PATH_MAX, "%s/%s", data, name);

    return len < DATA_PATH_MAX ? 0 : complain(EX_USAGE, "--data", "the path is too long");
}

int data_lock(const char *data)
{
    char path[DATA_PATH_MAX];
    int code = data_path(data, "lock", path);

    if (code)
        return code;
    umask(077);
    if (mkdir(data, 0700) != 0 && errno != EEXIST)
        return complain(EX_CANTCREAT, data, strerror(errno));
    /* Never closed: the lock goes with the process, however it ends. */
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return complain(EX_CANTCREAT, path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return complain(EX_TEMPFAIL, data, "another server is using this folder");
    return 0;
}

int data_inlet(const char *data, char ret_path[static DATA_INLET_MAX])
{
    /* A socket's name has 107 bytes: so it goes by the folder's descriptor, which stays open. */
    int fd = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return complain(EX_NOINPUT, data, strerror(errno));
    snprintf(ret_path, DATA_INLET_MAX, "/proc/self/fd/%d/inlet", fd);
    return 0;
}
