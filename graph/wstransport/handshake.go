package wstransport

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"strings"

	"github.com/coder/websocket"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
)

const subprotocol = "graphql-transport-ws"

// IsUpgrade reports whether a request opens a WebSocket.
func IsUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet && hasToken(r.Header, "Upgrade", "websocket") && hasToken(r.Header, "Connection", "upgrade")
}

// hasToken reports whether a header, a list, has a token in any letter case.
func hasToken(h http.Header, name, token string) bool {
	for _, value := range h[name] {
		for item := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(item), token) {
				return true
			}
		}
	}
	return false
}

var errHandshake = errors.New("wstransport: the handshake is invalid")

// accept completes the handshake. It writes a response if it returns an error.
func accept(w http.ResponseWriter, r *http.Request, alive func()) (*websocket.Conn, net.Conn, error) {
	if problem := validateHandshake(r); problem != "" { // in sentences of this API: websocket.Accept writes its own
		w.Header().Set("Sec-WebSocket-Version", "13")
		httptransport.Write(w, httptransport.MediaTypeJSON, http.StatusBadRequest, httptransport.ErrorResponse(errcode.BadUserInput, problem))
		return nil, nil, errHandshake
	}
	hijacked := &hijacker{ResponseWriter: w}
	conn, err := websocket.Accept(hijacked, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol},
		// The middleware for CORS has checked the Origin header against CORS_ORIGINS, which
		// this package does not know.
		InsecureSkipVerify: true,
		// Results are short, and a compressor takes more memory than a socket.
		CompressionMode: websocket.CompressionDisabled,
		OnPingReceived:  func(context.Context, []byte) bool { alive(); return true },
		OnPongReceived:  func(context.Context, []byte) { alive() },
	})
	if err != nil {
		return nil, nil, errHandshake
	}
	conn.SetReadLimit(-1) // it is checked in [socket.readMessage]
	return conn, hijacked.conn, nil
}

// validateHandshake returns the first problem of a handshake.
func validateHandshake(r *http.Request) (problem string) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(r.Header.Get("Sec-WebSocket-Key")))
	switch {
	case r.ContentLength != 0: // the response would wait for the body
		return "The request that opens a WebSocket must have no body."
	case !IsUpgrade(r) || !r.ProtoAtLeast(1, 1):
		return "A WebSocket is opened by a GET request of HTTP/1.1 with `Connection: Upgrade` and `Upgrade: websocket`."
	case r.Header.Get("Sec-WebSocket-Version") != "13":
		return "`Sec-WebSocket-Version` must be 13."
	case err != nil || len(key) != 16 || len(r.Header.Values("Sec-WebSocket-Key")) > 1:
		return "`Sec-WebSocket-Key` must be 16 bytes in base64."
	}
	return ""
}

// hijacker records the connection of a WebSocket. websocket.Conn has no deadlines of
// its own, but a context a call, each of which takes several allocations, and its Close
// may read without any.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

// Hijack implements [http.Hijacker].
func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(h.ResponseWriter).Hijack()
	h.conn = conn
	return conn, buffers, err
}
