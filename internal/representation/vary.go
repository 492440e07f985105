package representation

import (
	"net/http"
	"strings"
)

// AddVary adds the name of a request header to Vary, unless Vary lists it already:
// middleware and the handler that it wraps may both select by it.
func AddVary(h http.Header, name string) {
	for _, line := range h["Vary"] {
		for element := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.Trim(element, " \t"), name) {
				return
			}
		}
	}
	h.Add("Vary", name)
}
