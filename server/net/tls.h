/* tls.h -- the server's own certificate and key: read and checked as one, given to each handshake.
 *
 * What is read later counts for handshakes from then on; whoever is connected notices nothing.
 */
#ifndef NET_TLS_H
#define NET_TLS_H

#include <stdbool.h>
#include <stdint.h>

struct tls;

/* Reads a certificate, with those that lead to its issuer behind it, and its key without a
 * passphrase, both in PEM.  Returns 0 or a negative errno; then `ret_what` is the file that is
 * wrong, borrowed from the arguments, and `ret_why` (static) says what is wrong with it. */
int tls_read(const char *certificate, const char *key, struct tls **ret_tls, const char **ret_what,
             const char **ret_why);

/* NULL is ignored. */
void tls_free(struct tls *tls);

/* From when, and until when, the certificate holds, in s since 1970. */
int64_t tls_from(const struct tls *tls);
int64_t tls_until(const struct tls *tls);

/* Whether the certificate is for this host, a name or an address. */
bool tls_is_for(const struct tls *tls, const char *host);

/* Lets an SSL_CTX, libwebsockets' own, serve with what `current` points at when a handshake
 * begins. */
void tls_serve(void *ssl_ctx, struct tls *const *current);

#endif
