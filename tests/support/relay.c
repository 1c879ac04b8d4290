#include "support/relay.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/check.h"

enum { GLANCE_MS = 5, ANSWER_MS = 1500, HELD_MAX = 1 << 20 };

/* The message that ends a transaction of a client that sends its statements in one go. */
static const char sync_message[] = { 'S', 0, 0, 0, 4 };

struct relay {
    pthread_t thread;
    pthread_mutex_t lock;
    char server[160], folder[160], url[256];
    int listening, client, upstream;
    int left; /* The server's end of a connection that was held. */
    bool ends, shut, disguise, holding, cutting, struck, releasing;
    enum relay_way way;
    int64_t bytes; /* That still go through before the cut. */
    size_t held_len;
    char held[HELD_MAX];
};

static struct sockaddr_un name_of(const char *folder)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };

    snprintf(at.sun_path, sizeof(at.sun_path), "%.90s/.s.PGSQL.5432", folder);
    return at;
}

static void hang_up(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void accept_one(struct relay *r)
{
    struct sockaddr_un to = name_of(r->server);

    hang_up(&r->client);
    hang_up(&r->upstream);
    r->client = accept4(r->listening, NULL, NULL, SOCK_CLOEXEC);
    if (r->client < 0 || r->shut) {
        hang_up(&r->client);
        return;
    }
    r->upstream = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(r->upstream, (struct sockaddr *)&to, sizeof(to)) != 0) {
        hang_up(&r->client);
        hang_up(&r->upstream);
    }
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* The name by which a client ends its own old sessions. */
static void disguise(struct relay *r, char *bytes, size_t len)
{
    static const char before[] = "application_name";
    char *at = memmem(bytes, len, before, sizeof(before));

    if (r->disguise && at) {
        at[sizeof(before)] = 'x';
        r->disguise = false;
    }
}

static void hold(struct relay *r, const char *bytes, size_t len)
{
    CHECK(r->held_len + len <= HELD_MAX);
    memcpy(r->held + r->held_len, bytes, len);
    r->held_len += len;
}

/* Passes on what is there; hangs up at both ends when one has, or when the cut has come. */
static void pass(struct relay *r, int *from, int *to, enum relay_way way)
{
    char bytes[65536];
    ssize_t n = recv(*from, bytes, sizeof(bytes), MSG_DONTWAIT);

    if (n > 0 && r->holding && way == RELAY_TO_SERVER) {
        hold(r, bytes, (size_t)n);
        return;
    }
    bool cut = n > 0 && r->cutting && way == r->way && n >= r->bytes;
    if (n > 0 && way == RELAY_TO_SERVER)
        disguise(r, bytes, (size_t)n);
    if (cut)
        n = r->bytes;
    if (r->cutting && way == r->way)
        r->bytes -= n;
    bool good = n >= 0 && write_all(*to, bytes, (size_t)n);
    if (cut) {
        r->cutting = false;
        r->struck = true;
    }
    if (cut || !good || (n == 0 && !cut)) {
        hang_up(from);
        hang_up(to);
    }
}

/* The client has said all: it is cut off, and the server's end kept. */
static void end_hold(struct relay *r)
{
    hang_up(&r->client);
    r->left = r->upstream;
    r->upstream = -1;
    r->holding = false;
    r->struck = true;
}

static void release_held(struct relay *r)
{
    char bytes[65536];
    struct pollfd p = { .fd = r->left, .events = POLLIN };

    if (r->left >= 0 && write_all(r->left, r->held, r->held_len))
        while (poll(&p, 1, ANSWER_MS) > 0 && recv(r->left, bytes, sizeof(bytes), 0) > 0)
            continue;
    hang_up(&r->left);
    r->held_len = 0;
    r->releasing = false;
}

static bool has_said_all(const struct relay *r)
{
    size_t n = sizeof(sync_message);

    return r->held_len >= n && memcmp(r->held + r->held_len - n, sync_message, n) == 0;
}

static void glance(struct relay *r)
{
    struct pollfd p[3] = { { .fd = r->listening, .events = POLLIN },
                           { .fd = r->client, .events = POLLIN },
                           { .fd = r->upstream, .events = POLLIN } };

    pthread_mutex_unlock(&r->lock);
    int n = poll(p, 3, GLANCE_MS);
    pthread_mutex_lock(&r->lock);
    if (r->releasing)
        release_held(r);
    if (n <= 0)
        return;
    if (r->client >= 0 && p[1].revents)
        pass(r, &r->client, &r->upstream, RELAY_TO_SERVER);
    if (r->holding && has_said_all(r))
        end_hold(r);
    if (r->upstream >= 0 && p[2].revents)
        pass(r, &r->upstream, &r->client, RELAY_TO_CLIENT);
    if (p[0].revents)
        accept_one(r);
}

static void *run(void *context)
{
    struct relay *r = context;

    pthread_mutex_lock(&r->lock);
    while (!r->ends)
        glance(r);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

struct relay *relay_new(const char *folder)
{
    struct relay *r = calloc(1, sizeof(*r));

    CHECK(r);
    pthread_mutex_init(&r->lock, NULL);
    r->client = r->upstream = r->left = -1;
    snprintf(r->server, sizeof(r->server), "%s", folder);
    snprintf(r->folder, sizeof(r->folder), "/tmp/relay-XXXXXX");
    CHECK(mkdtemp(r->folder));
    snprintf(r->url, sizeof(r->url), "postgresql://runde@/postgres?host=%s", r->folder);
    struct sockaddr_un at = name_of(r->folder);
    r->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(r->listening, (struct sockaddr *)&at, sizeof(at)) == 0);
    CHECK(listen(r->listening, 8) == 0);
    CHECK(pthread_create(&r->thread, NULL, run, r) == 0);
    return r;
}

void relay_free(struct relay *r)
{
    struct sockaddr_un at = name_of(r->folder);

    pthread_mutex_lock(&r->lock);
    r->ends = true;
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    hang_up(&r->client);
    hang_up(&r->upstream);
    hang_up(&r->left);
    hang_up(&r->listening);
    (void)unlink(at.sun_path);
    (void)rmdir(r->folder);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

const char *relay_url(const struct relay *r)
{
    return r->url;
}

void relay_cut(struct relay *r, enum relay_way way, int64_t bytes)
{
    pthread_mutex_lock(&r->lock);
    r->way = way;
    r->bytes = bytes;
    r->cutting = true;
    r->struck = false;
    pthread_mutex_unlock(&r->lock);
}

void relay_hold(struct relay *r)
{
    pthread_mutex_lock(&r->lock);
    r->holding = true;
    r->struck = false;
    pthread_mutex_unlock(&r->lock);
}

void relay_release(struct relay *r)
{
    bool releasing = true;

    pthread_mutex_lock(&r->lock);
    r->releasing = true;
    pthread_mutex_unlock(&r->lock);
    while (releasing) {
        usleep(1000);
        pthread_mutex_lock(&r->lock);
        releasing = r->releasing;
        pthread_mutex_unlock(&r->lock);
    }
}

bool relay_struck(struct relay *r)
{
    pthread_mutex_lock(&r->lock);
    bool struck = r->struck;
    pthread_mutex_unlock(&r->lock);
    return struck;
}

void relay_shut(struct relay *r, bool shut)
{
    pthread_mutex_lock(&r->lock);
    r->shut = shut;
    pthread_mutex_unlock(&r->lock);
}

void relay_disguise(struct relay *r)
{
    pthread_mutex_lock(&r->lock);
    r->disguise = true;
    pthread_mutex_unlock(&r->lock);
}
