#include "net/qr.h"

#include <qrencode.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

enum { SIDE_MAX = 200 };

static bool drawn[SIDE_MAX][SIDE_MAX];

/* Draws the path "M4 4h7v1h-7zM…" as a browser would: each piece is a row of dark modules. */
static int draw(const char *svg)
{
    const char *p = strstr(svg, "<path d=\"");
    int x, y, run, back, n, side;

    memset(drawn, 0, sizeof(drawn));
    assert_non_null(p);
    assert_int_equal(
        sscanf(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d", &side), 1);
    for (p += strlen("<path d=\""); *p == 'M'; p += n) {
        n = 0;
        assert_int_equal(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &n), 4);
        assert_true(n > 0 && run == back && x + run <= side && y < side && side <= SIDE_MAX);
        for (int i = 0; i < run; i++)
            drawn[y][x + i] = true;
    }
    assert_string_equal(p, "\"/></svg>\n");
    return side;
}

static void the_picture_is_the_code_with_four_white_modules_round_it(void **state)
{
    static const char link[] = "http://192.168.100.200:8080/m/K7QM-4XPR";
    char *svg = qr_svg(link);
    (void)state;

    assert_non_null(svg);
    int side = draw(svg);
    QRcode *code = QRcode_encodeString8bit(link, 0, QR_ECLEVEL_M);
    assert_int_equal(side, code->width + 8);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            bool inside = x >= 4 && y >= 4 && x < side - 4 && y < side - 4;
            bool dark = inside && (code->data[(y - 4) * code->width + x - 4] & 1);
            assert_int_equal(drawn[y][x], dark);
        }
    QRcode_free(code);
    free(svg);
}

static void the_terminal_gets_half_as_many_lines(void **state)
{
    char *text = qr_terminal("http://192.168.1.20:8080/m/K7QM-4XPR");
    size_t lines = 0;
    (void)state;

    assert_non_null(text);
    QRcode *code = QRcode_encodeString8bit("http://192.168.1.20:8080/m/K7QM-4XPR", 0, QR_ECLEVEL_L);
    for (const char *p = text; (p = strchr(p, '\n')); p++)
        lines++;
    assert_int_equal(lines, (size_t)(code->width + 4 + 1) / 2);
    QRcode_free(code);
    free(text);
}

static void what_no_code_can_hold_is_refused(void **state)
{
    char *longest = malloc(5000);
    (void)state;

    memset(longest, 'x', 4999);
    longest[4999] = '\0';
    assert_null(qr_svg(longest));
    assert_null(qr_terminal(longest));
    longest[2000] = '\0';
    char *svg = qr_svg(longest);
    assert_non_null(svg);
    draw(svg);
    free(svg);
    free(longest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_is_the_code_with_four_white_modules_round_it),
        cmocka_unit_test(the_terminal_gets_half_as_many_lines),
        cmocka_unit_test(what_no_code_can_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
