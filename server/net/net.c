#include "net/net.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "net/inside.h"
#include "net/line.h"
#include "net/stream.h"
#include "net/tls.h"

enum {
    DESCRIPTORS_MAX = 65536,
    DESCRIPTORS_KEPT = 48, /* For the journal, the loop, standard streams. */
    HEADERS_AT_ONCE = 4096,
    HEADER_BYTES = 8192,
    HEADER_SECONDS = 5,
    READ_BYTES = 16384, /* What one read of a request takes. */
};

/* Silent connections are gateway.c's: libwebsockets would keep them in a sorted list, and walk
 * through it whenever one of them has said something. */
static const lws_retry_bo_t no_patience = { .secs_since_valid_hangup = 0 };

/* libwebsockets complains about what clients send; one line a second is enough. */
static void complaint(int level, const char *line)
{
    static time_t last;
    time_t now = time(NULL);
    (void)level;

    if (now == last)
        return;
    last = now;
    log_event(LOG_LEVEL_WARN, "lws", "%.*s", (int)strcspn(line, "\n"), line);
}

/* Lets this process have many descriptors; returns how many connections may be open. */
static size_t connections_max(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024 - DESCRIPTORS_KEPT;
    limit.rlim_cur = limit.rlim_max < DESCRIPTORS_MAX ? limit.rlim_max : DESCRIPTORS_MAX;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur > 2 * DESCRIPTORS_KEPT ? limit.rlim_cur - DESCRIPTORS_KEPT
                                                 : DESCRIPTORS_KEPT;
}

static int context_new(struct net *net)
{
    void *loops[] = { &net->loop };
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN_SERVER,
        .protocols = net_protocols,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_VALIDATE_UTF8 |
                   LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS |
                   LWS_SERVER_OPTION_NO_LWS_SYSTEM_STATES,
        .foreign_loops = loops,
        .gid = -1,
        .uid = -1,
        .alpn = "http/1.1",
        .max_http_header_data = HEADER_BYTES,
        .max_http_header_pool = HEADERS_AT_ONCE,
        .pt_serv_buf_size = READ_BYTES,
        .timeout_secs = HEADER_SECONDS,
        .timeout_secs_ah_idle = HEADER_SECONDS,
        .keepalive_timeout = HEADER_SECONDS,
        .retry_and_idle_policy = &no_patience,
        .vhost_name = "runde",
        .user = net,
    };

    if (net->tls || net->options.node_url)
        info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    if (net->tls) /* callbacks.c gives it our certificate. */
        info.options |= LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX;
    lws_set_log_level(LLL_ERR, complaint);
    net->lws = lws_create_context(&info);
    if (net->lws)
        net->vhost = lws_create_vhost(net->lws, &info);
    return net->vhost ? line_open(net) : -ENOMEM;
}

/* How many addresses the list has, or -EINVAL. */
static int proxies_read(const char *list, struct address ret_proxies[static PROXIES_MAX])
{
    int count = 0;

    for (const char *p = list ? list : ""; *p;) {
        size_t len = strcspn(p, ", ");
        if (len > 0) {
            if (count == PROXIES_MAX || !address_read(p, len, &ret_proxies[count]))
                return -EINVAL;
            count++;
        }
        p += len;
        p += strspn(p, ", ");
    }
    return count;
}

/* What may change while it runs; nothing of it on failure. */
static int change(struct net *net, const struct net_options *options, const char **ret_what,
                  const char **ret_why)
{
    struct address proxies[PROXIES_MAX];
    struct tls *tls = NULL;
    int error, count = proxies_read(options->trust_proxy, proxies);

    *ret_what = "--trust-proxy";
    *ret_why = "must be addresses";
    if (count < 0)
        return count;
    *ret_what = options->tls_key ? "--tls-cert" : "--tls-key";
    *ret_why = "is missing: a certificate and its key are set together";
    if (!options->tls_cert != !options->tls_key)
        return -EINVAL;
    if (options->tls_cert &&
        (error = tls_read(options->tls_cert, options->tls_key, &tls, ret_what, ret_why)))
        return error;
    tls_free(net->tls);
    net->tls = tls;
    memcpy(net->proxies, proxies, sizeof(proxies));
    net->proxy_count = (size_t)count;
    net->options = *options;
    return 0;
}

