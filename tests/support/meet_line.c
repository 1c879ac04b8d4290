#include "support/meet_line.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789"

void meet_die(const struct meet_line *l, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: not so: ", l->path, l->number);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n   ");
    for (int i = 0; i < l->count; i++)
        fprintf(stderr, " %s", l->words[i]);
    fprintf(stderr, "\n");
    exit(1);
}

/* Goes over one word; depth counts braces, quotes hide them. */
static char *word_end(char *at)
{
    int depth = 0, quoted = 0;

    for (; *at; at++) {
        if (quoted && *at == '\\' && at[1]) {
            at++;
            continue;
        }
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == '{' || *at == '['))
            depth++;
        else if (!quoted && (*at == '}' || *at == ']'))
            depth--;
        else if (!quoted && depth == 0 && isspace((unsigned char)*at))
            break;
    }
    return at;
}

int meet_split(struct meet_line *l, char *text)
{
    l->count = 0;
    for (char *at = text; *at;) {
        while (isspace((unsigned char)*at))
            at++;
        if (!*at || *at == '#')
            break;
        if (l->count == MEET_WORDS_MAX)
            meet_die(l, "too many words");
        l->words[l->count++] = at;
        at = word_end(at);
        if (*at)
            *at++ = '\0';
    }
    return l->count > 0;
}

/* The word with each $name in it replaced by the JSON of what is called so; to be freed. */
static char *expand(const struct meet_line *l, const char *word, json_t *vars)
{
    char *text = NULL, name[64];
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    while (*word) {
        size_t n = *word == '$' ? strspn(word + 1, NAME_CHARS) : 0;
        if (n == 0 || n >= sizeof(name)) {
            fputc(*word++, out);
            continue;
        }
        snprintf(name, sizeof(name), "%.*s", (int)n, word + 1);
        json_t *var = json_object_get(vars, name);
        if (!var)
            meet_die(l, "nothing is called $%s", name);
        char *json = json_dumps(var, JSON_ENCODE_ANY | JSON_COMPACT);
        fputs(json, out);
        free(json);
        word += n + 1;
    }
    fclose(out);
    return text;
}

static json_t *value_of(const struct meet_line *l, const char *word, json_t *vars)
{
    char *text = expand(l, word, vars);
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

    if (!value)
        value = json_string(text);
    free(text);
    return value;
}

json_t *meet_fields(const struct meet_line *l, int from, json_t *vars)
{
    json_t *all = json_object();

    for (int i = from; i < l->count; i++) {
        char *equals = strchr(l->words[i], '=');
        if (!equals)
            meet_die(l, "%s is not key=value", l->words[i]);
        char key[128];
        snprintf(key, sizeof(key), "%.*s", (int)(equals - l->words[i]), l->words[i]);
        json_object_set_new(all, key, value_of(l, equals + 1, vars));
    }
    return all;
}

int meet_matches(json_t *want, json_t *have)
{
    const char *any = json_string_value(want), *key;
    json_t *value;

    if (any && strcmp(any, "_") == 0)
        return have != NULL;
    if (!json_is_object(want) || !json_is_object(have))
        return json_equal(want, have);
    json_object_foreach(want, key, value)
    {
        json_t *there = json_object_get(have, key);
        if (!there || !meet_matches(value, there))
            return 0;
    }
    return 1;
}

json_t *meet_at(json_t *root, const char *path)
{
    char step[64];

    while (root && *path) {
        size_t n = strcspn(path, ".");
        snprintf(step, sizeof(step), "%.*s", (int)n, path);
        path += n + (path[n] == '.');
        root = json_is_array(root) ? json_array_get(root, (size_t)atoi(step))
                                   : json_object_get(root, step);
    }
    return root;
}
