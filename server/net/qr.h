/* qr.h -- a link as a QR code: to print, and for the terminal of the one who starts the server. */
#ifndef NET_QR_H
#define NET_QR_H

/* An SVG document, black on white with its quiet zone of four modules, as closed string.  The
 * caller frees it.  NULL when memory is exhausted or `text` is too long for a code. */
char *qr_svg(const char *text);

/* The same in half blocks for a terminal, two modules a character, lines ended by newline. */
char *qr_terminal(const char *text);

#endif
