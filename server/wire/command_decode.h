/* command_decode.h -- one text frame from a client, to a hello, a command, a clock question, or a
 * word on where somebody writes.
 *
 * Everything past this line may trust what it is given: fields are there, of their kind and in
 * their range, and the role may send the command.  The tables are protocol/commands/,
 * protocol/frames/hello.json and protocol/records/writing.json.
 */
#ifndef WIRE_COMMAND_DECODE_H
#define WIRE_COMMAND_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol.gen.h"
#include "wire/record_text.h"

struct incoming {
    enum { INCOMING_HELLO, INCOMING_COMMAND, INCOMING_CLOCK, INCOMING_WRITING } kind;
    struct hello hello;     /* HELLO */
    struct command command; /* COMMAND; has its id too. */
    double sent;            /* CLOCK: the client's own ms, to be sent back as it is. */
    struct writing writing; /* WRITING */
    bool has_id;            /* COMMAND: always. */
    struct uuid id;
};

/* Decodes `len` bytes sent by a client in `role`, ROLE_NOT before its hello was accepted: then
 * every command is forbidden, and the caller knows the better word for it.
 *
 * Fills `ret_incoming` on REFUSED_NOT and leaves it untouched otherwise; release it with
 * incoming_release.  `ret_has_id` and `ret_id` tell the command's id wherever it could be read,
 * also of refused ones and of what is no JSON; `ret_field` is "" but with REFUSED_BAD_FIELD.
 * Other answers: REFUSED_MALFORMED, REFUSED_UNKNOWN_COMMAND, REFUSED_FORBIDDEN, and REFUSED_BUSY
 * when memory is exhausted. */
enum refusal incoming_decode(const char *bytes, size_t len, enum role role,
                             struct incoming *ret_incoming, struct uuid *ret_id, bool *ret_has_id,
                             char ret_field[static FIELD_PATH_ROOM]);

/* Frees what it owns and zeroes it. */
void incoming_release(struct incoming *in);

/* The command of this name; COMMAND_COUNT when there is none. */
enum command_kind command_named(const char *name);

#endif
