package middleware

import (
	"net/http"
	"strconv"
	"strings"
)

// codingFor chooses zstd or gzip by the request's Accept-Encoding, the heavier
// weight and else zstd, which is smaller in the same time. "" is the answer as
// it is: to HEAD, where neither is named, and where identity weighs more.
//
// An asterisk names neither: it allows identity just as well, and who sends it
// alone often cannot decode anything.
func codingFor(r *http.Request) string {
	if r.Method == http.MethodHead {
		return ""
	}
	zstd, gzip, identity := unnamed, unnamed, unnamed
	for _, line := range r.Header["Accept-Encoding"] {
		for part := range strings.SplitSeq(line, ",") {
			name, parameters, _ := strings.Cut(part, ";")
			switch strings.ToLower(strings.Trim(name, " \t")) {
			case "zstd":
				zstd = min(zstd, weight(parameters))
			case "gzip", "x-gzip":
				gzip = min(gzip, weight(parameters))
			case "identity":
				identity = min(identity, weight(parameters))
			}
		}
	}
	zstd, gzip, identity = known(zstd), known(gzip), known(identity)
	switch {
	case zstd > 0 && zstd >= gzip && zstd >= identity:
		return "zstd"
	case gzip > 0 && gzip >= identity:
		return "gzip"
	default:
		return ""
	}
}

// unnamed is more than any weight, so that the least counts where a coding is
// named more than once.
const unnamed = 2.0

func known(weight float64) float64 {
	if weight == unnamed {
		return 0
	}
	return weight
}

// weight reads "q=0.5". Without one it is 1; one that cannot be read refuses, as
// the answer without a coding suits everybody.
func weight(parameters string) float64 {
	parameters = strings.ToLower(strings.Trim(parameters, " \t"))
	if parameters == "" {
		return 1
	}
	text, ok := strings.CutPrefix(parameters, "q=")
	q, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil || !(q >= 0 && q <= 1) { // nor is NaN
		return 0
	}
	return q
}
