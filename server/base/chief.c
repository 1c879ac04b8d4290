#include "base/chief.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

enum { LETTERS = 16, OF_HASH = LETTERS - 1, GROUP = 4, ALPHABET = 31 };

static const char alphabet[] = CODE_ALPHABET;

static_assert(sizeof(alphabet) - 1 == ALPHABET, "a prime, or the check misses some slips");

/* Each letter weighs its place, so that two that change places change the sum. */
static unsigned check_of(const unsigned letters[static OF_HASH])
{
    unsigned sum = 0;

    for (unsigned i = 0; i < OF_HASH; i++)
        sum += (i + 1) * letters[i];
    return sum % ALPHABET;
}

static void code_write(const unsigned letters[static LETTERS],
                       char ret_code[static CHIEF_CODE_CHARS + 1])
{
    char *to = ret_code;

    for (size_t i = 0; i < LETTERS; i++) {
        if (i > 0 && i % GROUP == 0)
            *to++ = '-';
        *to++ = alphabet[letters[i]];
    }
    *to = '\0';
    assert(to == ret_code + CHIEF_CODE_CHARS);
}

void chief_code_of(struct hash secret, char ret_code[static CHIEF_CODE_CHARS + 1])
{
    unsigned letters[LETTERS];

    static_assert(sizeof(secret.b) >= (size_t)2 * OF_HASH,
                  "two bytes a letter: none comes oftener");
    for (size_t i = 0; i < OF_HASH; i++)
        letters[i] = ((unsigned)secret.b[2 * i] << 8 | secret.b[2 * i + 1]) % ALPHABET;
    letters[OF_HASH] = check_of(letters);
    code_write(letters, ret_code);
}

bool chief_code_read(const char *chars, size_t len, char ret_code[static CHIEF_CODE_CHARS + 1])
{
    unsigned letters[LETTERS];
    size_t count = 0;

    for (size_t i = 0; i < len; i++) {
        if (chars[i] == '-' || chars[i] == ' ')
            continue;
        const char *at = chars[i] ? strchr(alphabet, toupper((unsigned char)chars[i])) : NULL;
        if (!at || count == LETTERS)
            return false;
        letters[count++] = (unsigned)(at - alphabet);
    }
    if (count != LETTERS || letters[OF_HASH] != check_of(letters))
        return false;
    code_write(letters, ret_code);
    return true;
}
