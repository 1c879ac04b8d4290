/* As much as a meeting can hold, and as little memory as there can be. */
#include <stdio.h>
#include <time.h>

#include "base/alloc.h"
#include "full_meeting.h"

/* As many points, and people, as a meeting can hold; each builds on three. */
static void a_full_house_is_written_quickly(void **state)
{
    (void)state;
    struct fixture *f = fixture_new();
    struct minutes_point *points = calloc(LIMIT_CONTRIBUTIONS, sizeof(*points));
    struct minutes_seat *seats = calloc(LIMIT_SEATS, sizeof(*seats));
    static struct uuid on[LIMIT_BUILDS_ON];
    struct text *said = fixture_text(f, "En pointe, som nogen har sagt, og som er af god længde");
    struct timespec began, ended;

    assert_non_null(points);
    assert_non_null(seats);
    for (uint32_t i = 0; i < LIMIT_CONTRIBUTIONS; i++) {
        points[i] = (struct minutes_point){
            .part = PART_SPIRAL,
            .post = { .seat = (int64_t)(i % LIMIT_SEATS) + 1,
                      .lap = 1 + i % 5,
                      .content = { .text = said, .builds_on = { LIMIT_BUILDS_ON, on } } },
        };
        memcpy(points[i].id.b, &i, sizeof(i));
    }
    for (uint32_t i = 0; i < LIMIT_BUILDS_ON; i++)
        on[i] = points[i * 7].id;
    for (size_t i = 0; i < LIMIT_SEATS; i++)
        seats[i] = (struct minutes_seat){ .seat = (int64_t)i + 1, .name = said, .came = true };
    f->source.points = points;
    f->source.point_count = LIMIT_CONTRIBUTIONS;
    f->source.seats = seats;
    f->source.seat_count = LIMIT_SEATS;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &began);
    char *html = fixture_write(f, "html");
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    assert_int_equal(times(html, "<li>"), LIMIT_CONTRIBUTIONS + LIMIT_SEATS + 7);
    double ms =
        (double)(ended.tv_sec - began.tv_sec) * 1e3 + (double)(ended.tv_nsec - began.tv_nsec) / 1e6;
    print_message("minutes of %d points and %d people: %.0f ms\n", LIMIT_CONTRIBUTIONS, LIMIT_SEATS,
                  ms);
    free(html);
    free(points);
    free(seats);
    fixture_free(f);
}

/* How often it failed on its way to the whole. */
static size_t exhaust(const struct fixture *f, enum edition edition)
{
    size_t failed = 0;

    for (const char *const *name =
             (const char *const[]){ "html", "md", "docx", "json", "ics", NULL };
         *name; name++) {
        const struct minutes_format *form = minutes_format_find(*name);
        struct document *d = minutes_build(&f->source, edition);
        size_t whole_len, len = 0;
        char *whole = form->write(d, &whole_len);
        document_free(d);
        for (size_t n = 1; len != whole_len; n++) {
            len = 77;
            alloc_fail_at(n);
            d = minutes_build(&f->source, edition);
            char *bytes = d ? form->write(d, &len) : NULL;
            alloc_fail_at(0);
            assert_int_equal(len, bytes ? whole_len : 77);
            if (bytes)
                assert_memory_equal(bytes, whole, len);
            failed += !bytes;
            free(bytes);
            document_free(d);
        }
        free(whole);
    }
    return failed;
}

/* Wherever memory ends, there is either a NULL or the whole, and nothing is left owned. */
static void exhausted_memory_gives_nothing_rather_than_half(void **state)
{
    (void)state;
    struct fixture *f = full_meeting();

    fixture_say(f, PART_TURNS, 1, "Mette i 7.b: ring 22 34 56 78")->chosen = true;
    assert_true(exhaust(f, EDITION_PARTICIPANTS) > 20);
    assert_true(exhaust(f, EDITION_PUBLIC) > 20);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_house_is_written_quickly),
        cmocka_unit_test(exhausted_memory_gives_nothing_rather_than_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
