#include "base/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/instant.h"

/* The form that all list structs share.  Their element types differ, so they are read and written
 * through memcpy. */
struct list {
    size_t count;
    void *at;
};

static const char *in(const struct record_field *f, const void *thing)
{
    return (const char *)thing + f->offset;
}

static char *in_mutable(const struct record_field *f, void *thing)
{
    return (char *)thing + f->offset;
}

static struct list list_at(const void *where)
{
    struct list l;

    memcpy(&l, where, sizeof(l));
    return l;
}

static struct text *text_at(const void *where)
{
    struct text *t;

    memcpy(&t, where, sizeof(t));
    return t;
}

/* Bytes of a field that is no list. */
static size_t field_size(const struct record_field *f)
{
    switch (f->type) {
    case RECORD_INT:
        return sizeof(int64_t);
    case RECORD_BOOL:
        return sizeof(bool);
    case RECORD_INSTANT:
        return sizeof(struct instant);
    case RECORD_SPAN:
        return sizeof(struct span);
    case RECORD_UUID:
        return sizeof(struct uuid);
    case RECORD_HASH:
        return sizeof(struct hash);
    case RECORD_TEXT:
        return sizeof(struct text *);
    case RECORD_ENUM:
        return sizeof(unsigned);
    case RECORD_RECORD:
        return f->of->size;
    case RECORD_INTS:
    case RECORD_TEXTS:
    case RECORD_UUIDS:
    case RECORD_LIST:
        return sizeof(struct list);
    }
    assert(false); /* Every type stands above. */
    return 0;
}

static bool is_list(const struct record_field *f)
{
    return f->type == RECORD_INTS || f->type == RECORD_TEXTS || f->type == RECORD_UUIDS ||
           f->type == RECORD_LIST;
}

size_t record_element_size(const struct record_field *f)
{
    assert(is_list(f));
    if (f->type == RECORD_INTS)
        return sizeof(int64_t);
    if (f->type == RECORD_TEXTS)
        return sizeof(struct text *);
    return f->type == RECORD_UUIDS ? sizeof(struct uuid) : f->of->size;
}

size_t record_list(const struct record_field *f, const void *thing, void **ret_at)
{
    assert(is_list(f));
    struct list l = list_at(in(f, thing));

    assert(l.at || l.count == 0);
    *ret_at = l.at;
    return l.count;
}

bool record_list_room(void *list, size_t more, size_t size)
{
    struct list l = list_at(list);
    void *bigger = alloc_again(l.at, l.count + more, size);

    if (!bigger)
        return false;
    l.at = bigger;
    memcpy(list, &l, sizeof(l));
    return true;
}

bool record_has(const struct record_field *f, const void *thing)
{
    if (f->has_offset != SIZE_MAX) {
        bool has;
        memcpy(&has, (const char *)thing + f->has_offset, sizeof(has));
        return has;
    }
    if (f->type == RECORD_TEXT)
        return text_at(in(f, thing)) != NULL;
    if (f->type == RECORD_ENUM) {
        unsigned value;
        memcpy(&value, in(f, thing), sizeof(value));
        return value != 0;
    }
    return true;
}

static void list_release(const struct record_field *f, struct list l)
{
    char *at = l.at;
    size_t size = record_element_size(f);

    for (size_t i = 0; i < l.count; i++) {
        if (f->type == RECORD_TEXTS)
            text_unref(text_at(at + i * size));
        else if (f->type == RECORD_LIST)
            record_release(f->of, at + i * size);
    }
    free(at);
}

void record_release(const struct record *r, void *thing)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++) {
        const struct record_field *f = &r->fields[i];
        char *where = in_mutable(f, thing);
        if (is_list(f))
            list_release(f, list_at(where));
        else if (f->type == RECORD_TEXT)
            text_unref(text_at(where));
        else if (f->type == RECORD_RECORD)
            record_release(f->of, where);
    }
    memset(thing, 0, r->size);
}

/* Copies element by element; on failure what was copied is given back. */
static bool list_copy(const struct record_field *f, struct list from, struct list *ret_list)
{
    size_t size = record_element_size(f);

    if (from.count == 0) {
        *ret_list = (struct list){ 0 };
        return true;
    }
    char *at = alloc_many(from.count, size);
    if (!at)
        return false;
    if (f->type != RECORD_LIST)
        memcpy(at, from.at, from.count * size);
    for (size_t i = 0; i < from.count; i++) {
        if (f->type == RECORD_TEXTS)
            text_ref(text_at(at + i * size));
        if (f->type == RECORD_LIST &&
            !record_copy(f->of, at + i * size, (const char *)from.at + i * size)) {
            list_release(f, (struct list){ i, at });
            return false;
        }
    }
    *ret_list = (struct list){ from.count, at };
    return true;
}

static bool field_copy(const struct record_field *f, char *to, const char *from)
{
    if (f->type == RECORD_RECORD)
        return record_copy(f->of, to, from);
    if (is_list(f)) {
        struct list l;
        if (!list_copy(f, list_at(from), &l))
            return false;
        memcpy(to, &l, sizeof(l));
        return true;
    }
    memcpy(to, from, field_size(f));
    if (f->type == RECORD_TEXT)
        text_ref(text_at(to));
    return true;
}

bool record_copy(const struct record *r, void *ret_to, const void *from)
{
    if (!r)
        return true;
    char *copy = alloc_many(1, r->size);
    if (!copy)
        return false;
    for (size_t i = 0; i < r->count; i++) {
        const struct record_field *f = &r->fields[i];
        if (!field_copy(f, in_mutable(f, copy), in(f, from))) {
            record_release(r, copy);
            free(copy);
            return false;
        }
        if (f->has_offset != SIZE_MAX)
            memcpy(copy + f->has_offset, (const char *)from + f->has_offset, sizeof(bool));
    }
    memcpy(ret_to, copy, r->size);
    free(copy);
    return true;
}

static bool list_same(const struct record_field *f, struct list a, struct list b)
{
    size_t size = record_element_size(f);

    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++) {
        const char *x = (const char *)a.at + i * size, *y = (const char *)b.at + i * size;
        bool same = f->type == RECORD_TEXTS  ? text_same(text_at(x), text_at(y))
                    : f->type == RECORD_LIST ? record_same(f->of, x, y)
                                             : memcmp(x, y, size) == 0;
        if (!same)
            return false;
    }
    return true;
}

static bool field_same(const struct record_field *f, const char *a, const char *b)
{
    if (is_list(f))
        return list_same(f, list_at(a), list_at(b));
    if (f->type == RECORD_TEXT)
        return text_same(text_at(a), text_at(b));
    if (f->type == RECORD_RECORD)
        return record_same(f->of, a, b);
    return memcmp(a, b, field_size(f)) == 0;
}

bool record_same(const struct record *r, const void *a, const void *b)
{
    if (!r)
        return true;
    for (size_t i = 0; i < r->count; i++) {
        const struct record_field *f = &r->fields[i];
        bool has = record_has(f, a);
        if (has != record_has(f, b))
            return false;
        if (has && !field_same(f, in(f, a), in(f, b)))
            return false;
    }
    return true;
}
