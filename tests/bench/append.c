/* append.c -- how fast facts become durable, without sockets and meetings: batches of one fact, so
 * many at once, each of another meeting.
 *
 *     append sqlite|postgres AT_ONCE TOTAL
 *
 * The next are submitted when all have come back.  What was measured comes as a line of JSON: times
 * in ms, from submitting until all were durable.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/journal_kit.h"

enum { AT_ONCE_MAX = 1024, ROUNDS_MAX = 1 << 20, TEXT_BYTES = 200 };

static double times[ROUNDS_MAX];

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void code_of(int meeting, char ret_code[static CODE_CHARS + 1])
{
    snprintf(ret_code, CODE_CHARS + 1, "AAAA-%04d", meeting % 10000);
}

static void submit(struct kit *k, int meeting, int64_t seq)
{
    char code[CODE_CHARS + 1];

    code_of(meeting, code);
    struct batch *b = kit_batch(code, seq, 1);
    free(b->rows[0].text);
    b->rows[0].text = malloc(TEXT_BYTES + 1);
    if (!b->rows[0].text)
        err(1, "memory");
    memset(b->rows[0].text, 'x', TEXT_BYTES);
    b->rows[0].text[TEXT_BYTES] = '\0';
    kit_submit(k, b);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        errx(2, "see the head of append.c");
    int at_once = atoi(argv[2]), rounds = atoi(argv[3]) / (at_once > 0 ? at_once : 1);
    if (at_once < 1 || at_once > AT_ONCE_MAX || rounds < 1 || rounds > ROUNDS_MAX)
        errx(2, "too many, or none");
    struct kit *k = kit_new(strcmp(argv[1], "postgres") == 0 ? KIT_POSTGRES : KIT_SQLITE, NULL);
    for (int i = 0; i < at_once; i++) {
        char code[CODE_CHARS + 1];
        code_of(i, code);
        kit_begin(k, code);
    }
    double began = now_ms();
    for (int n = 0; n < rounds; n++) {
        double from = now_ms();
        k->count = 0;
        for (int i = 0; i < at_once; i++)
            submit(k, i, n + 2);
        kit_settle(k);
        times[n] = now_ms() - from;
        if (kit_durable(k) != (size_t)at_once)
            errx(1, "not all became durable");
    }
    double took = now_ms() - began;
    qsort(times, (size_t)rounds, sizeof(times[0]), by_size);
    printf("{\"seconds\":%.4f,\"facts\":%d,\"ack\":[%.3f,%.3f]}\n", took / 1e3, rounds * at_once,
           times[rounds / 2], times[rounds * 99 / 100]);
    kit_free(k);
    return 0;
}
