#include "app/link.h"

#include <string.h>

#include "app/state.h"
#include "base/buffer.h"

char *link_write(const struct app *app, const char *code, enum role role, const char *key)
{
    static const char *const pages[ROLE_COUNT] = { [ROLE_PHONE] = "/m/",
                                                   [ROLE_CONSOLE] = "/console/",
                                                   [ROLE_BOARD] = "/board/",
                                                   [ROLE_SCRIBE] = "/minutes/",
                                                   [ROLE_LEADER] = "/minutes/" };
    struct buffer b = { 0 };
    size_t len;

    buffer_say(&b, app->options.base_url);
    buffer_say(&b, pages[role]);
    buffer_say(&b, code);
    buffer_say(&b, "#");
    buffer_say(&b, key);
    return buffer_take(&b, &len);
}

/* Backslash, semicolon, comma, colon and quote mean something to whoever reads it. */
static void say_escaped(struct buffer *b, const char *text)
{
    for (; *text; text++) {
        const char one[2] = { *text, '\0' };
        if (strchr("\\;,:\"", *text))
            buffer_say(b, "\\");
        buffer_say(b, one);
    }
}

char *link_wifi(const struct app *app)
{
    const char *password = app->options.wifi_password;
    struct buffer b = { 0 };
    size_t len;

    if (!app->options.wifi_name)
        return NULL;
    buffer_say(&b, password ? "WIFI:T:WPA;S:" : "WIFI:T:nopass;S:");
    say_escaped(&b, app->options.wifi_name);
    if (password) {
        buffer_say(&b, ";P:");
        say_escaped(&b, password);
    }
    buffer_say(&b, ";;");
    return buffer_take(&b, &len);
}
