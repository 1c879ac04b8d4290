/* inlet.c -- a socket in the data folder, by which whoever runs the server asks it for something
 * that nobody may ask for over the network.
 *
 * Who may is said by the file's mode.  A caller sends one line, the path and query of a POST of
 * the HTTP interface, and gets the answer's body; then the connection ends.  Behind a blank there
 * may stand how many bytes of a body follow the line.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "net/inside.h"

enum {
    LINE_ROOM = 256,
    CALLERS_MAX = 8,
    BODY_PIECE = 65536,
    BODY_MAX = 256 * 1024 * 1024, /* A meeting as a file. */
};

struct caller {
    struct net *net;
    uv_pipe_t pipe;
    uv_write_t write;
    char line[LINE_ROOM];
    size_t len;
    char *body; /* NULL: none is to come. */
    size_t body_len, body_come;
    bool answered;
    struct api_call *call; /* NULL: none waits. */
    char *answer;
    struct caller *next, **link;
};

static void gone(uv_handle_t *handle)
{
    struct caller *c = handle->data;

    free(c->answer);
    free(c->body);
    free(c);
}

/* Ends the connection; no answer comes any more. */
static void send_off(struct caller *c)
{
    if (uv_is_closing((uv_handle_t *)&c->pipe))
        return;
    if (c->call)
        app_api_cancel(c->call);
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    uv_close((uv_handle_t *)&c->pipe, gone);
}

static void written(uv_write_t *write, int status)
{
    (void)status;
    send_off(write->data);
}

static void respond(void *context, const struct api_answer *from)
{
    struct caller *c = context;

    c->call = NULL;
    c->answered = true;
    c->answer = alloc_bytes(from->body_len);
    if (c->answer)
        memcpy(c->answer, from->body, from->body_len);
    const uv_buf_t bytes = { .base = c->answer, .len = from->body_len };
    c->write.data = c;
    if (!c->answer || uv_write(&c->write, (uv_stream_t *)&c->pipe, &bytes, 1, written) != 0)
        send_off(c);
}

/* Line and body are whole. */
static void ask(struct caller *c)
{
    char *query = strchr(c->line, '?');

    if (query)
        *query++ = '\0';
    const struct api_request request = {
        .method = "POST",
        .path = c->line,
        .query = query ? query : "",
        .body = c->body ? c->body : "",
        .body_len = c->body_len,
        .inside = true,
    };
    struct api_call *call = app_api(c->net->app, &request, respond, c);
    if (!c->answered) /* Else `respond` has been here already. */
        c->call = call;
}

static void room_for(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_room)
{
    struct caller *c = handle->data;
    (void)suggested;

    if (c->body) {
        size_t room = c->body_len - c->body_come;
        *ret_room =
            uv_buf_init(c->body + c->body_come, (unsigned)(room < BODY_PIECE ? room : BODY_PIECE));
        return;
    }
    *ret_room = uv_buf_init(c->line + c->len, (unsigned)(LINE_ROOM - c->len));
}

/* The line is whole: what follows it is the body's, if it says that there is one.  False when that
 * is too large, or no more than was said has come. */
static bool begin_body(struct caller *c, const char *behind)
{
    char *blank = strchr(c->line, ' ');
    size_t come = c->len - (size_t)(behind - c->line);

    if (!blank)
        return true;
    *blank = '\0';
    c->body_len = strtoul(blank + 1, NULL, 10);
    if (c->body_len == 0 || c->body_len > BODY_MAX || come > c->body_len)
        return false;
    c->body = alloc_bytes(c->body_len + 1);
    if (!c->body)
        return false;
    c->body[c->body_len] = '\0';
    memcpy(c->body, behind, come);
    c->body_come = come;
    return true;
}

static void heard(uv_stream_t *stream, ssize_t len, const uv_buf_t *bytes)
{
    struct caller *c = stream->data;
    (void)bytes;

    if (len < 0) { /* The end, or a line without end, for which there is no room. */
        send_off(c);
        return;
    }
    if (c->body) {
        c->body_come += (size_t)len;
    } else {
        c->len += (size_t)len;
        char *end = memchr(c->line, '\n', c->len);
        if (!end)
            return;
        *end = '\0';
        if (!begin_body(c, end + 1)) {
            send_off(c);
            return;
        }
    }
    if (c->body && c->body_come < c->body_len)
        return;
    uv_read_stop(stream);
    ask(c);
}

static void called(uv_stream_t *inlet, int status)
{
    struct net *net = inlet->data;
    struct caller *c = status == 0 ? alloc_many(1, sizeof(*c)) : NULL;
    size_t others = 0;

    if (!c)
        return;
    for (const struct caller *other = net->callers; other; other = other->next)
        others++;
    c->net = net;
    c->pipe.data = c;
    uv_pipe_init(&net->loop, &c->pipe, 0);
    c->next = net->callers;
    c->link = &net->callers;
    if (c->next)
        c->next->link = &c->next;
    net->callers = c;
    if (uv_accept(inlet, (uv_stream_t *)&c->pipe) != 0 || others >= CALLERS_MAX ||
        uv_read_start((uv_stream_t *)&c->pipe, room_for, heard) != 0)
        send_off(c);
}

int inlet_open(struct net *net, const char *path, const char **ret_why)
{
    int error;

    /* What an earlier server left behind when it was killed: the folder is ours, by its lock. */
    unlink(path);
    uv_pipe_init(&net->loop, &net->inlet, 0);
    net->inlet.data = net;
    net->has_inlet = true;
    if ((error = uv_pipe_bind(&net->inlet, path)) == 0 && chmod(path, S_IRUSR | S_IWUSR) != 0)
        error = -errno;
    if (error)
        *ret_why = "no socket can be made in the data folder";
    return error;
}

void inlet_let_in(struct net *net)
{
    if (net->has_inlet)
        uv_listen((uv_stream_t *)&net->inlet, CALLERS_MAX, called);
}

void inlet_close(struct net *net)
{
    while (net->callers)
        send_off(net->callers);
    if (net->has_inlet && !uv_is_closing((uv_handle_t *)&net->inlet))
        uv_close((uv_handle_t *)&net->inlet, NULL);
}
