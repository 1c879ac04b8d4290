/* qr.h -- a text as a QR code: as a picture, and for the terminal of whoever starts the server. */
#ifndef NET_QR_H
#define NET_QR_H

/* An SVG document, black on white with its quiet zone of four modules.  The
 * caller frees it.  NULL when memory is exhausted or `text` is too long for a code. */
char *qr_svg(const char *text);

/* The same for a terminal: lines of half blocks, each two modules high, ended by newline. */
char *qr_terminal(const char *text);

#endif
