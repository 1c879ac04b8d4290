/* journal_crash -- kills a writer at random points, and looks whether it kept its word.
 *
 *     journal_crash [ROUNDS [SEED]]
 *
 * A child writes batches to a journal and tells its parent of each that came back durable, by a
 * pipe.  The parent kills it with SIGKILL at a random moment, opens the journal, and demands
 * every batch that it was told of, once and whole (tests/README.md, row 1, at the journal's level).
 * The next round goes on with the same database.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/check.h"
#include "support/journal_kit.h"

enum { MEETINGS = 5, ROUNDS = 30, IN_FLIGHT = 24, DELAY_US_MAX = 60000 };

/* What the child says: this meeting is durable up to this number. */
struct word {
    int32_t meeting;
    int64_t last;
};

struct writer {
    struct kit *kit;
    int pipe;
    int64_t next[MEETINGS];
    unsigned seed;
};

static void code_of(int meeting, char ret[static CODE_CHARS + 1])
{
    snprintf(ret, CODE_CHARS + 1, "CRSH-234%c", 'A' + meeting);
}

static void done(void *context, struct batch *b, bool durable)
{
    struct writer *w = context;
    struct word said = { .meeting = b->meeting[CODE_CHARS - 1] - 'A',
                         .last = b->rows[b->count - 1].seq };

    CHECK(durable);
    w->kit->pending--;
    batch_free(b);
    CHECK(write(w->pipe, &said, sizeof(said)) == sizeof(said));
}

static void submit(struct writer *w)
{
    int m = rand_r(&w->seed) % MEETINGS;
    size_t count = 1 + (size_t)(rand_r(&w->seed) % 4);
    char code[CODE_CHARS + 1];

    code_of(m, code);
    kit_submit(w->kit, kit_batch(code, w->next[m], count));
    w->next[m] += (int64_t)count;
}

/* Never returns: it is killed. */
static void write_on(struct writer *w)
{
    CHECK(kit_open(w->kit) == 0);
    for (int m = 0; m < MEETINGS; m++) {
        char code[CODE_CHARS + 1];
        code_of(m, code);
        CHECK(journal_declare(w->kit->journal, code, 1) == 0);
    }
    for (;;) {
        size_t wanted = (size_t)(rand_r(&w->seed) % IN_FLIGHT) + 1;
        while (w->kit->pending < wanted)
            submit(w);
        CHECK(sem_wait(&w->kit->woken) == 0 || errno == EINTR);
        journal_collect(w->kit->journal, done, w);
    }
}

/* Takes in what the child has said until it is gone. */
static void listen_to(int pipe, int64_t told[MEETINGS], int64_t *count)
{
    struct word said;

    while (read(pipe, &said, sizeof(said)) == sizeof(said)) {
        CHECK(said.meeting >= 0 && said.meeting < MEETINGS);
        CHECK(said.last > told[said.meeting]);
        told[said.meeting] = said.last;
        (*count)++;
    }
}

/* Every fact up to the number told is there, once, in a row, as it was written; what follows it
 * was under way, and is there by whole batches. */
static void look(struct kit *k, const int64_t told[MEETINGS], int64_t ret_next[MEETINGS])
{
    for (int m = 0; m < MEETINGS; m++) {
        char code[CODE_CHARS + 1];
        code_of(m, code);
        struct kit_facts f = kit_read(k, code, 1, 1);
        if (f.error == -ENOENT) {
            CHECK(told[m] == 0);
            ret_next[m] = 1;
            continue;
        }
        CHECK(f.error == 0);
        CHECK((int64_t)f.count >= told[m]);
        CHECK(kit_facts_are(&f, code, 1, (int64_t)f.count));
        CHECK(f.facts[f.count - 1].has_command); /* The last of its batch. */
        ret_next[m] = (int64_t)f.count + 1;
        kit_facts_clear(&f);
    }
}

static void one_round(struct kit *k, unsigned seed, int64_t next[MEETINGS], int64_t *count)
{
    struct writer w = { .kit = k, .seed = seed };
    struct timespec delay = { .tv_nsec = 1000L * (rand_r(&w.seed) % DELAY_US_MAX) };
    int64_t told[MEETINGS];
    int ends[2];

    memcpy(w.next, next, sizeof(w.next));
    for (int m = 0; m < MEETINGS; m++)
        told[m] = next[m] - 1;
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        close(ends[0]);
        w.pipe = ends[1];
        write_on(&w);
    }
    close(ends[1]);
    nanosleep(&delay, NULL);
    int status;
    CHECK(kill(child, SIGKILL) == 0);
    listen_to(ends[0], told, count);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL); /* And not by a check of its own. */
    close(ends[0]);

    int error = kit_open(k);
    if (error)
        fprintf(stderr, "%s\n", k->why);
    CHECK(error == 0);
    look(k, told, next);
    kit_shut(k);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : ROUNDS;
    unsigned seed = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : (unsigned)time(NULL);
    struct kit *k = kit_new(KIT_SQLITE, NULL);
    int64_t next[MEETINGS], count = 0, facts = 0;

    CHECK(rounds > 0);
    printf("seed %u\n", seed);
    fflush(stdout);
    kit_shut(k);
    for (int m = 0; m < MEETINGS; m++)
        next[m] = 1;
    for (long i = 0; i < rounds; i++)
        one_round(k, seed + (unsigned)i * 7919U, next, &count);
    for (int m = 0; m < MEETINGS; m++)
        facts += next[m] - 1;
    kit_free(k);
    CHECK(count > 0);
    printf("%ld kills; %lld batches told of, %lld facts, all there once\n", rounds,
           (long long)count, (long long)facts);
    return 0;
}
