package representation

import (
	"net/http"
	"strings"
	"testing"
)

func TestNegotiateEncodingPrefersGreatestWeight(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"gzip, deflate, br, zstd"}, "zstd"}, // Chromium and Firefox
		{[]string{"gzip, deflate, br"}, "gzip"},       // Safari
		{[]string{"gzip"}, "gzip"},                    // Go
		{[]string{"x-gzip"}, "gzip"},
		{[]string{"zstd"}, "zstd"},
		{[]string{"GZIP"}, "gzip"},
		{[]string{"br, deflate"}, ""},
		{[]string{"gzipped, xgzip, gzip2"}, ""},
		{[]string{"identity"}, ""},
		{[]string{"*"}, ""},
		{[]string{"*;q=1"}, ""},
		{[]string{"*;q=0, gzip"}, "gzip"},
		{[]string{"gzip;q=0"}, ""},
		{[]string{"gzip;q=0.000"}, ""},
		{[]string{"gzip;q=0, *"}, ""},
		{[]string{"gzip;q=0, zstd"}, "zstd"},
		{[]string{"gzip, zstd;q=0"}, "gzip"},
		{[]string{"gzip;q=0.9, zstd;q=0.8"}, "gzip"},
		{[]string{"gzip;q=0.8, zstd;q=0.9"}, "zstd"},
		{[]string{"gzip;q=0.5, zstd;q=0.5"}, "zstd"},
		{[]string{"gzip;q=0.5, identity"}, ""},
		{[]string{"zstd;q=0.4, gzip;q=0.5, identity;q=0.45"}, "gzip"},
		{[]string{"zstd;q=0.5, identity"}, ""},
		{[]string{"gzip, identity"}, "gzip"},
		{[]string{"gzip, identity;q=0"}, "gzip"},
		{[]string{" gzip ; Q=1 "}, "gzip"},
		{[]string{"\tgzip\t;\tq=0\t"}, ""},
		{[]string{"identity", "gzip"}, "gzip"}, // two lines are one field
		{[]string{"gzip", "gzip;q=0"}, ""},
		{[]string{"gzip, gzip;q=0"}, ""},
		{[]string{"gzip;q=0, gzip"}, ""},
		{[]string{"gzip;q=NaN"}, ""},
		{[]string{"zstd, gzip;q=NaN"}, "zstd"},
		{[]string{"gzip;q=Inf"}, ""},
		{[]string{"gzip;q=-1"}, ""},
		{[]string{"gzip;q=2"}, ""},
		{[]string{"gzip;q="}, ""},
		{[]string{"gzip;q"}, ""},
		{[]string{"gzip;level=9"}, ""},
		{[]string{"gzip;q=1;q=0"}, ""},
		{[]string{"gzip;q=\"1\""}, ""},
		{[]string{";q=1,,,gzip"}, "gzip"},
		{[]string{strings.Repeat(",", 60_000) + "gzip"}, "gzip"},
		{[]string{strings.Repeat("gzip;q=1,", 7_000) + "gzip;q=0"}, ""},
	} {
		if got := NegotiateEncoding(http.Header{"Accept-Encoding": c.lines}); got != c.want {
			t.Errorf("%.60q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestAcceptsGzipIgnoresOtherCodings(t *testing.T) {
	for line, want := range map[string]bool{
		"": false, "*": false, "identity": false, "gzipped": false,
		"gzip": true, "GZIP": true, "zstd, gzip;q=0.1": true, "gzip;q=0.5, identity": true, "deflate,gzip , br": true,
		"gzip;q=0": false, "gzip;q=0.0": false, "gzip;q=x": false, "zstd, gzip;q=0": false, "gzip, gzip;q=0": false,
	} {
		if got := acceptsGzip(http.Header{"Accept-Encoding": {line}}); got != want {
			t.Errorf("%q: %t, want %t", line, got, want)
		}
	}
	if acceptsGzip(nil) {
		t.Error("no header accepts gzip")
	}
}
