#include "store/why.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WHY_ROOM = PATH_MAX + 512 };

const char *why_of(const char *format, ...)
{
    static _Thread_local char why[WHY_ROOM];
    char fresh[WHY_ROOM]; /* What is formatted may be in `why`. */
    va_list args;

    va_start(args, format);
    vsnprintf(fresh, sizeof(fresh), format, args);
    va_end(args);
    memcpy(why, fresh, strlen(fresh) + 1);
    return why;
}
