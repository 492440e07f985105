package tracing

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"syscall"

	"heygen-graphql/internal/logsample"
)

// failureLog logs failures of the SDK, at most once a minute. Their texts contain the URL of
// the receiver and what it responded, so it logs a cause instead.
type failureLog struct {
	log     *slog.Logger
	sampler logsample.Sampler
}

func (l *failureLog) report(err error) {
	if suppressed, ok := l.sampler.Allow(); ok {
		l.log.Warn("exporting traces failed", "cause", cause(err), "suppressed", suppressed)
	}
}

// cause returns why an export failed.
func cause(err error) string {
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return "timeout"
	}
	if errors.Is(err, context.Canceled) {
		return "the server stopped"
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "host not found"
	}
	if e, ok := errors.AsType[syscall.Errno](err); ok {
		return e.Error() // such as connection refused
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "invalid certificate"
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return "connection failed"
	}
	return "rejected by the receiver"
}
