package caller

import "net/http"

// maxClientName is the maximum length of a client's name and of its version, in bytes.
const maxClientName = 64

// Client returns the name and the version that a client says it has, by the headers
// of Apollo's clients or their successors. They are empty if they are missing, too long, or
// not visible ASCII: any client may send anything.
func Client(h http.Header) (name, version string) {
	return firstLabel(h["Graphql-Client-Name"], h["Apollographql-Client-Name"]),
		firstLabel(h["Graphql-Client-Version"], h["Apollographql-Client-Version"])
}

// firstLabel returns the value of the first header that occurs, if it is usable.
func firstLabel(headers ...[]string) string {
	for _, values := range headers {
		if len(values) == 0 {
			continue
		}
		value := values[0]
		if len(values) > 1 || len(value) > maxClientName {
			return ""
		}
		for _, c := range []byte(value) {
			if c <= ' ' || c > '~' {
				return ""
			}
		}
		return value
	}
	return ""
}
