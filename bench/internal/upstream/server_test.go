package upstream

import (
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
)

func startTestServer(t *testing.T, groups int) (base string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := Serve(listener, New(groups))
	t.Cleanup(server.Close)
	return "http://" + listener.Addr().String()
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	contents, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(contents)
}

func TestServerRespondsAndCountsCalls(t *testing.T) {
	base, c := startTestServer(t, 60), New(60)
	targets := []string{
		"/v3/avatars?limit=50", PageAfter(50, 50), "/v3/avatars/" + c.Group(3).ID,
		"/v3/avatars/looks?limit=2&group_id=" + c.Group(3).ID, "/v3/voices/" + c.Voice(3).ID,
	}
	var clients sync.WaitGroup
	for _, target := range targets {
		clients.Go(func() {
			if status, body := get(t, base+target); status != 200 || body != string(c.Body(target)) {
				t.Errorf("%s: %d %.100s", target, status, body)
			}
		})
	}
	clients.Wait()
	if status, _ := get(t, base+"/v3/avatars?limit=99"); status != 400 {
		t.Errorf("invalid limit: status %d", status)
	}
	if status, _ := get(t, base+"/v3/avatars/none"); status != 404 {
		t.Errorf("unknown group: status %d", status)
	}
	if _, got := get(t, base+"/control"); got != `{"groups":3,"group":2,"looks":1,"voice":1}` {
		t.Error(got)
	}
}

func TestControlSetsLengthOfCatalogue(t *testing.T) {
	base := startTestServer(t, 60)
	get(t, base+"/control?groups=10&delay=1us")
	_, body := get(t, base+"/v3/avatars?limit=50")
	if page := decode[list[Group]](t, []byte(body)); len(page.Data) != 10 || page.HasMore {
		t.Errorf("%d groups", len(page.Data))
	}
	for _, query := range []string{"groups=0", "groups=x", "delay=5", "delay=-1s"} {
		if status, _ := get(t, base+"/control?"+query); status != 400 {
			t.Errorf("%s: status %d", query, status)
		}
	}
}

func TestServerHonoursConnectionClose(t *testing.T) {
	conn, err := net.Dial("tcp", startTestServer(t, 1)[len("http://"):])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /control HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil { // until EOF
		t.Fatal(err)
	}
}
