#include "app/templates.h"

#include <string.h>

#include "app/state.h"
#include "wire/record_text.h"

enum refusal template_read(const struct app *app, const char *name, struct agenda *ret_agenda)
{
    char field[FIELD_PATH_ROOM];

    for (const struct app_template *t = app->templates; t->name; t++)
        if (strcmp(t->name, name) == 0)
            return record_read(&agenda_record, t->json, t->len, RECORD_OURS, ret_agenda, field);
    return REFUSED_BAD_FIELD;
}
