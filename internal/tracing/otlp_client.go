package tracing

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

const (
	defaultEndpoint = "http://localhost:4318"
	tracesPath      = "/v1/traces"
	defaultTimeout  = 10 * time.Second

	// maxAckBytes bounds what is read of a response. It says how many spans were rejected, and why.
	maxAckBytes = 64 << 10
)

// The waits between the attempts of an export, unless the receiver says when to retry. The SDK ends an export after
// OTEL_BSP_EXPORT_TIMEOUT, 30 s by default.
const (
	firstRetry = 500 * time.Millisecond
	maxRetry   = 10 * time.Second
)

// errRejected is the error of a response that is not a success.
var errRejected = errors.New("the receiver rejected the spans")

// otlpClient posts spans to the OTLP/HTTP receiver that the environment names. It implements [otlptrace.Client], in place
// of otlptracehttp, which depends on gRPC: 14 MB of a stripped binary of 44, as gRPC's own traces use html/template,
// whose reflection makes the linker keep every exported method of every dependency.
type otlpClient struct {
	url     string
	header  http.Header
	gzip    bool
	client  *http.Client
	timeout time.Duration // of an attempt
}

// newOTLPClient returns the receiver of the environment, whose variables check has checked.
func newOTLPClient(getenv func(string) string) *otlpClient {
	value := func(suffix string) string {
		names := signalNames(suffix)
		if own := strings.TrimSpace(getenv(names[1])); own != "" {
			return own
		}
		return strings.TrimSpace(getenv(names[0]))
	}
	c := &otlpClient{
		url:     endpoint(getenv),
		header:  http.Header{"Content-Type": {"application/x-protobuf"}},
		gzip:    strings.EqualFold(value("COMPRESSION"), "gzip"),
		timeout: defaultTimeout,
	}
	if ms, err := strconv.Atoi(value("TIMEOUT")); err == nil {
		c.timeout = time.Duration(ms) * time.Millisecond
	}
	if c.gzip {
		c.header.Set("Content-Encoding", "gzip")
	}
	for pair := range strings.SplitSeq(value("HEADERS"), ",") {
		if name, escaped, found := strings.Cut(pair, "="); found {
			content, _ := url.PathUnescape(escaped)
			c.header.Set(strings.TrimSpace(name), strings.TrimSpace(content))
		}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = tlsConfig(value)
	c.client = &http.Client{
		Transport: transport,
		// A redirect could send the headers, which may hold a key, to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// endpoint returns the URL of the receiver: that of all signals is a base, that of traces is complete.
func endpoint(getenv func(string) string) string {
	names := signalNames("ENDPOINT")
	if own := strings.TrimSpace(getenv(names[1])); own != "" {
		return own
	}
	base := strings.TrimSpace(getenv(names[0]))
	if base == "" {
		base = defaultEndpoint
	}
	return strings.TrimRight(base, "/") + tracesPath
}

// tlsConfig returns a configuration with the roots and the client certificate that the environment names.
func tlsConfig(value func(suffix string) string) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if name := value("CERTIFICATE"); name != "" {
		if certificates, err := os.ReadFile(name); err == nil {
			config.RootCAs = x509.NewCertPool()
			config.RootCAs.AppendCertsFromPEM(certificates)
		}
	}
	if name := value("CLIENT_CERTIFICATE"); name != "" {
		if pair, err := tls.LoadX509KeyPair(name, value("CLIENT_KEY")); err == nil {
			config.Certificates = []tls.Certificate{pair}
		}
	}
	return config
}

// Start implements [otlptrace.Client].
func (*otlpClient) Start(context.Context) error { return nil }

// Stop implements [otlptrace.Client]. The exporter ends what is in flight.
func (c *otlpClient) Stop(context.Context) error {
	c.client.CloseIdleConnections()
	return nil
}

// UploadTraces implements [otlptrace.Client]. It retries what may pass, until ctx ends.
func (c *otlpClient) UploadTraces(ctx context.Context, spans []*otlp.ResourceSpans) error {
	// TracesData has the encoding of ExportTraceServiceRequest, whose package needs gRPC.
	body, err := proto.Marshal(&otlp.TracesData{ResourceSpans: spans})
	if err != nil {
		return err
	}
	if c.gzip {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(body) // a Buffer does not fail
		_ = w.Close()
		body = b.Bytes()
	}
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval = firstRetry, maxRetry
	var last error // unlike that of Retry, never the end of ctx between two attempts
	_, err = backoff.Retry(ctx, func() (struct{}, error) {
		last = c.post(ctx, body)
		return struct{}{}, last
	}, backoff.WithBackOff(waits), backoff.WithMaxElapsedTime(0))
	if err == nil {
		return nil
	}
	return last
}

// post makes one attempt. Its error is a permanent one, unless a retry may succeed.
func (c *otlpClient) post(ctx context.Context, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(err)
	}
	req.Header = c.header.Clone()
	resp, err := c.client.Do(req)
	if errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if err != nil {
		return backoff.Permanent(err) // a server that stops does not wait for a receiver that is down
	}
	defer func() { _ = resp.Body.Close() }()
	ack, err := io.ReadAll(io.LimitReader(resp.Body, maxAckBytes))
	if err != nil {
		return err
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 {
			return errors.Join(errRejected, backoff.RetryAfter(seconds))
		}
		return errRejected
	}
	if resp.StatusCode/100 != 2 || rejectedSpans(ack) > 0 {
		return backoff.Permanent(errRejected)
	}
	return nil
}

// rejectedSpans returns how many spans a successful response rejects: its field 1 is a message whose field 1 is their
// number. It is 0 if the response is of another form.
func rejectedSpans(ack []byte) (rejected uint64) {
	partial, _ := field(ack, 1, protowire.BytesType)
	content, _ := protowire.ConsumeBytes(partial)
	number, ok := field(content, 1, protowire.VarintType)
	if !ok {
		return 0
	}
	rejected, _ = protowire.ConsumeVarint(number)
	return rejected
}

// field returns the rest of a message from the value of its first field of this number and type.
func field(message []byte, number protowire.Number, kind protowire.Type) ([]byte, bool) {
	for len(message) > 0 {
		gotNumber, gotKind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return nil, false
		}
		message = message[n:]
		if gotNumber == number && gotKind == kind {
			return message, true
		}
		if n = protowire.ConsumeFieldValue(gotNumber, gotKind, message); n < 0 {
			return nil, false
		}
		message = message[n:]
	}
	return nil, false
}
