package load

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// encode returns body in a content coding.
func encode(t *testing.T, coding, body string) []byte {
	t.Helper()
	var (
		encoded bytes.Buffer
		w       io.WriteCloser
		err     error
	)
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&encoded)
	case "br":
		w = brotli.NewWriter(&encoded)
	case "zstd":
		w, err = zstd.NewWriter(&encoded)
	default:
		return []byte(body)
	}
	if err == nil {
		_, err = io.WriteString(w, body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return encoded.Bytes()
}

// startEncoder starts a server whose response bodies are body in the coding of the
// request's path. It returns an error of 400 unless the request is from a browser.
func startEncoder(t *testing.T, body string) (address string) {
	return startServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip, deflate, br, zstd" {
			http.Error(w, "no browser", http.StatusBadRequest)
			return
		}
		coding := strings.TrimPrefix(r.URL.Path, "/")
		w.Header().Set("Content-Encoding", coding)
		_, _ = w.Write(encode(t, coding, body))
	})
}

func TestSendDecodesEveryCodingOfBrowsers(t *testing.T) {
	body := strings.Repeat(`{"data":{"name":"Zoë"}}`, 1000)
	address := startEncoder(t, body)
	for _, coding := range []string{"gzip", "br", "zstd", "identity", "GZIP"} {
		want := body
		if coding == "GZIP" { // names are case-insensitive, and this body is no gzip
			want = ""
		}
		got, err := Send(address, AcceptCodings(PostRequest(address, "/"+coding, []byte("{}")), BrowserCodings))
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%s: %d bytes, %v", coding, len(got), err)
		}
	}
	if _, err := Send(address, AcceptCodings(GetRequest(address, "/deflate"), BrowserCodings)); err == nil || !strings.Contains(err.Error(), `"deflate"`) {
		t.Error(err)
	}
}

func TestRunCountsBytesOnTheWire(t *testing.T) {
	body := strings.Repeat(`{"data":{"name":"Zoë"}}`, 1000)
	address := startEncoder(t, body)
	for _, coding := range []string{"gzip", "br", "zstd", "identity"} {
		requests := [][]byte{AcceptCodings(GetRequest(address, "/"+coding), BrowserCodings)}
		result, err := Run(t.Context(), Options{Address: address, Requests: requests, Clients: 3, MaxRequests: 10})
		if err != nil {
			t.Fatal(err)
		}
		encoded := int64(len(encode(t, coding, body)))
		if head := result.Bytes/10 - encoded; result.Coding != coding || head < 50 || head > 300 {
			t.Errorf("%s: coding %s, heads of %d bytes", coding, result.Coding, head)
		}
	}
}

func TestCompressedErrorsFailTheRun(t *testing.T) {
	address := startEncoder(t, `{"errors":[{}],"data":null}`)
	for _, coding := range []string{"gzip", "br", "zstd"} {
		requests := [][]byte{AcceptCodings(GetRequest(address, "/"+coding), BrowserCodings)}
		if _, err := Run(t.Context(), Options{Address: address, Requests: requests, Clients: 1, MaxRequests: 2}); err == nil || !strings.Contains(err.Error(), "response with errors") {
			t.Errorf("%s: %v", coding, err)
		}
	}
}

// Every 128th response is decoded: the errors here begin after the first.
func TestLaterCompressedErrorsFailTheRun(t *testing.T) {
	n := 0
	address := startServer(t, func(w http.ResponseWriter, _ *http.Request) {
		body := `{"data":{}}`
		if n++; n > 1 {
			body = `{"errors":[{}]}`
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(encode(t, "gzip", body))
	})
	for maxRequests, want := range map[int]string{128: "<nil>", 300: `response with errors: {"errors":[{}]}`} {
		n = 0
		_, err := Run(t.Context(), Options{Address: address, Requests: [][]byte{GetRequest(address, "/")}, Clients: 1, MaxRequests: maxRequests})
		if fmt.Sprint(err) != want {
			t.Errorf("%d requests: %v, want %s", maxRequests, err, want)
		}
	}
}

// Of many clients, one may send all requests of a short run.
func TestCodingIsThatOfAResponse(t *testing.T) {
	address := startEncoder(t, `{"data":{}}`)
	requests := [][]byte{AcceptCodings(GetRequest(address, "/gzip"), BrowserCodings)}
	for range 10 {
		result, err := Run(t.Context(), Options{Address: address, Requests: requests, Clients: 8, MaxRequests: 1})
		if err != nil || result.Coding != "gzip" {
			t.Fatalf("coding %q, error %v", result.Coding, err)
		}
	}
}
