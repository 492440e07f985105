package model

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIDSyntaxMatchesRegularExpressions(t *testing.T) {
	typeName, heygenID := regexp.MustCompile(`^[A-Z][A-Za-z]{4,}$`), regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.~-]{0,127}$`)
	for _, s := range []string{"", "Voice", "Voic", "voice", "Voice1", strings.Repeat("a", 128), strings.Repeat("a", 129), "_a", "a_", "a/b", "a\nb", "é", "aé"} {
		if isTypeName(s) != typeName.MatchString(s) || isHeyGenID(s) != heygenID.MatchString(s) {
			t.Errorf("%q", s)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		s := string(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]byte("aZ09_.~-")), rapid.Byte()), 0, 8).Draw(r, "s"))
		if isTypeName(s) != typeName.MatchString(s) || isHeyGenID(s) != heygenID.MatchString(s) {
			r.Fatalf("%q", s)
		}
	})
}

// TestLongIDIsRejectedWithoutDecoding: one string may be used for hundreds of ids, and each is parsed several times.
func TestLongIDIsRejectedWithoutDecoding(t *testing.T) {
	for _, long := range []string{strings.Repeat("QXZhdGFy", 1000), strings.Repeat("1", 1025), strings.Repeat("x/", 1000)} {
		if _, err := ParseID(long); err == nil {
			t.Errorf("%.20s… is accepted", long)
		}
		if n := testing.AllocsPerRun(10, func() { _, _ = ParseID(long) }); n > 0 {
			t.Errorf("%.20s… is decoded: %v allocations", long, n)
		}
	}
	if _, err := UnmarshalID(json.Number(strings.Repeat("1", 1025))); err == nil {
		t.Error("a number of 1,025 digits is accepted")
	}
	if id, err := UnmarshalID(json.Number(strings.Repeat("1", 1024))); err != nil || len(id) != 1024 {
		t.Error(err)
	}
}
