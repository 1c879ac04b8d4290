/* What is posted to make a meeting, and with it any template: an agenda that is taken goes round.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "wire/api_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct api_create c;
    char field[FIELD_PATH_ROOM];

    if (api_create_read((const char *)bytes, len, &c, field) != REFUSED_NOT)
        return 0;
    if (c.has_agenda) {
        char *text = record_write(&agenda_record, &c.agenda, RECORD_ALL);
        struct agenda again;
        HOLDS(text);
        HOLDS(record_read(&agenda_record, text, strlen(text), RECORD_PEOPLES, &again, field) ==
              REFUSED_NOT);
        HOLDS(record_same(&agenda_record, &c.agenda, &again));
        record_release(&agenda_record, &again);
        free(text);
    }
    api_create_release(&c);
    return 0;
}
