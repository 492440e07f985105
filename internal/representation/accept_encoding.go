package representation

import (
	"net/http"
	"strconv"
	"strings"
)

// acceptEncoding holds the weights (qvalues) of the codings in an
// Accept-Encoding field, RFC 9110, section 12.5.3. A coding that is not listed
// has weight 0.
//
// An asterisk counts for none of them: it allows identity just as well, and
// clients that send it alone often cannot decode anything.
type acceptEncoding struct{ zstd, gzip, identity float64 }

// notListed exceeds every weight, so that the minimum wins where a coding is
// listed more than once.
const notListed = 2.0

func parseAcceptEncoding(h http.Header) acceptEncoding {
	zstd, gzip, identity := notListed, notListed, notListed
	for _, line := range h["Accept-Encoding"] {
		for element := range strings.SplitSeq(line, ",") {
			coding, parameters, _ := strings.Cut(element, ";")
			switch strings.ToLower(strings.Trim(coding, " \t")) {
			case "zstd":
				zstd = min(zstd, qvalue(parameters))
			case "gzip", "x-gzip":
				gzip = min(gzip, qvalue(parameters))
			case "identity":
				identity = min(identity, qvalue(parameters))
			}
		}
	}
	return acceptEncoding{orZero(zstd), orZero(gzip), orZero(identity)}
}

// qvalue parses "q=0.5". It returns 1 for an empty string, and 0 for a malformed
// one, since every client accepts a response without a coding.
func qvalue(parameters string) float64 {
	parameters = strings.ToLower(strings.Trim(parameters, " \t"))
	if parameters == "" {
		return 1
	}
	value, ok := strings.CutPrefix(parameters, "q=")
	q, err := strconv.ParseFloat(value, 64)
	if !ok || err != nil || !(q >= 0 && q <= 1) { // also rejects NaN
		return 0
	}
	return q
}

func orZero(weight float64) float64 {
	if weight == notListed {
		return 0
	}
	return weight
}

// acceptsGzip reports whether a request's header lists gzip in Accept-Encoding
// with a weight above 0, whatever other codings weigh.
func acceptsGzip(h http.Header) bool { return parseAcceptEncoding(h).gzip > 0 }

// NegotiateEncoding returns the coding for the response to a request with this header:
// zstd or gzip, the one of greater weight, and zstd if they are equal, which is smaller
// in the same time. It returns "" for no coding: if neither is listed, or identity
// weighs more.
//
// gzhttp's own negotiation does not replace it. That ignores the weight of
// identity, x-gzip, and all header lines but the first; it takes the first
// weight of a coding that is listed twice; and it accepts malformed weights
// such as "q=2" and "level=9".
func NegotiateEncoding(h http.Header) string {
	accept := parseAcceptEncoding(h)
	switch {
	case accept.zstd > 0 && accept.zstd >= accept.gzip && accept.zstd >= accept.identity:
		return "zstd"
	case accept.gzip > 0 && accept.gzip >= accept.identity:
		return "gzip"
	default:
		return ""
	}
}
