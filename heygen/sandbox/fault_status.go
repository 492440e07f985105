package sandbox

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

const gatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n"

// honest is no misbehaviour.
func honest(s *Sandbox, w http.ResponseWriter, r *http.Request) { s.answer(r).send(w) }

// send writes the answer. The error is the caller's having gone, which the server sees for itself.
func (a reply) send(w http.ResponseWriter) {
	a.sendHeader(w)
	_, _ = w.Write(a.body)
}

// sendHeader promises the whole body.
func (a reply) sendHeader(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	if a.allow != "" {
		h.Set("Allow", a.allow)
	}
	w.WriteHeader(a.status)
}

// status answers with an error envelope, whatever was asked.
func status(status int, code, param string, headers ...func(*Sandbox, http.Header)) misbehaviour {
	return func(s *Sandbox, w http.ResponseWriter, _ *http.Request) {
		for _, set := range headers {
			set(s, w.Header())
		}
		message := http.StatusText(status)
		if status == http.StatusOK {
			message = "Something went wrong."
		}
		(&refusal{status, code, message, param}).reply().send(w)
	}
}

// retryAfter is Options.RetryAfter in whole seconds.
func (s *Sandbox) retryAfter() int64 {
	return max(1, int64((s.options.RetryAfter+time.Second-1)/time.Second))
}

func retryInSeconds(s *Sandbox, h http.Header) {
	h.Set("Retry-After", strconv.FormatInt(s.retryAfter(), 10))
}

// retryAtDate adds a second because an HTTP date has none of the fraction: without it, one second from now could be now.
func retryAtDate(s *Sandbox, h http.Header) {
	h.Set("Retry-After", time.Now().Add(time.Duration(s.retryAfter()+1)*time.Second).UTC().Format(http.TimeFormat))
}

func tokenExpired(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("token") == "" {
		honest(s, w, r)
		return
	}
	invalid("token", "token has expired.").reply().send(w)
}

// raw answers with a body as it is.
func raw(status int, contentType, body string) misbehaviour {
	return func(_ *Sandbox, w http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}
