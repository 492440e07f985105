package tracing

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// invalid returns the error of a variable. It does not repeat the value, which may be a key.
func invalid(variable, expected string) error { return errors.New(variable + ": " + expected) }

// enabled reports whether the environment enables traces.
func enabled(getenv func(string) string) (bool, error) {
	switch disabled := strings.ToLower(getenv("OTEL_SDK_DISABLED")); disabled {
	case "true":
		return false, nil
	case "", "false":
	default:
		return false, invalid("OTEL_SDK_DISABLED", "must be true or false")
	}
	switch getenv("OTEL_TRACES_EXPORTER") {
	case "none":
		return false, nil
	case "otlp":
		return true, nil
	case "":
		return getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "", nil
	default:
		return false, invalid("OTEL_TRACES_EXPORTER", "must be otlp or none")
	}
}

// variable is one that the SDK or otlpClient reads: how to check a value, and what is expected of it.
type variable struct {
	names    []string
	valid    func(value string) bool
	expected string
}

// signalNames returns the two names of a variable of the exporter.
func signalNames(suffix string) []string {
	return []string{"OTEL_EXPORTER_OTLP_" + suffix, "OTEL_EXPORTER_OTLP_TRACES_" + suffix}
}

const mustBeAttributes = "must be a list of name=value, percent-encoded, separated by commas"

var variables = []variable{
	{signalNames("ENDPOINT"), isEndpoint, "must be an http or https URL with a host, without credentials or query"},
	{signalNames("HEADERS"), areHeaders, "must be a list of name=value, percent-encoded, separated by commas"},
	{signalNames("COMPRESSION"), oneOf("gzip", "none"), "must be gzip or none"},
	{signalNames("INSECURE"), oneOf("true", "false"), "must be true or false"},
	{signalNames("TIMEOUT"), isPositive, "must be a positive number of milliseconds"},
	{signalNames("CERTIFICATE"), isCertificateFile, "must be a readable file of PEM certificates"},
	{[]string{"OTEL_RESOURCE_ATTRIBUTES"}, areAttributes, mustBeAttributes},
	{[]string{"OTEL_TRACES_SAMPLER"}, oneOf("always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"),
		"must be always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or parentbased_traceidratio"},
	{[]string{"OTEL_TRACES_SAMPLER_ARG"}, isRatio, "must be a number from 0 to 1"},
	{[]string{"OTEL_PROPAGATORS"}, includesTraceContext, "must include tracecontext, the only one that is supported"},
	{[]string{"OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT"}, isPositive, "must be a positive number of milliseconds"},
	{[]string{"OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE"}, isQueueSize, "must be a number from 1 to 1,000,000"},
	{[]string{
		"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
		"OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
	}, isNumber, "must be a number"},
}

// check returns the error of the first invalid variable.
func check(getenv func(string) string) error {
	for _, v := range variables {
		for _, name := range v.names {
			if value := getenv(name); value != "" && !v.valid(strings.TrimSpace(value)) {
				return invalid(name, v.expected)
			}
		}
	}
	general, own := signalNames("PROTOCOL")[0], signalNames("PROTOCOL")[1]
	protocol := own
	if getenv(own) == "" {
		protocol = general
	}
	if !oneOf("", "http/protobuf")(strings.TrimSpace(getenv(protocol))) {
		return invalid(protocol, "must be http/protobuf")
	}
	for i, certificateName := range signalNames("CLIENT_CERTIFICATE") {
		certificate, key := getenv(certificateName), getenv(signalNames("CLIENT_KEY")[i])
		if certificate == "" && key == "" {
			continue
		}
		if _, err := tls.LoadX509KeyPair(certificate, key); err != nil {
			return invalid(certificateName, "must be a readable file of a PEM certificate, and "+signalNames("CLIENT_KEY")[i]+" that of its key")
		}
	}
	return nil
}

func oneOf(values ...string) func(string) bool {
	return func(value string) bool { return slices.Contains(values, strings.ToLower(value)) }
}

func isEndpoint(value string) bool {
	u, err := url.Parse(value)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

var (
	headerName  = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")
	headerValue = regexp.MustCompile(`^[ -~]*$`)
)

func areHeaders(value string) bool {
	for pair := range strings.SplitSeq(value, ",") {
		name, escaped, found := strings.Cut(pair, "=")
		content, err := url.PathUnescape(escaped)
		if !found || err != nil || !headerName.MatchString(strings.TrimSpace(name)) || !headerValue.MatchString(content) {
			return false
		}
	}
	return true
}

func areAttributes(value string) bool {
	for pair := range strings.SplitSeq(value, ",") {
		_, escaped, found := strings.Cut(pair, "=")
		if _, err := url.PathUnescape(escaped); err != nil || !found {
			return false
		}
	}
	return true
}

func isNumber(value string) bool {
	_, err := strconv.Atoi(value)
	return err == nil
}

func isPositive(value string) bool {
	n, err := strconv.Atoi(value)
	return err == nil && n > 0 && n < 1<<31
}

// isQueueSize bounds the memory that the SDK allocates at the start, 16 bytes for each span.
func isQueueSize(value string) bool {
	n, err := strconv.Atoi(value)
	return err == nil && n > 0 && n <= 1_000_000
}

func isRatio(value string) bool {
	ratio, err := strconv.ParseFloat(value, 64)
	return err == nil && ratio >= 0 && ratio <= 1
}

func includesTraceContext(value string) bool {
	for name := range strings.SplitSeq(value, ",") {
		if strings.TrimSpace(name) == "tracecontext" {
			return true
		}
	}
	return false
}

func isCertificateFile(name string) bool {
	certificates, err := os.ReadFile(name)
	return err == nil && x509.NewCertPool().AppendCertsFromPEM(certificates)
}
