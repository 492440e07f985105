package config

import (
	"io"
	"slices"
	"testing"
)

func TestByteSizeAcceptsUnits(t *testing.T) {
	for value, want := range map[string]byteSize{"0": 0, "1048576": 1 << 20, "1024KiB": 1 << 20, "16MiB": 16 << 20, "16 MiB": 16 << 20, "2GiB": 2 << 30, "1024GiB": 1 << 40} {
		cfg, err := Read(nil, env("CACHE_BYTES", value), io.Discard)
		if err != nil || cfg.Cache.MaxBytes != want {
			t.Errorf("%s: %d, %v", value, cfg.Cache.MaxBytes, err)
		}
	}
	for size, want := range map[byteSize]string{0: "0", 1: "1", 3 << 10: "3KiB", 64 << 20: "64MiB", 1 << 40: "1024GiB", 1<<20 + 1: "1048577"} {
		if got := size.String(); got != want {
			t.Errorf("%d is formatted as %s, want %s", int64(size), got, want)
		}
	}
}

func TestSplitListSkipsEmptyEntries(t *testing.T) {
	for list, want := range map[string][]string{
		"": nil, " ": nil, ",": nil, " , \n\t,": nil,
		"a": {"a"}, "a,b": {"a", "b"}, " a ,, b\r\nc\td,": {"a", "b", "c", "d"}, "a\u00a0b": {"a", "b"}, "a;b|c": {"a;b|c"},
		"first.token.0123,second.token.456": {"first.token.0123", "second.token.456"},
	} {
		if got := splitList(list); !slices.Equal(got, want) {
			t.Errorf("%q: %q", list, got)
		}
	}
}
