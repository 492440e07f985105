package tracing_test

import (
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"heygen-graphql/internal/tracing"
)

// export ends one span, exports it as the variables say, and returns the log.
func export(t *testing.T, variables ...string) string {
	t.Helper()
	log := &logBuffer{}
	traces, err := tracing.Setup(t.Context(), env(variables...), "", slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	_, operation := traces.Operations()(t.Context())
	operation.End(record)
	traces.Shutdown()
	return log.String()
}

func TestEnvironmentChoosesTheRequestOfAnExport(t *testing.T) {
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
	}))
	defer server.Close()
	for _, test := range []struct {
		path      string
		variables []string
	}{
		{"/v1/traces", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", server.URL}},
		{"/v1/traces", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", server.URL + "/"}},
		{"/tenant/v1/traces", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", " " + server.URL + "/tenant "}},
		{"/complete", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", server.URL + "/complete"}},
		{"/", []string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", server.URL}},
	} {
		got = nil
		headers := []string{
			"OTEL_EXPORTER_OTLP_HEADERS", "x-key=general", "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-key=a%20b, x-other = c",
			"OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
		}
		if log := export(t, append(headers, test.variables...)...); log != "" || got == nil {
			t.Errorf("%v: %s", test.variables, log)
			continue
		}
		if got.Method != http.MethodPost || got.URL.Path != test.path || got.Header.Get("X-Key") != "a b" || got.Header.Get("X-Other") != "c" || got.Header.Get("Content-Type") != "application/x-protobuf" {
			t.Errorf("%v: %s %s, %v", test.variables, got.Method, got.URL.Path, got.Header)
		}
		r, err := gzip.NewReader(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		if content, _ := io.ReadAll(r); got.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(string(content), "query ForAVideo") {
			t.Errorf("%s: %q", got.Header.Get("Content-Encoding"), content)
		}
	}
}

func TestOTLPClientIdentifiesItselfAndVerifiesTheReceiver(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert}
	server.StartTLS()
	defer server.Close()
	privateKey, err := x509.MarshalPKCS8PrivateKey(server.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	var certificate, key strings.Builder
	_ = pem.Encode(&certificate, &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	_ = pem.Encode(&key, &pem.Block{Type: "PRIVATE KEY", Bytes: privateKey})
	dir := t.TempDir()
	certificateFile, keyFile := filepath.Join(dir, "certificate.pem"), filepath.Join(dir, "key.pem")
	for name, content := range map[string]string{certificateFile: certificate.String(), keyFile: key.String()} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	endpoint := []string{"OTEL_EXPORTER_OTLP_ENDPOINT", server.URL}
	if log := export(t, endpoint...); !strings.Contains(log, "invalid certificate") {
		t.Errorf("the system's roots: %s", log)
	}
	trusted := append(endpoint, "OTEL_EXPORTER_OTLP_CERTIFICATE", certificateFile)
	if log := export(t, trusted...); !strings.Contains(log, "exporting traces failed") {
		t.Errorf("without a client certificate: %s", log)
	}
	if log := export(t, append(trusted, "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", certificateFile, "OTEL_EXPORTER_OTLP_CLIENT_KEY", keyFile)...); log != "" {
		t.Errorf("with a client certificate: %s", log)
	}
}

func TestExportsAreRetriedWhereARetryMaySucceed(t *testing.T) {
	for status, attempts := range map[int]int32{429: 2, 502: 2, 503: 2, 504: 2, 400: 1, 401: 1, 500: 1} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			var got atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if got.Add(1) == 1 {
					w.WriteHeader(status)
				}
			}))
			defer server.Close()
			log := export(t, "OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
			if got.Load() != attempts || (log == "") != (attempts == 2) {
				t.Errorf("%d attempts, want %d; log %s", got.Load(), attempts, log)
			}
		})
	}
}

// A redirect would send the headers, which may hold a key, to another host.
func TestExportsFollowNoRedirect(t *testing.T) {
	followed := atomic.Bool{}
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Store(true) }))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	log := export(t, "OTEL_EXPORTER_OTLP_ENDPOINT", server.URL, "OTEL_EXPORTER_OTLP_HEADERS", "x-key=secret")
	if followed.Load() || !strings.Contains(log, "rejected by the receiver") {
		t.Errorf("followed %t; log %s", followed.Load(), log)
	}
}

func TestPartialSuccessIsLoggedIfItRejectsSpans(t *testing.T) {
	partial := func(rejected uint64) string {
		content := protowire.AppendString(protowire.AppendTag(nil, 2, protowire.BytesType), "secret")
		content = protowire.AppendVarint(protowire.AppendTag(content, 1, protowire.VarintType), rejected)
		return string(protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), content))
	}
	for name, test := range map[string]struct {
		ack    string
		logged bool
	}{
		"success":       {"", false},
		"a warning":     {partial(0), false},
		"some rejected": {partial(3), true},
		"cut off":       {partial(3)[:4], false},
		"another form":  {"{}", false},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, test.ack) }))
		log := export(t, "OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
		server.Close()
		if strings.Contains(log, "rejected by the receiver") != test.logged || strings.Contains(log, "secret") {
			t.Errorf("%s: %s", name, log)
		}
	}
}
