package tracing_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heygen-graphql/internal/tracing"
)

// env returns a getenv function with the given variables, in pairs of name and value.
func env(variables ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(variables); i += 2 {
			if variables[i] == name {
				return variables[i+1]
			}
		}
		return ""
	}
}

func setup(t *testing.T, variables ...string) (*tracing.Tracing, error) {
	traces, err := tracing.Setup(t.Context(), env(variables...), "", slog.New(slog.DiscardHandler))
	t.Cleanup(traces.Shutdown)
	return traces, err
}

func TestTracesAreOffUnlessTheEnvironmentEnablesThem(t *testing.T) {
	const endpoint = "http://127.0.0.1:4318"
	for _, test := range []struct {
		on        bool
		variables []string
	}{
		{false, nil},
		{false, []string{"OTEL_SERVICE_NAME", "api", "OTEL_TRACES_SAMPLER", "unknown"}},
		{false, []string{"OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_TRACES_EXPORTER", "none"}},
		{false, []string{"OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_SDK_DISABLED", "TRUE"}},
		{true, []string{"OTEL_EXPORTER_OTLP_ENDPOINT", endpoint}},
		{true, []string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", endpoint, "OTEL_SDK_DISABLED", "false"}},
		{true, []string{"OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"}},
		{true, []string{"OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"}},
	} {
		if traces, err := setup(t, test.variables...); err != nil || (traces != nil) != test.on {
			t.Errorf("%v: %v, %v", test.variables, traces, err)
		}
	}
}

func TestInvalidVariablesAreNamed(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "secret.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, values := range map[string][]string{
		"OTEL_TRACES_EXPORTER":                   {"secret", "otlp,none", "console"},
		"OTEL_SDK_DISABLED":                      {"secret"},
		"OTEL_EXPORTER_OTLP_PROTOCOL":            {"grpc", "http/json", "secret"},
		"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL":     {"grpc"},
		"OTEL_EXPORTER_OTLP_ENDPOINT":            {"secret", "secret:4318", "http://", "ftp://secret", "http://user:secret@host", "http://host?key=secret", "://"},
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT":     {"secret"},
		"OTEL_EXPORTER_OTLP_HEADERS":             {"secret", "a b=secret", "a=%secret", "a=%0Asecret", "=secret"},
		"OTEL_EXPORTER_OTLP_TRACES_HEADERS":      {"secret"},
		"OTEL_EXPORTER_OTLP_TIMEOUT":             {"10s", "0", "-1", "99999999999999999999"},
		"OTEL_EXPORTER_OTLP_COMPRESSION":         {"zstd"},
		"OTEL_EXPORTER_OTLP_INSECURE":            {"1"},
		"OTEL_EXPORTER_OTLP_CERTIFICATE":         {"/missing/secret", empty},
		"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE":  {"/missing/secret"},
		"OTEL_TRACES_SAMPLER":                    {"secret", "jaeger_remote"},
		"OTEL_TRACES_SAMPLER_ARG":                {"secret", "1.1", "-0.1", "NaN"},
		"OTEL_RESOURCE_ATTRIBUTES":               {"secret", "a=%secret", "a=b,"},
		"OTEL_PROPAGATORS":                       {"b3", "none"},
		"OTEL_BSP_SCHEDULE_DELAY":                {"0", "secret"},
		"OTEL_BSP_MAX_QUEUE_SIZE":                {"0", "1e3", "2147483647"},
		"OTEL_BSP_MAX_EXPORT_BATCH_SIZE":         {"0", "2147483647"},
		"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT":        {"secret"},
		"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT": {"1.5"},
	} {
		for _, value := range values {
			variables := []string{name, value}
			if name != "OTEL_TRACES_EXPORTER" {
				variables = append(variables, "OTEL_TRACES_EXPORTER", "otlp")
			}
			_, err := setup(t, variables...)
			if err == nil || !strings.HasPrefix(err.Error(), name+": must ") || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		}
	}
}

func TestStandardVariablesConfigureTheSDK(t *testing.T) {
	r := newReceiver(t)
	for name, value := range map[string]string{
		"OTEL_SERVICE_NAME": "avatars", "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test", "OTEL_PROPAGATORS": "tracecontext,baggage",
		"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "1", "OTEL_EXPORTER_OTLP_HEADERS": "x-key=a%20b",
	} {
		t.Setenv(name, value)
	}
	traces, err := tracing.Setup(t.Context(), os.Getenv, "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, operation := traces.Operations()(t.Context())
	operation.End(record)
	traces.Shutdown()
	if got := attributes(r.resource); got["service.name"] != "avatars" || got["deployment.environment.name"] != "test" {
		t.Error(got)
	}
	r.only(t, "query ForAVideo")
}
