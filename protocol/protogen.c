/* protogen.c -- turns the protocol folder into C and JavaScript.
 *
 *     protogen PROTOCOL_FOLDER OUTPUT_FOLDER LOCALE_FOLDER
 *
 * The same folders always give the same bytes.  A keyword, a name or a reference that is not
 * known is an error that names its file: nothing in protocol/ is without effect.
 */
#include "protogen.h"

static struct model model;

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
    if (argc != 4) {
        fputs("usage: protogen PROTOCOL_FOLDER OUTPUT_FOLDER LOCALE_FOLDER\n", stderr);
        return 64;
    }
    read_all(&model, argv[1]);
    read_words(&model, argv[3]);
    write_file(argv[2], "protocol.gen.h", write_header);
    write_file(argv[2], "protocol.gen.c", write_tables);
    write_file(argv[2], "dispatch.gen.h", write_dispatch_header);
    write_file(argv[2], "dispatch.gen.c", write_dispatch);
    write_file(argv[2], "protocol.js", write_javascript);
    write_file(argv[2], "protocol.d.ts", write_types);
    return 0;
}
