package httptransport

import (
	"strings"
	"testing"
)

func TestValuesOfABodyAreCountedOutsideOfStrings(t *testing.T) {
	many := strings.Repeat(",", maxJSONValues+1)
	for body, within := range map[string]bool{
		`{"query":"{ a(x: [1` + many + `]) }"}`:                                true,
		`{"query":"{ a(x: \"` + many + `\") }"}`:                               true,
		`{"query":"\\` + many + `"}`:                                           true,
		`{"query":"` + strings.Repeat("{", maxJSONValues+1) + `"}`:             true,
		`{"variables":{"ids":[1` + strings.Repeat(",1", maxJSONValues) + `]}}`: false,
		`{"query":"\\","variables":` + strings.Repeat("[", maxJSONValues+1):    false,
	} {
		if got := countJSONValues([]byte(body)) <= maxJSONValues; got != within {
			t.Errorf("%.40s… is within the limit: %t", body, got)
		}
	}
}
