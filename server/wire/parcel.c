#include "wire/parcel.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/code.h"
#include "base/scoped.h"
#include "wire/fact_json.h"
#include "wire/json_text.h"

static const char like[] = "{\"runde\":\"meeting\",";

static void say_number(struct buffer *b, const char *name, int64_t number)
{
    buffer_say(b, name);
    buffer_number(b, number);
}

void parcel_begin(struct buffer *b, const char *code, int64_t zero, int64_t facts)
{
    buffer_say(b, like);
    say_number(b, "\"version\":", PARCEL_VERSION);
    buffer_say(b, ",\"code\":\"");
    buffer_say(b, code);
    say_number(b, "\",\"zero\":", zero);
    say_number(b, ",\"facts\":", facts);
    buffer_say(b, "}\n");
}

void parcel_add(struct buffer *b, const struct parcel_fact *f)
{
    char command[UUID_CHARS + 1];

    say_number(b, "{\"seq\":", f->seq);
    say_number(b, ",\"at\":", f->at);
    say_number(b, ",\"wall\":", f->wall);
    say_number(b, ",\"rest\":", f->rest);
    buffer_say(b, ",\"fact\":");
    buffer_say(b, f->body);
    if (f->text) {
        buffer_say(b, ",\"text\":");
        buffer_say(b, f->text);
    }
    if (f->has_command) {
        uuid_write(f->command, command);
        buffer_say(b, ",\"command\":\"");
        buffer_say(b, command);
        buffer_say(b, "\"");
    }
    if (f->made) {
        buffer_say(b, ",\"made\":");
        buffer_say(b, f->made);
    }
    buffer_say(b, "}\n");
}

void parcel_end(struct buffer *b, int64_t facts)
{
    char sum[HASH_CHARS + 1];

    if (b->failed)
        return;
    hash_write(hash_of(b->at, b->len), sum);
    say_number(b, "{\"end\":", facts);
    buffer_say(b, ",\"sum\":\"");
    buffer_say(b, sum);
    buffer_say(b, "\"}\n");
}

static void fact_clear(struct parcel_fact *f)
{
    free(f->body);
    free(f->text);
    free(f->made);
}

void parcel_release(struct parcel *p)
{
    for (size_t i = 0; i < p->count; i++)
        fact_clear(&p->facts[i]);
    free(p->facts);
    *p = (struct parcel){ 0 };
}

/* A line of the file, without its end; `at` goes on to the next.  NULL where there is no whole one.
 */
static const char *line_of(const char *bytes, size_t len, size_t *at, size_t *ret_len)
{
    const char *line = bytes + *at, *end = memchr(line, '\n', len - *at);

    if (!end)
        return NULL;
    *ret_len = (size_t)(end - line);
    *at += *ret_len + 1;
    return line;
}

/* A line as an object, or NULL. */
static json_t *object_of(const char *line, size_t len)
{
    json_t *object;

    return json_text_read(line, len, &object) == REFUSED_NOT ? object : NULL;
}

/* The whole number of this name that is there and not under 0. */
static bool number_of(const json_t *from, const char *name, int64_t *ret)
{
    const json_t *value = json_object_get(from, name);

    *ret = json_integer_value(value);
    return json_is_integer(value) && *ret >= 0;
}

/* The head is whole, and as parcel_begin writes it. */
static enum parcel_fault read_head(const char *line, size_t len, struct parcel *p,
                                   int64_t *ret_facts)
{
    SCOPED(json_release) json_t *head = object_of(line, len);
    int64_t version;

    if (!head || !number_of(head, "version", &version) || version == 0)
        return PARCEL_EDITED;
    if (version > PARCEL_VERSION)
        return PARCEL_NEWER;
    const char *code = json_string_value(json_object_get(head, "code"));
    bool good = code && code_read(code, strlen(code), p->code) && json_object_size(head) == 5 &&
                number_of(head, "zero", &p->zero) && number_of(head, "facts", ret_facts);
    return good && *ret_facts > 0 ? PARCEL_WHOLE : PARCEL_EDITED;
}

/* The value as JSON text, where it is an object; true also where it is not there. */
static bool object_text(const json_t *from, const char *name, char **ret)
{
    json_t *value = json_object_get(from, name);

    if (!value)
        return true;
    *ret = json_is_object(value) ? json_dumps(value, JSON_COMPACT) : NULL;
    return *ret;
}

static enum parcel_fault read_fact(const char *line, size_t len, struct parcel_fact *f)
{
    static const char *const may[] = { "text", "command", "made" };
    SCOPED(json_release) json_t *row = object_of(line, len);
    const char *command = json_string_value(json_object_get(row, "command"));
    size_t known = 5;
    struct fact fact;

