/* protogen.c -- turns the protocol folder into C and JavaScript.
 *
 *     protogen PROTOCOL_FOLDER OUTPUT_FOLDER
 *
 * The same folder always gives the same bytes.  A keyword, a name or a reference that is not
 * known is an error that names its file: nothing in protocol/ is without effect.
 */
#include "protogen.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 100, NAMES_AT_ONCE = 8 };

static struct model model;

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

/* The next buffer for a name; the one given out NAMES_AT_ONCE calls ago is used again. */
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

static void write_file(const char *folder, const char *name,
                       void (*write)(const struct model *m, FILE *out))
{
    char path[4096];

    if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
        die(name, "the path is too long");
    FILE *out = fopen(path, "w");
    if (!out)
        die(path, "cannot be opened for writing");
    write(&model, out);
    if (ferror(out) | fclose(out))
        die(path, "could not be written");
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: protogen PROTOCOL_FOLDER OUTPUT_FOLDER\n", stderr);
        return 64;
    }
    read_all(&model, argv[1]);
    write_file(argv[2], "protocol.gen.h", write_header);
    write_file(argv[2], "protocol.gen.c", write_tables);
    write_file(argv[2], "dispatch.gen.h", write_dispatch_header);
    write_file(argv[2], "dispatch.gen.c", write_dispatch);
    write_file(argv[2], "protocol.js", write_javascript);
    return 0;
}
