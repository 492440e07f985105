package bearer_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-graphql/internal/bearer"
)

func TestWhatShowsAToken(t *testing.T) {
	held := newTokens(t, bearer.Options{Tokens: []string{first, second, third}})
	for _, value := range []string{
		"Bearer " + first, "Bearer " + second, "Bearer " + third,
		"bearer " + first, "BEARER " + first, "bEaReR " + first,
		"Bearer  " + first, "Bearer" + strings.Repeat(" ", 1000) + first,
	} {
		if !held.Valid(showing(value)) {
			t.Errorf("%.60q is refused", value)
		}
	}
}

func TestWhatShowsNone(t *testing.T) {
	long := strings.Repeat("a", 512)
	held := newTokens(t, bearer.Options{Tokens: []string{first, second, long}})
	sum := sha256.Sum256([]byte(first))
	for _, value := range []string{
		"", " ", "Bearer", "Bearer ", "Bearer  ", first, " " + first, "Bearer" + first, "Bearer:" + first, "Bearer=" + first,
		" Bearer " + first, "\tBearer " + first, "Bearer\t" + first, "Bearer \t" + first, "Bearer\t " + first,
		"Bearer " + first + " ", "Bearer " + first + "\t", "Bearer " + first + "\r\n", "Bearer " + first + "\x00", "Bearer \x00" + first,
		"Bearer " + first + "=", "Bearer " + first[1:], "Bearer " + first[:len(first)-1], "Bearer " + second[:len(second)-1],
		"Bearer " + strings.ToUpper(first), "Bearer " + first + first, "Bearer " + first + " " + first,
		"Bearer " + first + "," + second, "Bearer " + first + ", Bearer " + first, "Bearer " + first + ",", "Bearer ," + first,
		"Bearer Bearer " + first, `Bearer "` + first + `"`, "Bearer token=" + first, "Bearer " + first + ";q=1",
		"Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+first)), "Basic " + first, "Token " + first, "Bear " + first, "Bearers " + first,
		"Beareг " + first, "Ｂearer " + first, "Be\u0430rer " + first, "Bearer\u00a0" + first, "Bearer\u2003" + first, "Bearer\u200b " + first,
		"Bearer \u200b" + first, "Bearer " + strings.Replace(first, "i", "ı", 1), "Bearer " + strings.Replace(first, "s", "ſ", 1), "Bearer \xff" + first,
		"Bearer " + long + "a", "Bearer " + long[1:], "Bearer " + strings.Repeat("a", 1<<20), strings.Repeat("Bearer ", 1<<16) + first,
		fmt.Sprintf("Bearer %x", sum), fmt.Sprintf("Bearer %X", sum), "Bearer " + string(sum[:]),
		"Bearer " + base64.StdEncoding.EncodeToString(sum[:]), "Bearer " + base64.RawURLEncoding.EncodeToString(sum[:]),
		"Bearer ================", "Bearer " + strings.Repeat("=", 64),
	} {
		if held.Valid(showing(value)) {
			t.Errorf("%.60q is taken", value)
		}
	}
	if !held.Valid(withToken(long)) {
		t.Error("the longest token is refused")
	}
}

func TestOneAuthorizationHeaderAndNoOther(t *testing.T) {
	held := newTokens(t, bearer.Options{Tokens: []string{first, second}})
	for _, r := range []*http.Request{
		showing(), {}, showing("Bearer "+first, "Bearer "+first), showing("Bearer "+first, "Bearer "+second),
		showing("Bearer "+first, ""), showing("", "Bearer "+first), showing("Basic dTpw", "Bearer "+first),
		{Header: http.Header{"Proxy-Authorization": {"Bearer " + first}}},
		{Header: http.Header{"X-Authorization": {"Bearer " + first}, "Cookie": {"Authorization=Bearer " + first}}},
		httptest.NewRequest(http.MethodGet, "http://"+first+"@localhost/?access_token="+first, nil),
	} {
		if held.Valid(r) {
			t.Errorf("%v is taken", r.Header)
		}
	}
}

// What net/http makes of what stands on the wire is part of what is taken.
func TestOnTheWire(t *testing.T) {
	held := newTokens(t, bearer.Options{Tokens: []string{first}})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !held.Valid(r) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	for header, want := range map[string]int{
		"Authorization: Bearer " + first:                                        200,
		"authorization:bearer " + first:                                         200,
		"Authorization: \t Bearer " + first + " \t ":                            200, // the space around a value is not part of it
		"Authorization: Bearer " + first + "\r\nAuthorization: Bearer " + first: 401,
		"AUTHORIZATION: Bearer " + first + "\r\nauthorization: Basic dTpw":      401,
		"Authorization: Bearer " + first + "\r\nAuthorization:":                 401,
		"Authorization: Bearer " + first + ", Bearer " + first:                  401,
		"Authorization: Bearer\r\n " + first:                                    200, // RFC 9112: a folded line is one, with a space where it was folded
		"Authorization : Bearer " + first:                                       400,
		"Authorization: Bearer " + first + "\x00":                               400,
		"Authorization: Bearer \t" + first:                                      401,
		"Authorization: Bearer\t" + first:                                       401,
		"Authorization: Bearer " + strings.Repeat(" ", 1<<12) + first:           200,
		"Authorization: " + strings.Repeat("Bearer ", 1<<12) + first:            401,
		"X-Authorization: Bearer " + first:                                      401,
		"Authorization: Bearer " + strings.Replace(first, "i", "\xc4\xb1", 1):   401,
	} {
		if got := send(t, server.Listener.Addr().String(), header); got != want {
			t.Errorf("%.80q: %d, want %d", header, got, want)
		}
	}
}

func send(t *testing.T, address, header string) int {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := fmt.Fprintf(connection, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n", header); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}