    for (size_t i = 0; i < sizeof(may) / sizeof(may[0]); i++)
        known += json_object_get(row, may[i]) != NULL;
    bool good = row && json_object_size(row) == known && number_of(row, "seq", &f->seq) &&
                number_of(row, "at", &f->at) && number_of(row, "wall", &f->wall) &&
                number_of(row, "rest", &f->rest) && object_text(row, "fact", &f->body) &&
                object_text(row, "text", &f->text) && object_text(row, "made", &f->made) && f->body;
    f->has_command = json_object_get(row, "command") != NULL;
    if (!good ||
        (f->has_command && !(command && uuid_read(command, strlen(command), &f->command))) ||
        (f->made && !f->has_command) || (f->has_command && f->rest > 0))
        return PARCEL_EDITED;
    enum refusal refusal = fact_decode(f->body, f->text, &fact);
    if (refusal != REFUSED_NOT)
        return refusal == REFUSED_BUSY ? PARCEL_NO_MEMORY : PARCEL_FOREIGN;
    good = fact.seq == f->seq && fact.at.ms == f->at;
    fact_release(&fact);
    return good ? PARCEL_WHOLE : PARCEL_EDITED;
}

/* The last line: how many facts there were, and the sum of all before it. */
static enum parcel_fault read_end(const char *bytes, size_t at, const char *line, size_t len,
                                  int64_t facts)
{
    SCOPED(json_release) json_t *end = object_of(line, len);
    const char *sum = json_string_value(json_object_get(end, "sum"));
    int64_t count;
    struct hash hash;

    if (!end || !number_of(end, "end", &count))
        return PARCEL_CUT; /* Another fact stands last. */
    bool good = count == facts && sum && json_object_size(end) == 2 &&
                hash_read(sum, strlen(sum), &hash) && hash_same(hash, hash_of(bytes, at));
    return good ? PARCEL_WHOLE : PARCEL_EDITED;
}

/* Where the last line begins, which must be whole; 0 where there is none. */
static size_t last_line(const char *bytes, size_t len)
{
    size_t at = len;

    if (len < 2 || bytes[len - 1] != '\n')
        return 0;
    for (at = len - 1; at > 0 && bytes[at - 1] != '\n'; at--)
        ;
    return at;
}

/* The facts are numbered from 1, and each says how many of its command follow. */
static enum parcel_fault read_facts(const char *bytes, size_t end, size_t at, int64_t facts,
                                    struct parcel *p)
{
    enum parcel_fault fault = PARCEL_WHOLE;
    int64_t rest = 0;
    size_t len;

    p->facts = alloc_many((size_t)facts, sizeof(*p->facts));
    if (!p->facts)
        return PARCEL_NO_MEMORY;
    while (fault == PARCEL_WHOLE && at < end) {
        const char *line = line_of(bytes, end, &at, &len);
        struct parcel_fact *f = &p->facts[p->count];
        if (!line || (int64_t)p->count == facts)
            return PARCEL_EDITED;
        p->count++;
        fault = read_fact(line, len, f);
        bool follows = f->seq == (int64_t)p->count && (rest == 0 || f->rest == rest - 1);
        if (fault == PARCEL_WHOLE && !follows)
            fault = PARCEL_EDITED;
        rest = f->rest;
    }
    if (fault == PARCEL_WHOLE && ((int64_t)p->count != facts || rest != 0))
        fault = PARCEL_EDITED;
    return fault;
}

enum parcel_fault parcel_read(const char *bytes, size_t len, struct parcel *ret)
{
    struct parcel p = { 0 };
    size_t at = 0, line_len = 0, end = last_line(bytes, len);
    int64_t facts = 0;

    *ret = p;
    if (len < sizeof(like) - 1 || memcmp(bytes, like, sizeof(like) - 1) != 0)
        return PARCEL_UNLIKE;
    const char *line = line_of(bytes, len, &at, &line_len);
    enum parcel_fault fault = line ? read_head(line, line_len, &p, &facts) : PARCEL_CUT;
    if (fault == PARCEL_WHOLE)
        fault = end < at ? PARCEL_CUT : read_end(bytes, end, bytes + end, len - end - 1, facts);
    /* A fact is a line of more than eighty letters: no memory is asked for that no line needs. */
    if (fault == PARCEL_WHOLE && (size_t)facts > len / 64)
        fault = PARCEL_EDITED;
    if (fault == PARCEL_WHOLE)
        fault = read_facts(bytes, end, at, facts, &p);
    if (fault != PARCEL_WHOLE)
        parcel_release(&p);
    *ret = p;
    return fault;
}