int net_reload(struct net *net, const struct net_options *options, const char **ret_what,
               const char **ret_why)
{
    return change(net, options, ret_what, ret_why);
}

/* Without a base URL: the address that we listen on, or this machine's where that is any. */
static int base_url_set(struct net *net)
{
    const struct address *local = &net->listeners[0].at.local;
    char host[ADDRESS_CHARS + 1];
    int len;

    if (net->options.base_url) {
        len = snprintf(net->base_url, sizeof(net->base_url), "%s", net->options.base_url);
        if (len > 0 && net->base_url[len - 1] == '/')
            net->base_url[len - 1] = '\0';
    } else {
        if (address_is_any(local))
            lan_address(host);
        else
            address_write(local, host);
        const char *form = strchr(host, ':') ? "%s://[%s]:%d" : "%s://%s:%d";
        len = snprintf(net->base_url, sizeof(net->base_url), form, net->tls ? "https" : "http",
                       host, net->listeners[0].at.port);
    }
    return (size_t)len < sizeof(net->base_url) && hosts_read(net->base_url, &net->hosts) ? 0
                                                                                         : -EINVAL;
}

/* Listens for an option; `ret_what` is the option that cannot be read, or the address that cannot
 * be had. */
static int listen_for(struct net *net, struct listener *listener, const char *option,
                      const char *where, int fd, const char **ret_what, const char **ret_why)
{
    int error = listener_open(net, listener, where, fd, ret_why);

    *ret_what = error == -EINVAL ? option : where;
    return error;
}

static int listeners_open(struct net *net, const char **ret_what, const char **ret_why)
{
    const struct net_options *o = &net->options;
    int error =
        listen_for(net, &net->listeners[0], "--listen", o->listen, o->listen_fd, ret_what, ret_why);

    if (error || !o->metrics)
        return error;
    net->listeners[1].metrics = true;
    return listen_for(net, &net->listeners[1], "--metrics", o->metrics, -1, ret_what, ret_why);
}

static int fill(struct net *net, const char **ret_what, const char **ret_why)
{
    int error = listeners_open(net, ret_what, ret_why);

    if (error || (error = change(net, &net->options, ret_what, ret_why)))
        return error;
    *ret_what = net->options.inlet;
    if (net->options.inlet && (error = inlet_open(net, net->options.inlet, ret_why)))
        return error;
    *ret_what = "--base-url";
    *ret_why = "must be http://HOST:PORT or https://HOST, without a path";
    if ((error = base_url_set(net)))
        return error;
    *ret_what = "net";
    *ret_why = "out of memory";
    net->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    net->admission = admission_new(connections_max());
    net->chunk = alloc_bytes(LWS_PRE + CHUNK);
    if (!net->admission || !net->chunk)
        return -ENOMEM;
    *ret_why = "libwebsockets does not start; is libwebsockets-evlib-uv installed?";
    return context_new(net);
}

int net_new(const struct net_options *options, struct net **ret_net, const char **ret_what,
            const char **ret_why)
{
    struct net *net = alloc_many(1, sizeof(*net));

    *ret_what = "net";
    *ret_why = "out of memory";
    if (!net)
        return -ENOMEM;
    net->options = *options;
    TAILQ_INIT(&net->eager);
    net->listeners[0].fd = options->listen_fd; /* Closed with the rest, whatever fails. */
    net->listeners[1].fd = net->spare_fd = -1;
    int error = loop_open(net);
    if (error) {
        free(net);
        return error;
    }
    error = fill(net, ret_what, ret_why);
    if (error) {
        net_free(net);
        return error;
    }
    *ret_net = net;
    return 0;
}

const char *net_base_url(const struct net *net)
{
    return net->base_url;
}

const struct trunk_ports *net_trunks(struct net *net)
{
    return net->calling ? line_ports(net) : NULL;
}

int net_port(const struct net *net)
{
    return net->listeners[0].at.port;
}

void net_free(struct net *net)
{
    if (!net)
        return;
    loop_close(net);
    while (net->connections)
        connection_free(net->connections);
    stream_end_all(net);
    if (net->spare_fd >= 0)
        close(net->spare_fd);
    admission_free(net->admission);
    tls_free(net->tls);
    free(net->chunk);
    free(net);
}
