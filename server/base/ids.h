/* ids.h -- ids, secrets and their hashes.
 *
 * An id (libuuid) names a thing and is never a secret.  A secret is 256 bits from getrandom,
 * written in base64url; only its SHA-256 is ever kept.  A join code is 8 characters of an
 * alphabet of 31 without the look-alikes 0, 1, I, L and O.
 */
#ifndef BASE_IDS_H
#define BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct uuid {
    uint8_t b[16];
};
struct hash {
    uint8_t b[32];
};

enum {
    UUID_CHARS = 36,
    HASH_CHARS = 64,
    SECRET_CHARS = 43,
    CODE_CHARS = 9, /* XXXX-XXXX */
};

#define CODE_ALPHABET "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

/* A new random id. */
struct uuid uuid_new(void);

/* Reads the 36 lower-case characters of an id; false, and nothing written, if they are not one. */
bool uuid_read(const char *chars, size_t len, struct uuid *ret_id);
void uuid_write(struct uuid id, char ret_chars[static UUID_CHARS + 1]);
bool uuid_same(struct uuid a, struct uuid b);

bool hash_read(const char *chars, size_t len, struct hash *ret_hash);
void hash_write(struct hash h, char ret_chars[static HASH_CHARS + 1]);

/* Equal, in a time that does not depend on where they differ. */
static inline bool hash_same(struct hash a, struct hash b)
{
    uint64_t differ = 0, x, y;

    for (size_t i = 0; i < sizeof(a.b); i += sizeof(x)) {
        memcpy(&x, a.b + i, sizeof(x));
        memcpy(&y, b.b + i, sizeof(y));
        differ |= x ^ y;
    }
    return differ == 0;
}

/* SHA-256 of `len` bytes. */
struct hash hash_of(const void *bytes, size_t len);

/* HMAC-SHA-256 (RFC 2104) of `len` bytes: who can make it has the key. */
struct hash hash_keyed(struct hash key, const void *bytes, size_t len);

/* Fills `len` bytes from getrandom.  Aborts the process when the kernel gives none: without them no
 * secret is one. */
void random_fill(void *ret_bytes, size_t len);

/* Whether this is written as a secret is; NULL is not. */
bool secret_is(const char *chars);

/* A secret made of 256 bits that are random already. */
void secret_make(const uint8_t bits[static 32], char ret_chars[static SECRET_CHARS + 1]);

/* A new secret, with a NUL behind it. */
void secret_new(char ret_chars[static SECRET_CHARS + 1]);

#endif
