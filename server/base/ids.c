#include "base/ids.h"

#include <assert.h>
#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <uuid/uuid.h>

static const char hex[] = "0123456789abcdef";

struct uuid uuid_new(void)
{
    struct uuid id;

    uuid_generate_random(id.b);
    return id;
}

static int hex_value(char c)
{
    const char *at = c ? strchr(hex, c) : NULL;

    return at ? (int)(at - hex) : -1;
}

bool uuid_read(const char *chars, size_t len, struct uuid *ret_id)
{
    struct uuid id;
    size_t n = 0;

    if (len != UUID_CHARS)
        return false;
    for (size_t i = 0; i < UUID_CHARS; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash) {
            if (chars[i] != '-')
                return false;
            continue;
        }
        int high = hex_value(chars[i]), low = hex_value(chars[i + 1]);
        if (high < 0 || low < 0)
            return false;
        id.b[n++] = (uint8_t)(high << 4 | low);
        i++;
    }
    assert(n == sizeof(id.b));
    *ret_id = id;
    return true;
}

void uuid_write(struct uuid id, char ret_chars[static UUID_CHARS + 1])
{
    char *to = ret_chars;

    for (size_t i = 0; i < sizeof(id.b); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = hex[id.b[i] >> 4];
        *to++ = hex[id.b[i] & 15];
    }
    *to = '\0';
}

bool uuid_same(struct uuid a, struct uuid b)
{
    return memcmp(a.b, b.b, sizeof(a.b)) == 0;
}

bool hash_read(const char *chars, size_t len, struct hash *ret_hash)
{
    struct hash h;

    if (len != HASH_CHARS)
        return false;
    for (size_t i = 0; i < sizeof(h.b); i++) {
        int high = hex_value(chars[2 * i]), low = hex_value(chars[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        h.b[i] = (uint8_t)(high << 4 | low);
    }
    *ret_hash = h;
    return true;
}

void hash_write(struct hash h, char ret_chars[static HASH_CHARS + 1])
{
    for (size_t i = 0; i < sizeof(h.b); i++) {
        ret_chars[2 * i] = hex[h.b[i] >> 4];
        ret_chars[2 * i + 1] = hex[h.b[i] & 15];
    }
    ret_chars[HASH_CHARS] = '\0';
}

struct hash hash_of(const void *bytes, size_t len)
{
    struct hash h;

    SHA256(bytes, len, h.b);
    return h;
}

struct hash hash_keyed(struct hash key, const void *bytes, size_t len)
{
    struct hash h;
    unsigned int h_len = sizeof(h.b);

    if (!HMAC(EVP_sha256(), key.b, sizeof(key.b), bytes, len, h.b, &h_len))
        abort(); /* OpenSSL has no memory: nobody may be let in by what stands there. */
    return h;
}

void random_fill(void *ret_bytes, size_t len)
{
    unsigned char *to = ret_bytes;

    while (len > 0) {
        ssize_t got = getrandom(to, len, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            fputs("runde: the kernel gives no random bytes\n", stderr);
            abort();
        }
        to += got;
        len -= (size_t)got;
    }
}

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool secret_is(const char *chars)
{
    return chars && strlen(chars) == SECRET_CHARS && strspn(chars, base64url) == SECRET_CHARS;
}

void secret_make(const uint8_t bits[static 32], char ret_chars[static SECRET_CHARS + 1])
{
    uint8_t bytes[33] = { 0 }; /* One more than the 256 bits, so that 6 divides them. */
    char *to = ret_chars;

    memcpy(bytes, bits, 32);
    for (size_t i = 0; i < sizeof(bytes); i += 3) {
        uint32_t group = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];
        for (int shift = 18; shift >= 0 && to < ret_chars + SECRET_CHARS; shift -= 6)
            *to++ = base64url[group >> shift & 63];
    }
    *to = '\0';
}

void secret_new(char ret_chars[static SECRET_CHARS + 1])
{
    uint8_t bits[32];

    random_fill(bits, sizeof(bits));
    secret_make(bits, ret_chars);
}
