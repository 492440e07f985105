package load

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func connReading(response string) *Conn {
	return &Conn{reader: bufio.NewReader(strings.NewReader(response))}
}

func TestResponsesAreReadByLengthAndInChunks(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for _, c := range []struct{ name, response, want string }{
		{"length", ok + "Content-Length: 5\r\nX: y\r\n\r\nhello", "hello"},
		{"length in lower case", ok + "content-length:5\r\n\r\nhello", "hello"},
		{"empty body", ok + "Content-Length: 0\r\n\r\n", ""},
		{"chunks", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nB\r\n, you there\r\n0\r\n\r\n", "hello, you there"},
		{"chunks with extensions and a trailer", ok + "transfer-encoding: Chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\nX: y\r\n\r\n", "hi"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connReading(c.response + ok + "Content-Length: 1\r\n\r\nx")
			if err := conn.readResponse(); err != nil || string(conn.body) != c.want {
				t.Fatalf("%q %v, want %q", conn.body, err, c.want)
			}
			if err := conn.readResponse(); err != nil || string(conn.body) != "x" {
				t.Errorf("next response: %q, %v", conn.body, err)
			}
		})
	}
}

func TestResponsesWithoutAnEndAreRejected(t *testing.T) {
	for _, response := range []string{
		"", "HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
	} {
		if err := connReading(response).readResponse(); err == nil {
			t.Errorf("no error for %q", response)
		}
	}
}

func TestOtherStatusIsAnErrorThatQuotesTheBody(t *testing.T) {
	err := connReading("HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy").readResponse()
	if err == nil || !strings.Contains(err.Error(), "503: busy") {
		t.Error(err)
	}
}

func TestNetHTTPResponsesAreRead(t *testing.T) {
	long := strings.Repeat("0123456789", 20_000)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(long); i += 50_000 {
			_, _ = w.Write([]byte(long[i : i+50_000]))
			if r.URL.Path == "/chunks" {
				w.(http.Flusher).Flush()
			}
		}
	}))
	defer server.Close()
	address := server.Listener.Addr().String()
	conn, err := Dial(address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, path := range []string{"/", "/chunks", "/"} {
		if body, err := conn.Do(GetRequest(address, path)); err != nil || string(body) != long {
			t.Errorf("%s: %d bytes, %v", path, len(body), err)
		}
	}
}
