/* decode.c -- says what the server's decoder thinks of frames, for tests in other languages.
 *
 *     decode < LINES          each line: a role, a blank, a frame; the role `fact` reads a fact
 *     decode FILE...          each file: a frame; its name begins with the role and a dash
 *
 * Answers each with a line: "ok", or the refusal's code and the field.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/command_decode.h"
#include "wire/fact_json.h"

#include "support/check.h"

static enum refusal decode_fact(const char *bytes)
{
    struct fact f;
    enum refusal refusal = fact_decode(bytes, NULL, &f);

    if (refusal == REFUSED_NOT)
        fact_release(&f);
    return refusal;
}

static enum refusal decode_frame(const char *bytes, size_t len, enum role role,
                                 char ret_field[static FIELD_PATH_ROOM])
{
    struct incoming in;
    struct uuid id;
    bool has_id;
    enum refusal refusal = incoming_decode(bytes, len, role, &in, &id, &has_id, ret_field);

    if (refusal == REFUSED_NOT)
        incoming_release(&in);
    return refusal;
}

/* The role that begins the word; the word goes on with `end`. */
static enum role role_of(const char *word, char end, size_t *ret_len)
{
    for (unsigned i = 1; i < ROLE_COUNT; i++) {
        size_t len = strlen(role_enum.names[i]);
        if (strncmp(word, role_enum.names[i], len) == 0 && word[len] == end) {
            *ret_len = len + 1;
            return (enum role)i;
        }
    }
    return ROLE_NOT;
}

static void say(enum refusal refusal, const char *field)
{
    if (refusal == REFUSED_NOT)
        puts("ok");
    else
        printf("%s%s%s\n", refusal_names[refusal], field[0] ? " " : "", field);
}

static void decode_line(const char *line, size_t len)
{
    char field[FIELD_PATH_ROOM] = "";
    size_t skip = 0;

    if (strncmp(line, "fact ", 5) == 0) {
        say(decode_fact(line + 5), field);
        return;
    }
    enum role role = role_of(line, ' ', &skip);
    CHECK(role != ROLE_NOT);
    enum refusal refusal = decode_frame(line + skip, len - skip, role, field);
    say(refusal, field);
}

static void decode_file(const char *path)
{
    static char bytes[1 << 20];
    char field[FIELD_PATH_ROOM];
    const char *slash = strrchr(path, '/');
    size_t skip;
    FILE *in = fopen(path, "rb");

    CHECK(in);
    size_t len = fread(bytes, 1, sizeof(bytes), in);
    CHECK(len < sizeof(bytes));
    fclose(in);
    enum role role = role_of(slash ? slash + 1 : path, '-', &skip);
    CHECK(role != ROLE_NOT);
    enum refusal refusal = decode_frame(bytes, len, role, field);
    say(refusal, field);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    for (int i = 1; i < argc; i++)
        decode_file(argv[i]);
    if (argc > 1)
        return 0;
    while ((len = getline(&line, &room, stdin)) > 0) {
        if (line[len - 1] == '\n')
            line[--len] = '\0';
        decode_line(line, (size_t)len);
    }
    free(line);
    return 0;
}
