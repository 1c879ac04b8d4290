#include "net/tls.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"

struct tls {
    X509 *own;
    STACK_OF(X509) * chain; /* Behind the own one, as they stand in the file. */
    EVP_PKEY *key;
    int64_t from, until;
};

void tls_free(struct tls *tls)
{
    if (!tls)
        return;
    X509_free(tls->own);
    sk_X509_pop_free(tls->chain, X509_free);
    EVP_PKEY_free(tls->key);
    free(tls);
}

/* Nobody is there to be asked. */
static int no_passphrase(char *ret_words, int room, int writing, void *context)
{
    (void)ret_words;
    (void)room;
    (void)writing;
    (void)context;
    return 0;
}

/* NULL after saying why; the errno of a file that cannot be opened. */
static BIO *open_file(const char *path, int *ret_error, const char **ret_why)
{
    errno = 0;
    BIO *file = BIO_new_file(path, "r");

    if (file)
        return file;
    *ret_error = errno ? -errno : -ENOMEM;
    *ret_why = strerror(-*ret_error);
    return NULL;
}

static int64_t seconds(const ASN1_TIME *time)
{
    struct tm parts;

    return ASN1_TIME_to_tm(time, &parts) == 1 ? (int64_t)timegm(&parts) : 0;
}

static int read_chain(struct tls *tls, const char *path, const char **ret_why)
{
    int error = -EINVAL;
    X509 *next;
    BIO *file = open_file(path, &error, ret_why);

    if (!file)
        return error;
    *ret_why = "is not a certificate in PEM";
    tls->own = PEM_read_bio_X509(file, NULL, no_passphrase, NULL);
    tls->chain = sk_X509_new_null();
    while (tls->own && tls->chain &&
           (next = PEM_read_bio_X509(file, NULL, no_passphrase, NULL)) != NULL)
        if (sk_X509_push(tls->chain, next) == 0)
            X509_free(next);
    /* The end of the file is where no further one begins; else one is damaged. */
    bool whole = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    BIO_free(file);
    if (!tls->own || !tls->chain || !whole)
        return -EINVAL;
    tls->from = seconds(X509_get0_notBefore(tls->own));
    tls->until = seconds(X509_get0_notAfter(tls->own));
    return 0;
}

static int read_key(struct tls *tls, const char *path, const char **ret_why)
{
    int error = -EINVAL;
    BIO *file = open_file(path, &error, ret_why);

    if (!file)
        return error;
    *ret_why = "is not a private key in PEM without a passphrase";
    tls->key = PEM_read_bio_PrivateKey(file, NULL, no_passphrase, NULL);
    BIO_free(file);
    if (!tls->key)
        return -EINVAL;
    *ret_why = "does not fit the certificate";
    return X509_check_private_key(tls->own, tls->key) == 1 ? 0 : -EINVAL;
}

/* Whether OpenSSL would serve with it: it refuses keys that are too short for its level. */
static int try_out(struct tls *tls, const char **ret_why)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    *ret_why = "is too weak: a longer key is needed";
    int ok = ctx ? SSL_CTX_use_cert_and_key(ctx, tls->own, tls->key, tls->chain, 1) : 0;
    SSL_CTX_free(ctx);
    return ok == 1 ? 0 : -EINVAL;
}

int tls_read(const char *certificate, const char *key, struct tls **ret_tls, const char **ret_what,
             const char **ret_why)
{
    struct tls *tls = alloc_many(1, sizeof(*tls));

    *ret_what = certificate;
    *ret_why = "out of memory";
    if (!tls)
        return -ENOMEM;
    ERR_clear_error();
    int error = read_chain(tls, certificate, ret_why);
    if (error == 0) {
        *ret_what = key;
        error = read_key(tls, key, ret_why);
    }
    if (error == 0) {
        *ret_what = certificate;
        error = try_out(tls, ret_why);
    }
    ERR_clear_error();
    if (error)
        tls_free(tls);
    else
        *ret_tls = tls;
    return error;
}

int64_t tls_from(const struct tls *tls)
{
    return tls->from;
}

int64_t tls_until(const struct tls *tls)
{
    return tls->until;
}

bool tls_is_for(const struct tls *tls, const char *host)
{
    char bare[256];
    size_t len = strlen(host);

    if (host[0] == '[' && len - 2 < sizeof(bare)) { /* IPv6, as in a URL. */
        memcpy(bare, host + 1, len - 2);
        bare[len - 2] = '\0';
        host = bare;
    }
    return X509_check_host(tls->own, host, 0, 0, NULL) == 1 ||
           X509_check_ip_asc(tls->own, host, 0) == 1;
}

static int give(SSL *ssl, void *current)
{
    const struct tls *tls = *(struct tls *const *)current;

    return SSL_use_cert_and_key(ssl, tls->own, tls->key, tls->chain, 1);
}

void tls_serve(void *ssl_ctx, struct tls *const *current)
{
    SSL_CTX *ctx = ssl_ctx;

    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    /* Who comes again shows a ticket: nothing is kept here for who may never come. */
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    /* Not at the context itself: it would keep an earlier certificate beside a new one whose key
     * is of another kind. */
    SSL_CTX_set_cert_cb(ctx, give, (void *)current);
}
