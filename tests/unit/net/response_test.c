#include "net/response.h"

#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

static void a_header_cannot_be_smuggled_into_another(void **state)
{
    struct response r;
    (void)state;

    response_begin(&r, 200);
    response_header(&r, "Content-Disposition", "attachment; filename=\"%s\"",
                    "x\"\r\nSet-Cookie: a=b");
    assert_false(r.whole);
    response_end(&r);
    r.head[r.head_len] = '\0';
    assert_null(strstr(r.head, "Set-Cookie"));
    response_clear(&r);
}

static void a_header_that_does_not_fit_is_left_out_whole(void **state)
{
    static char long_value[RESPONSE_HEAD_MAX + 1];
    struct response r;
    (void)state;

    memset(long_value, 'x', sizeof(long_value) - 1);
    response_begin(&r, 200);
    size_t before = r.head_len;
    response_header(&r, "X", "%s", long_value);
    assert_false(r.whole);
    assert_int_equal(r.head_len, before);
    response_end(&r);
    assert_true(r.head_len <= sizeof(r.head));
    assert_memory_equal(r.head + r.head_len - 4, "\r\n\r\n", 4);
}

static void not_modified_has_no_length(void **state)
{
    struct response r;
    (void)state;

    response_begin(&r, 304);
    response_end(&r);
    r.head[r.head_len] = '\0';
    assert_non_null(strstr(r.head, "HTTP/1.1 304 Not Modified\r\n"));
    assert_null(strstr(r.head, "Content-Length"));
}

static void what_it_owns_goes_with_it(void **state)
{
    struct response r;
    (void)state;

    response_text(&r, 404, "nothing here");
    assert_true(r.whole);
    assert_string_equal((const char *)r.body, "404 Not Found: nothing here\n");
    assert_int_equal(r.body_len, strlen((const char *)r.body));
    response_clear(&r);
    assert_null(r.body);
    response_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_cannot_be_smuggled_into_another),
        cmocka_unit_test(a_header_that_does_not_fit_is_left_out_whole),
        cmocka_unit_test(not_modified_has_no_length),
        cmocka_unit_test(what_it_owns_goes_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
