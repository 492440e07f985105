package sandbox

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

const badGatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n"

// noFault sends the normal response.
func noFault(s *Sandbox, w http.ResponseWriter, r *http.Request) { s.respond(r).send(w) }

// send writes the response. It ignores write errors: the client has disconnected, and the server notices by itself.
func (resp response) send(w http.ResponseWriter) {
	resp.sendHeader(w)
	_, _ = w.Write(resp.body)
}

// sendHeader announces the whole body.
func (resp response) sendHeader(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(resp.body)))
	if resp.allow != "" {
		h.Set("Allow", resp.allow)
	}
	w.WriteHeader(resp.status)
}

// errorResponse returns a handler that sends an error envelope for any request.
func errorResponse(status int, code, param string, headers ...func(*Sandbox, http.Header)) faultHandler {
	return func(s *Sandbox, w http.ResponseWriter, _ *http.Request) {
		for _, set := range headers {
			set(s, w.Header())
		}
		message := http.StatusText(status)
		if status == http.StatusOK {
			message = "Something went wrong."
		}
		(&apiError{status, code, message, param}).response().send(w)
	}
}

// retryAfterSeconds returns Options.RetryAfter in whole seconds.
func (s *Sandbox) retryAfterSeconds() int64 {
	return max(1, int64((s.options.RetryAfter+time.Second-1)/time.Second))
}

func setRetryAfterSeconds(s *Sandbox, h http.Header) {
	h.Set("Retry-After", strconv.FormatInt(s.retryAfterSeconds(), 10))
}

// setRetryAfterDate adds a second because an HTTP date has no fraction: without it, one second from now could be now.
func setRetryAfterDate(s *Sandbox, h http.Header) {
	h.Set("Retry-After", time.Now().Add(time.Duration(s.retryAfterSeconds()+1)*time.Second).UTC().Format(http.TimeFormat))
}

func tokenExpired(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("token") == "" {
		noFault(s, w, r)
		return
	}
	invalidParameter("token", "token has expired.").response().send(w)
}

// rawResponse returns a handler that sends body as it is.
func rawResponse(status int, contentType, body string) faultHandler {
	return func(_ *Sandbox, w http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}
