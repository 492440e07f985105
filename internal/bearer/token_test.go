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

func TestValidAcceptsBearerScheme(t *testing.T) {
	tokens := newTokens(t, bearer.Options{Tokens: []string{first, second, third}})
	for _, value := range []string{
		"Bearer " + first, "Bearer " + second, "Bearer " + third,
		"bearer " + first, "BEARER " + first, "bEaReR " + first,
		"Bearer  " + first, "Bearer" + strings.Repeat(" ", 1000) + first,
	} {
		if !tokens.Valid(requestWith(value)) {
			t.Errorf("%.60q is rejected", value)
		}
	}
}

func TestValidRejectsMalformedAuthorization(t *testing.T) {
	long := strings.Repeat("a", 512)
	tokens := newTokens(t, bearer.Options{Tokens: []string{first, second, long}})
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
		if tokens.Valid(requestWith(value)) {
			t.Errorf("%.60q is accepted", value)
		}
	}
	if !tokens.Valid(withToken(long)) {
		t.Error("the token of maximum length is rejected")
	}
}

func TestValidRequiresSingleAuthorizationHeader(t *testing.T) {
	tokens := newTokens(t, bearer.Options{Tokens: []string{first, second}})
	for _, r := range []*http.Request{
		requestWith(), {}, requestWith("Bearer "+first, "Bearer "+first), requestWith("Bearer "+first, "Bearer "+second),
		requestWith("Bearer "+first, ""), requestWith("", "Bearer "+first), requestWith("Basic dTpw", "Bearer "+first),
		{Header: http.Header{"Proxy-Authorization": {"Bearer " + first}}},
		{Header: http.Header{"X-Authorization": {"Bearer " + first}, "Cookie": {"Authorization=Bearer " + first}}},
		httptest.NewRequest(http.MethodGet, "http://"+first+"@localhost/?access_token="+first, nil),
	} {
		if tokens.Valid(r) {
			t.Errorf("%v is accepted", r.Header)
		}
	}
}

// net/http's parsing of the raw header determines what is accepted.
func TestBearerOverHTTP(t *testing.T) {
	tokens := newTokens(t, bearer.Options{Tokens: []string{first}})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !tokens.Valid(r) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	for header, want := range map[string]int{
		"Authorization: Bearer " + first:                                        200,
		"authorization:bearer " + first:                                         200,
		"Authorization: \t Bearer " + first + " \t ":                            200, // white space around a field value is not part of it
		"Authorization: Bearer " + first + "\r\nAuthorization: Bearer " + first: 401,
		"AUTHORIZATION: Bearer " + first + "\r\nauthorization: Basic dTpw":      401,
		"Authorization: Bearer " + first + "\r\nAuthorization:":                 401,
		"Authorization: Bearer " + first + ", Bearer " + first:                  401,
		"Authorization: Bearer\r\n " + first:                                    200, // RFC 9112: an obsolete line folding is replaced by a space
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
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n", header); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func TestFromHeaderReturnsSingleBearerToken(t *testing.T) {
	for value, want := range map[string]string{
		"Bearer a": "a", "bearer a": "a", "BEARER   a": "a", "Bearer a b": "a b", "Bearer a ": "a ", "Bearer \x00": "\x00",
		"": "", " ": "", "Bearer": "", "Bearer ": "", "Bearer  ": "", "a": "", " Bearer a": "", "Bearer\ta": "", "Bearera": "", "Bearer:a": "", "Basic a": "", "Bearers a": "",
	} {
		if got, ok := bearer.FromHeader(requestWith(value).Header); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t, want %q", value, got, ok, want)
		}
	}
	for _, h := range []http.Header{nil, {}, requestWith("Bearer a", "Bearer a").Header, requestWith("Bearer a", "").Header} {
		if got, ok := bearer.FromHeader(h); got != "" || ok {
			t.Errorf("%v: %q, %t", h, got, ok)
		}
	}
}
