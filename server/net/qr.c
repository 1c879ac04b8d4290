#include "net/qr.h"

#include <qrencode.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/scoped.h"

enum {
    QUIET = 4,      /* Modules of white on each side: ISO/IEC 18004 asks for four. */
    RUN_CHARS = 32, /* "M123 123h123v1h-123z" */
};

static void code_release(QRcode **p)
{
    QRcode_free(*p);
}

static bool dark(const QRcode *code, int x, int y)
{
    if (x < 0 || y < 0 || x >= code->width || y >= code->width)
        return false;
    return code->data[y * code->width + x] & 1;
}

char *qr_svg(const char *text)
{
    SCOPED(code_release) QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return NULL;
    /* No row has more runs than half its modules. */
    size_t side = (size_t)code->width, room = 512 + side * (side / 2 + 1) * RUN_CHARS, len;
    char *svg = alloc_bytes(room);
    if (!svg)
        return NULL;

    int all = code->width + 2 * QUIET;
    len =
        (size_t)snprintf(svg, room,
                         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                         "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
                         "<path d=\"",
                         all, all, all, all);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            int run = 0;
            while (dark(code, x + run, y))
                run++;
            if (!run)
                continue;
            len += (size_t)snprintf(svg + len, room - len, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET,
                                    run, run);
            x += run;
        }
    snprintf(svg + len, room - len, "\"/></svg>\n");
    return svg;
}

char *qr_terminal(const char *text)
{
    /* Terminals are mostly dark: the light modules are the ones drawn.  [upper][lower] light. */
    static const char *const blocks[2][2] = { { " ", "\u2584" }, { "\u2580", "\u2588" } };
    SCOPED(code_release) QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    if (!code)
        return NULL;
    size_t side = (size_t)code->width + 2 * 2;
    char *out = alloc_bytes((side * 3 + 1) * (side / 2 + 1) + 1), *p = out;
    if (!out)
        return NULL;

    for (int y = -2; y < code->width + 2; y += 2) {
        for (int x = -2; x < code->width + 2; x++) {
            bool below = y + 1 < code->width + 2 && !dark(code, x, y + 1);
            p = stpcpy(p, blocks[!dark(code, x, y)][below]);
        }
        *p++ = '\n';
    }
    *p = '\0';
    return out;
}
