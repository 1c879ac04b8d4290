/* callbacks.c -- what libwebsockets calls, sorted to those who know what to do. */

#include <string.h>

#include "net/gateway.h"
#include "net/guard.h"
#include "net/http.h"
#include "net/inside.h"
#include "net/line.h"
#include "net/sending.h"
#include "net/tls.h"

enum {
    RX_BYTES = 1024, /* Kept for each WebSocket: what one read takes. */
    SERVER_RX_BYTES = 16384,
    TX_BYTES = 1048576,
};

/* Before an upgrade.
 *
 * CVE-2025-11677 lives at this callback: `in` may point into headers that have been freed, when
 * a second request on a connection asks for an upgrade that libwebsockets does not know.  We
 * never read `in`, answer each connection once, and end it at every refusal.  Without this
 * callback an upgrade to clear-text HTTP/2 would go round all our guards. */
static int confirm_upgrade(struct connection *c, struct lws *wsi)
{
    const struct verdict verdict = guard_upgrade(c, wsi);

    if (verdict.status) {
        http_refuse(c, wsi, &verdict);
        return -1;
    }
    c->upgrade_passed = true;
    return 0;
}

static int on_request(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                      size_t len)
{
    if (reason == LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS) { /* Once, at the start. */
        const struct net *net = lws_context_user(lws_get_context(wsi));
        tls_serve(user, &net->tls);
        return 0;
    }
    struct connection *c = lws_get_opaque_user_data(wsi);
    if (!c)
        return 0;
    switch ((int)reason) {
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
        c->wsi = wsi;
        return 0;
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return confirm_upgrade(c, wsi);
    case LWS_CALLBACK_FILTER_HTTP_CONNECTION:
        return c->request ? -1 : 0;
    case LWS_CALLBACK_HTTP:
        return http_begin(c, in, len);
    case LWS_CALLBACK_HTTP_BODY:
        return http_body(c, in, len);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return http_body_end(c);
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return http_write(c);
    case LWS_CALLBACK_CLOSED_HTTP:
        http_end(c);
        return 0;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: /* Our name for this is no subprotocol. */
    case LWS_CALLBACK_ESTABLISHED:
    case LWS_CALLBACK_RAW_ADOPT: /* CONNECT would become a raw socket. */
    case LWS_CALLBACK_RAW_RX:
        return -1;
    case LWS_CALLBACK_WSI_DESTROY:
        http_end(c);
        gateway_close(c);
        line_hung_up(c);
        lws_set_opaque_user_data(wsi, NULL);
        connection_free(c);
        return 0;
    default:
        return 0;
    }
}

static int on_socket(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t len)
{
    struct connection *c = lws_get_opaque_user_data(wsi);
    (void)user;

    if (!c)
        return 0;
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return c->upgrade_passed && !c->for_server ? 0 : -1;
    case LWS_CALLBACK_ESTABLISHED:
        return gateway_open(c) ? 0 : -1;
    case LWS_CALLBACK_RECEIVE:
        if (!c->websocket)
            return -1;
        gateway_receive(c, in, len);
        return 0;
    case LWS_CALLBACK_RECEIVE_PONG:
        if (c->websocket)
            gateway_pong(c);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return c->websocket ? sending_go_on(c->websocket) : -1;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return c->websocket ? gateway_peer_closes(c, in, len) : -1;
    case LWS_CALLBACK_CLOSED:
        gateway_close(c);
        return 0;
    default:
        return 0;
    }
}

/* Another server, which has called. */
static int on_server(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t len)
{
    struct connection *c = lws_get_opaque_user_data(wsi);
    (void)user;

    if (!c)
        return 0;
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return c->upgrade_passed && c->for_server ? 0 : -1;
    case LWS_CALLBACK_ESTABLISHED:
        return line_answer(c) ? 0 : -1;
    case LWS_CALLBACK_RECEIVE:
        return c->line ? line_receive(c->line, in, len) : -1;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return c->line ? line_write(c->line) : -1;
    case LWS_CALLBACK_CLOSED:
        line_hung_up(c);
        return 0;
    default:
        return 0;
    }
}

const struct lws_protocols net_protocols[] = {
    { .name = "none", .callback = on_request, .tx_packet_size = TX_BYTES },
    { .name = SUBPROTOCOL,
      .callback = on_socket,
      .rx_buffer_size = RX_BYTES,
      .tx_packet_size = TX_BYTES },
    { .name = LINE_SUBPROTOCOL,
      .callback = on_server,
      .rx_buffer_size = SERVER_RX_BYTES,
      .tx_packet_size = TX_BYTES },
    { .name = NULL },
};
