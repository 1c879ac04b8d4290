#include "cli/trunk_key.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/data.h"

enum { KEY_MAX = 4096 };

static int complain_of_key(int code, const char *why)
{
    return complain(code, "--cluster-key-file", why);
}

int trunk_key_read(const char *path, struct hash *ret_key, char ret_mark[static HASH_CHARS + 1])
{
    static const char about[] = "runde: a mark of this key";
    char bytes[KEY_MAX + 1];
    struct stat about_file;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return complain_of_key(errno == EACCES ? EX_NOPERM : EX_NOINPUT, strerror(errno));
    ssize_t n = read(fd, bytes, sizeof(bytes));
    bool open_to_all = fstat(fd, &about_file) == 0 && (about_file.st_mode & S_IRWXO) != 0;
    close(fd);
    if (n < 0)
        return complain_of_key(EX_IOERR, strerror(errno));
    if (open_to_all)
        return complain_of_key(EX_CONFIG, "anybody on this machine can read it: chmod o= it");
    const char *from = bytes, *to = bytes + n;
    while (to > from && isspace((unsigned char)to[-1]))
        to--;
    while (from < to && isspace((unsigned char)*from))
        from++;
    if (n > KEY_MAX || to - from < TRUNK_KEY_MIN_CHARS)
        return complain_of_key(EX_CONFIG,
                               "is 32 to 4096 characters, as `openssl rand -hex 32` makes them");
    *ret_key = hash_of(from, (size_t)(to - from));
    hash_write(hash_keyed(*ret_key, about, sizeof(about)), ret_mark);
    return 0;
}
