/* A frame from a client in each role: what is taken can be written, and is the same when read
 * again. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "wire/command_decode.h"

static void goes_round(const struct record *r, const void *thing)
{
    char field[FIELD_PATH_ROOM];
    char *text = record_write(r, thing, RECORD_ALL);
    void *again = calloc(1, r->size);

    HOLDS(text && again);
    HOLDS(record_read(r, text, strlen(text), RECORD_PEOPLES, again, field) == REFUSED_NOT);
    HOLDS(record_same(r, thing, again));
    record_release(r, again);
    free(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    for (enum role role = ROLE_NOT; role < ROLE_COUNT; role++) {
        struct incoming in;
        struct uuid id;
        bool has_id;
        char field[FIELD_PATH_ROOM] = "unset";
        enum refusal code =
            incoming_decode((const char *)bytes, len, role, &in, &id, &has_id, field);
        HOLDS(code == REFUSED_BAD_FIELD || field[0] == '\0');
        HOLDS(memchr(field, '\0', sizeof(field)));
        if (code != REFUSED_NOT)
            continue;
        if (in.kind == INCOMING_COMMAND) {
            const struct command_info *info = &command_infos[in.command.kind];
            HOLDS(role != ROLE_NOT && info->who & 1u << role);
            HOLDS(in.has_id && has_id && uuid_same(in.id, id));
            if (info->args)
                goes_round(info->args, (const char *)&in.command + info->offset);
        } else if (in.kind == INCOMING_HELLO) {
            goes_round(&hello_record, &in.hello);
        } else if (in.kind == INCOMING_WRITING) {
            goes_round(&writing_record, &in.writing);
        }
        incoming_release(&in);
    }
    return 0;
}
