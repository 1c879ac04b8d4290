#include "net/framing.h"

#include <string.h>

#include "support/cmocka_all.h"

static void check_head(size_t len, size_t head_len, const char *bytes)
{
    unsigned char head[FRAMING_HEAD_MAX + 1];

    memset(head, '#', sizeof(head));
    assert_int_equal(framing_head(head, OPCODE_TEXT, true, len), head_len);
    assert_memory_equal(head, bytes, head_len);
    assert_int_equal(head[head_len], '#');
}

static void a_length_takes_as_few_bytes_as_it_can(void **state)
{
    (void)state;
    check_head(0, 2, "\x81\x00");
    check_head(125, 2, "\x81\x7d");
    check_head(126, 4, "\x81\x7e\x00\x7e");
    check_head(65535, 4, "\x81\x7e\xff\xff");
    check_head(65536, 10, "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00");
    check_head(0x123456789, 10, "\x81\x7f\x00\x00\x00\x01\x23\x45\x67\x89");
}

static void only_the_last_fragment_says_that_it_is(void **state)
{
    unsigned char head[FRAMING_HEAD_MAX];
    (void)state;

    framing_head(head, OPCODE_TEXT, false, 5);
    assert_int_equal(head[0], 0x01);
    framing_head(head, OPCODE_CONTINUATION, false, 5);
    assert_int_equal(head[0], 0x00);
    framing_head(head, OPCODE_CONTINUATION, true, 5);
    assert_int_equal(head[0], 0x80);
    framing_head(head, OPCODE_CLOSE, true, 2);
    assert_int_equal(head[0], 0x88);
    framing_head(head, OPCODE_PING, true, 1);
    assert_int_equal(head[0], 0x89);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_length_takes_as_few_bytes_as_it_can),
        cmocka_unit_test(only_the_last_fragment_says_that_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
