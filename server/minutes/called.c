#include "minutes/called.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alike.h"
#include "base/alloc.h"

/* A name and a function of the greatest length, and what stands between and after them. */
enum { CALLED_BYTES = 2 * 4 * LIMIT_NAME + 32 };

struct person {
    size_t index; /* Among the seats. */
    int64_t seat;
    const struct text *base, *job; /* What they are called; and the function, where that is more. */
    bool alone;                    /* Nobody of the same name has the same function. */
};

static int by_job(const void *a, const void *b)
{
    const struct person *one = a, *other = b;
    int order = text_order(one->base, other->base);

    if (order != 0 || (!one->job && !other->job))
        return order;
    if (!one->job || !other->job)
        return one->job ? 1 : -1;
    return text_order(one->job, other->job);
}

static int by_number(const void *a, const void *b)
{
    const struct person *one = a, *other = b;
    int order = text_order(one->base, other->base);

    return order != 0 ? order : (one->seat > other->seat) - (one->seat < other->seat);
}

static int is_called(const void *key, const void *element)
{
    return text_order(key, ((const struct person *)element)->base);
}

/* The text that was written, unless somebody has it for a name; NULL then, or on exhausted memory,
 * which `ret_failed` tells. */
static struct text *unless_taken(const char *written, const struct person *all, size_t count,
                                 bool *ret_failed)
{
    struct text *text = text_from(written);

    *ret_failed = *ret_failed || !text;
    if (text && bsearch(text, all, count, sizeof(*all), is_called)) {
        text_unref(text);
        return NULL;
    }
    return text;
}

static struct text *with_job(const struct person *p, const struct person *all, size_t count,
                             bool *ret_failed)
{
    char written[CALLED_BYTES];

    if (!p->job || !p->alone || strpbrk(p->job->bytes, "()"))
        return NULL;
    snprintf(written, sizeof(written), "%s (%s)", p->base->bytes, p->job->bytes);
    return unless_taken(written, all, count, ret_failed);
}

static struct text *with_number(const struct person *p, const struct person *all, size_t count,
                                int64_t *number, bool *ret_failed)
{
    char written[CALLED_BYTES];
    struct text *text = NULL;

    while (!text && !*ret_failed) {
        snprintf(written, sizeof(written), "%s %" PRId64, p->base->bytes, ++*number);
        text = unless_taken(written, all, count, ret_failed);
    }
    return text;
}

/* Those from `first` on who are called the same, sorted by their numbers; how many they are. */
static size_t tell_apart(const struct person *all, size_t count, size_t first,
                         struct called *ret_called, bool *ret_failed)
{
    size_t end = first + 1;
    int64_t number = 0;

    while (end < count && text_order(all[first].base, all[end].base) == 0)
        end++;
    for (size_t i = first; i < end && end - first > 1; i++) {
        struct called *to = &ret_called[all[i].index];
        struct text *numbered = with_number(&all[i], all, count, &number, ret_failed);
        to->text = with_job(&all[i], all, count, ret_failed);
        to->by_function = to->text != NULL;
        if (to->text)
            text_unref(numbered);
        else
            to->text = numbered;
    }
    return end - first;
}

static size_t fill(const struct minutes_seat *seats, size_t count, struct person *to)
{
    size_t people = 0;

    for (size_t i = 0; i < count; i++) {
        const struct text *base = seats[i].name ? seats[i].name : seats[i].function;
        if (base)
            to[people++] = (struct person){
                .index = i,
                .seat = seats[i].seat,
                .base = base,
                .job = seats[i].name ? seats[i].function : NULL,
            };
    }
    qsort(to, people, sizeof(*to), by_job);
    for (size_t i = 0; i < people; i++)
        to[i].alone = (i == 0 || by_job(&to[i - 1], &to[i]) != 0) &&
                      (i + 1 == people || by_job(&to[i], &to[i + 1]) != 0);
    qsort(to, people, sizeof(*to), by_number);
    return people;
}

struct called *called_new(const struct minutes_seat *seats, size_t count)
{
    struct called *called = alloc_many(count, sizeof(*called));
    struct person *people = alloc_many(count, sizeof(*people));
    bool failed = !called || !people;
    size_t known = failed ? 0 : fill(seats, count, people);

    for (size_t i = 0; i < known && !failed;)
        i += tell_apart(people, known, i, called, &failed);
    free(people);
    if (!failed)
        return called;
    called_free(called, count);
    return NULL;
}

void called_free(struct called *all, size_t count)
{
    for (size_t i = 0; all && i < count; i++)
        text_unref(all[i].text);
    free(all);
}
