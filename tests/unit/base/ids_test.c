#include "base/ids.h"

#include <string.h>

#include "support/cmocka_all.h"

static bool reads_uuid(const char *chars)
{
    struct uuid id;

    return uuid_read(chars, strlen(chars), &id);
}

static void an_id_is_read_as_it_is_written(void **state)
{
    (void)state;
    char chars[UUID_CHARS + 1];
    struct uuid again;

    for (int i = 0; i < 50; i++) {
        struct uuid id = uuid_new();
        uuid_write(id, chars);
        assert_int_equal(strlen(chars), UUID_CHARS);
        assert_true(uuid_read(chars, UUID_CHARS, &again));
        assert_true(uuid_same(id, again));
    }
}

static void an_id_has_one_form_only(void **state)
{
    (void)state;

    assert_true(reads_uuid("3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b"));
    assert_false(reads_uuid("3F2B8C1E-5A77-4A11-9D0E-1C2D3E4F5A6B"));
    assert_false(reads_uuid("3f2b8c1e5a774a119d0e1c2d3e4f5a6b"));
    assert_false(reads_uuid("3f2b8c1-e5a77-4a11-9d0e-1c2d3e4f5a6b"));
    assert_false(reads_uuid("3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6"));
    assert_false(reads_uuid("3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6bc"));
    assert_false(reads_uuid("3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6g"));
    assert_false(reads_uuid(""));
}

/* The two test vectors of FIPS 180-4 that everybody knows. */
static void hashes_are_sha256(void **state)
{
    (void)state;
    char chars[HASH_CHARS + 1];

    hash_write(hash_of("", 0), chars);
    assert_string_equal(chars, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    hash_write(hash_of("abc", 3), chars);
    assert_string_equal(chars, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    struct hash again;
    assert_true(hash_read(chars, HASH_CHARS, &again));
    assert_true(hash_same(again, hash_of("abc", 3)));
    assert_false(hash_same(again, hash_of("abd", 3)));
    assert_false(hash_read(chars, HASH_CHARS - 1, &again));
    chars[5] = 'A';
    assert_false(hash_read(chars, HASH_CHARS, &again));
}

/* tests/README.md, row 49, but for a kernel without chance. */
static void secrets_are_43_characters_and_never_twice(void **state)
{
    (void)state;
    char a[SECRET_CHARS + 1], b[SECRET_CHARS + 1];

    for (int i = 0; i < 50; i++) {
        secret_new(a);
        secret_new(b);
        assert_int_equal(strlen(a), SECRET_CHARS);
        assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789-_"),
                         SECRET_CHARS);
        assert_string_not_equal(a, b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_read_as_it_is_written),
        cmocka_unit_test(an_id_has_one_form_only),
        cmocka_unit_test(hashes_are_sha256),
        cmocka_unit_test(secrets_are_43_characters_and_never_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
