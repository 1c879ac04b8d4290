/* json_sort.h -- a list whose order tells nothing, in one that can be compared. */
#ifndef SUPPORT_JSON_SORT_H
#define SUPPORT_JSON_SORT_H

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static inline int json_by_text(const void *a, const void *b)
{
    char *x = json_dumps(*(json_t *const *)a, JSON_SORT_KEYS | JSON_ENCODE_ANY);
    char *y = json_dumps(*(json_t *const *)b, JSON_SORT_KEYS | JSON_ENCODE_ANY);
    int order = strcmp(x, y);

    free(x);
    free(y);
    return order;
}

/* Puts the elements in the order of what they say. */
static inline void json_sort(json_t *list)
{
    size_t count = json_array_size(list);
    json_t **all = calloc(count + 1, sizeof(*all));

    for (size_t i = 0; i < count; i++)
        all[i] = json_incref(json_array_get(list, i));
    qsort(all, count, sizeof(*all), json_by_text);
    for (size_t i = 0; i < count; i++)
        json_array_set_new(list, i, all[i]);
    free(all);
}

#endif
