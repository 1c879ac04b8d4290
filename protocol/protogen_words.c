/* protogen_words.c -- what people call a method and an answer, and the functions that a phone
 * offers.  The pages' locale files say it; the minutes use the same words, and an agenda in one
 * language finds people who have chosen their function in another. */
#include "protogen.h"

#include <string.h>

/* The enums for which a locale file has words, each as an object of the enum's own name. */
static const char *const worded[] = { "method", "answer" };
enum { WORDED = sizeof(worded) / sizeof(worded[0]) };

static const char *word_of(json_t *locale, const char *type, json_t *value)
{
    return json_string_value(
        json_object_get(json_object_get(locale, type), json_string_value(value)));
}

/* Every value has a word, and there is no word for what is no value any more. */
static void check_words(const struct model *m, const char *file, json_t *locale, const char *type)
{
    json_t *value, *values = find_type(m, type)->values, *words = json_object_get(locale, type);
    size_t i;

    json_array_foreach(values, i, value)
    {
        const char *word = word_of(locale, type, value);
        if (!word || !*word)
            die(file, "there is no word for %s.%s", type, json_string_value(value));
        if (strpbrk(word, "\"\\\n"))
            die(file, "%s.%s cannot stand in C", type, json_string_value(value));
    }
    if (json_object_size(words) != json_array_size(values))
        die(file, "it has a word for more than there is of %s", type);
}

/* The functions that phones of one language offer: "Skoleleder, Lærer, Elev". */
static json_t *functions_of(const char *file, const json_t *locale)
{
    const char *at =
        json_string_value(json_object_get(json_object_get(locale, "phone"), "functions"));
    json_t *all = json_array();

    while (at && *at) {
        size_t n = strcspn(at, ",");
        if (n == 0 || memchr(at, '"', n) || memchr(at, '\'', n) || memchr(at, '\\', n))
            die(file, "phone.functions cannot stand in C");
        json_array_append_new(all, json_stringn(at, n));
        at += n;
        at += strspn(at, ", ");
    }
    return all;
}

/* Each at the same place of every language. */
static void read_functions(struct model *m, const char *file, const json_t *locale)
{
    json_t *all = functions_of(file, locale);

    if (json_array_size(m->functions) > 0 &&
        json_array_size(all) != json_array_size(json_array_get(m->functions, 0)))
        die(file, "phone.functions has not as many as in another language");
    json_array_append_new(m->functions, all);
}

void read_words(struct model *m, const char *folder)
{
    const struct type *locale = find_type(m, "locale");
    char file[100];
    size_t i;
    json_t *name;

    if (!locale || !find_type(m, "answer"))
        die("types.json", "locale and answer are needed");
    m->words = json_array();
    m->functions = json_array();
    json_array_foreach(locale->values, i, name)
    {
        snprintf(file, sizeof(file), "%s.json", json_string_value(name));
        json_t *root = read_object(folder, file);
        for (size_t k = 0; k < WORDED; k++)
            check_words(m, file, root, worded[k]);
        json_array_append(m->words, root);
        read_functions(m, file, root);
    }
}

void write_word_header(FILE *out)
{
    fputs("/* What people read for each, in each language: web/locale/. */\n", out);
    for (size_t k = 0; k < WORDED; k++)
        fprintf(out, "extern const char *const %s_words[LOCALE_COUNT][%s_COUNT];\n", worded[k],
                upper(worded[k]));
    fputs("/* The functions that phones offer: each at the same place in every language; NULL ends "
          "them. */\n"
          "extern const char *const *const function_words[LOCALE_COUNT];\n\n",
          out);
}

static void write_function_tables(const struct model *m, FILE *out)
{
    size_t i, l;
    json_t *value, *name, *locales = find_type(m, "locale")->values;

    json_array_foreach(locales, l, name)
    {
        fprintf(out, "static const char *const functions_%s[] = { ", json_string_value(name));
        json_array_foreach(json_array_get(m->functions, l), i, value)
            fprintf(out, "\"%s\", ", json_string_value(value));
        fputs("NULL };\n", out);
    }
    fputs("const char *const *const function_words[LOCALE_COUNT] = {\n", out);
    json_array_foreach(locales, l, name)
        fprintf(out, "    [LOCALE_%s] = functions_%s,\n", upper(json_string_value(name)),
                json_string_value(name));
    fputs("};\n\n", out);
}

void write_word_tables(const struct model *m, FILE *out)
{
    const struct type *locale = find_type(m, "locale");
    size_t i, l;
    json_t *value, *name;

    for (size_t k = 0; k < WORDED; k++) {
        fprintf(out, "const char *const %s_words[LOCALE_COUNT][%s_COUNT] = {\n", worded[k],
                upper(worded[k]));
        json_array_foreach(locale->values, l, name)
        {
            fprintf(out, "    [LOCALE_%s] = {\n", upper(json_string_value(name)));
            json_array_foreach(find_type(m, worded[k])->values, i, value)
                fprintf(out, "        [%s_%s] = \"%s\",\n", upper(worded[k]),
                        upper(json_string_value(value)),
                        word_of(json_array_get(m->words, l), worded[k], value));
            fputs("    },\n", out);
        }
        fputs("};\n\n", out);
    }
    write_function_tables(m, out);
}
