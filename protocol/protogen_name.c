/* protogen_name.c -- what a name of the protocol is called in C, and how an error names its file.
 */
#include "protogen.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 100, NAMES_AT_ONCE = 8 };

void die(const char *file, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "protogen: %s: ", file);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

/* A buffer for a name: the one that was given out NAMES_AT_ONCE calls ago. */
static char *next_name(const char *name)
{
    static char names[NAMES_AT_ONCE][NAME_ROOM];
    static size_t next;

    if (strlen(name) + 2 > NAME_ROOM)
        die(name, "the name is too long");
    return names[next++ % NAMES_AT_ONCE];
}

const char *upper(const char *name)
{
    char *to = next_name(name);
    size_t i = 0;

    for (; name[i]; i++)
        to[i] = name[i] == '.' ? '_' : (char)toupper((unsigned char)name[i]);
    to[i] = '\0';
    return to;
}

static bool is_keyword(const char *name)
{
    static const char *const keywords[] = {
        "auto",   "break",  "case",   "char",   "const",    "continue", "default",  "do",
        "double", "else",   "enum",   "extern", "float",    "for",      "goto",     "if",
        "inline", "int",    "long",   "return", "register", "restrict", "short",    "signed",
        "sizeof", "static", "struct", "switch", "typedef",  "union",    "unsigned", "void",
        "while",  "bool",   "typeof", "asm",    "volatile", "true",     "false",
    };

    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
        if (strcmp(name, keywords[i]) == 0)
            return true;
    return false;
}

const char *member(const char *name)
{
    char *to = next_name(name);
    size_t i = 0;

    for (; name[i]; i++)
        to[i] = name[i] == '.' ? '_' : name[i];
    if (is_keyword(name))
        to[i++] = '_';
    to[i] = '\0';
    return to;
}

const struct field *find_field(const struct record *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->fields[i].name, name) == 0)
            return &r->fields[i];
    return NULL;
}

const char *place_of(const struct field *f)
{
    char *to = next_name(f->name);

    if (!f->path)
        return member(f->name);
    if (snprintf(to, NAME_ROOM, "%s.%s", f->path, member(f->name)) >= NAME_ROOM)
        die(f->name, "the name is too long");
    return to;
}
