#include "store/why.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

const char *why_of(const char *format, ...)
{
    static _Thread_local char why[PATH_MAX + 512];
    va_list args;

    va_start(args, format);
    vsnprintf(why, sizeof(why), format, args);
    va_end(args);
    return why;
}
