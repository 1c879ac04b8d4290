/* templates.h -- the agendas that the server has by name. */
#ifndef APP_TEMPLATES_H
#define APP_TEMPLATES_H

#include "app/app.h"
#include "protocol.gen.h"

/* Reads the template of this name; release it.  REFUSED_BAD_FIELD when there is none. */
enum refusal template_read(const struct app *app, const char *name, struct agenda *ret_agenda);

#endif
