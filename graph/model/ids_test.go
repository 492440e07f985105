package model

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestALongIDIsNotLookedAt: one text can stand for hundreds of ids, and each is read several times.
func TestALongIDIsNotLookedAt(t *testing.T) {
	for _, long := range []string{strings.Repeat("QXZhdGFy", 1000), strings.Repeat("1", 1025), strings.Repeat("x/", 1000)} {
		if _, err := ParseID(long); err == nil {
			t.Errorf("%.20s… is taken", long)
		}
		if n := testing.AllocsPerRun(10, func() { _, _ = ParseID(long) }); n > 0 {
			t.Errorf("%.20s… is decoded: %v allocations", long, n)
		}
	}
	if _, err := UnmarshalID(json.Number(strings.Repeat("1", 1025))); err == nil {
		t.Error("a number of 1,025 digits is taken")
	}
	if id, err := UnmarshalID(json.Number(strings.Repeat("1", 1024))); err != nil || len(id) != 1024 {
		t.Error(err)
	}
}
