#include "minutes/archive.h"

#include <stdlib.h>
#include <zip.h>

#include "base/alloc.h"

/* MS-DOS's day 1 January 1980, so that the same document gives the same bytes. */
enum { NO_TIME = 0, NO_DAY = 0x21 };

static bool entry_add(zip_t *archive, const struct archive_entry *e)
{
    zip_source_t *source = zip_source_buffer(archive, e->bytes.at, e->bytes.len, 0);

    if (!source)
        return false;
    zip_int64_t index = zip_file_add(archive, e->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    if (e->stored && zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0) != 0)
        return false;
    return zip_file_set_dostime(archive, (zip_uint64_t)index, NO_TIME, NO_DAY, 0) == 0;
}

/* What a closed archive left in `source`, copied. */
static char *archive_read(zip_source_t *source, size_t *ret_len)
{
    zip_stat_t stat;
    char *bytes = NULL;

    if (zip_source_stat(source, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
        zip_source_open(source) != 0)
        return NULL;
    bytes = alloc_bytes(stat.size + 1);
    if (bytes && zip_source_read(source, bytes, stat.size) != (zip_int64_t)stat.size) {
        free(bytes);
        bytes = NULL;
    }
    zip_source_close(source);
    if (bytes) {
        bytes[stat.size] = '\0';
        *ret_len = stat.size;
    }
    return bytes;
}

char *archive_write(const struct archive_entry *entries, size_t count, size_t *ret_len)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;
    char *bytes = NULL;
    bool added = archive != NULL;

    if (!archive) {
        if (source)
            zip_source_free(source);
        return NULL;
    }
    zip_source_keep(source);
    for (size_t i = 0; i < count; i++)
        added = added && entry_add(archive, &entries[i]);
    if (added && zip_close(archive) == 0)
        bytes = archive_read(source, ret_len);
    else
        zip_discard(archive);
    zip_source_free(source);
    return bytes;
}
