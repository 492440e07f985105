package jsonscan_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/internal/jsonscan"
)

// accepts reports whether the scanner supports a document of one value.
func accepts(document string) bool {
	s := jsonscan.New([]byte(document))
	s.Value()
	return s.End()
}

var supported = []string{
	`null`, `true`, `false`, ` {} `, "[\t\r\n]", `"a"`, `"ü"`, "\"\xff\"", `"\""`, `"\u00e9\ud83d"`, `"` + strings.Repeat("x", 100) + `"`,
	`0`, `-0`, `10`, `-1.50`, `0.5e3`, `1E+9`, `2e-10`,
	`[1,"a",[],{"a":null}]`, `{"a":1,"a":2,"":[{"b":"}]"}]}`,
	strings.Repeat("[", 16) + strings.Repeat("]", 16),
}

func TestValueAcceptsSupportedJSON(t *testing.T) {
	for _, document := range supported {
		if !accepts(document) || !json.Valid([]byte(document)) {
			t.Errorf("rejected: %q", document)
		}
		for i := range document {
			if accepts(document[:i]) && !json.Valid([]byte(document[:i])) {
				t.Errorf("accepted: %q", document[:i])
			}
		}
	}
}

func TestValueRejectsInvalidJSON(t *testing.T) {
	for _, document := range []string{
		``, ` `, "\x00", "null\x00", `nul`, `nulL`, `tru`, `1 2`, `[] []`, "\ufeff{}",
		`01`, `-`, `-a`, `+1`, `.5`, `1.`, `1.e1`, `1e`, `1e+`, `1e+-1`, `0x1`, `Infinity`, `--1`,
		`"`, `"a`, `"\`, `"\"`, `"\q"`, `"\u12"`, `"\u12g4"`, `"\u:000"`, "\"\n\"", "\"\x1f\"", "\"\\\n\"", `'a'`,
		`[`, `]`, `[,]`, `[1,]`, `[,1]`, `[1 2]`, `[1}`, `{`, `}`, `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1]`, `{a:1}`, `{1:1}`, `{"a" 1}`,
	} {
		if accepts(document) || json.Valid([]byte(document)) {
			t.Errorf("accepted: %q", document)
		}
	}
}

func TestValueRejectsDeepNesting(t *testing.T) {
	for _, depth := range []int{17, 100, 20_000} {
		if accepts(strings.Repeat("[", depth) + strings.Repeat("]", depth)) {
			t.Errorf("accepted: depth %d", depth)
		}
	}
}

func TestValueReturnsKindCountAndRawBytes(t *testing.T) {
	for document, want := range map[string]struct {
		kind  jsonscan.Kind
		count int32
		raw   string
	}{
		` null `:            {jsonscan.Null, 0, "null"},
		`true`:              {jsonscan.True, 0, "true"},
		`false`:             {jsonscan.False, 0, "false"},
		` -1.5e3 `:          {jsonscan.Number, 0, "-1.5e3"},
		` [1, [2, 3]] `:     {jsonscan.Array, 2, "[1, [2, 3]]"},
		`{"a":1,"b":{}} `:   {jsonscan.Object, 2, `{"a":1,"b":{}}`},
		` "abcdefghijklm" `: {jsonscan.ASCIIString, 1, "abcdefghijklm"},
		`"abcdefghijklmü"`:  {jsonscan.UTF8String, 1, "abcdefghijklmü"},
		`"aü\n"`:            {jsonscan.EscapedString, 1, `aü\n`},
		`"\nü"`:             {jsonscan.EscapedString, 1, `\nü`},
	} {
		s := jsonscan.New([]byte(document))
		v := s.Value()
		if v.Kind != want.kind || v.Count != want.count || string(v.Raw([]byte(document))) != want.raw || !s.End() {
			t.Errorf("%s: %+v", document, v)
		}
		if v.Present() != (want.kind != jsonscan.Null) || v.IsString() != (want.kind >= jsonscan.ASCIIString) {
			t.Errorf("%s: present %t, string %t", document, v.Present(), v.IsString())
		}
	}
}

// A string's bytes are scanned eight at a time: each position in a word is tried.
func TestStringFindsSpecialBytesAtEveryPosition(t *testing.T) {
	for length := range 20 {
		for i := range length {
			plain := strings.Repeat("~", length)
			for special, want := range map[string]jsonscan.Kind{`\n`: jsonscan.EscapedString, "é": jsonscan.UTF8String, "\xff": jsonscan.UTF8String, "!": jsonscan.ASCIIString} {
				document := `"` + plain[:i] + special + plain[i:] + `"`
				s := jsonscan.New([]byte(document))
				if v := s.Value(); v.Kind != want || !s.End() {
					t.Errorf("%q: %+v", document, v)
				}
			}
			for _, invalid := range []string{"\x00", "\x1f", "\n", `\`, `"`} {
				if document := `"` + plain[:i] + invalid + plain[i:] + `"`; accepts(document) {
					t.Errorf("accepted: %q", document)
				}
			}
		}
	}
}

var keys = jsonscan.Keys("id", "name", "kind")

func TestObjectFindsValuesByKey(t *testing.T) {
	for document, want := range map[string]struct {
		raws    [3]string
		skipped int
	}{
		`{}`:                                 {},
		`{"id":1,"name":"N","kind":null}`:    {[3]string{"1", "N", "null"}, 0},
		`{"kind":[3],"id" : 1 }`:             {[3]string{"1", "", "[3]"}, 0},
		`{"new":1,"name":"N","new":{"a":2}}`: {[3]string{"", "N", ""}, 2},
		`{"":1,"i":2,"identity":3}`:          {[3]string{}, 3},
	} {
		var values [3]jsonscan.Value
		s := jsonscan.New([]byte(document))
		skipped := s.Object(keys, values[:])
		for i, v := range values {
			if got := string(v.Raw([]byte(document))); got != want.raws[i] {
				t.Errorf("%s: %s is %q", document, keys[i], got)
			}
		}
		if skipped != want.skipped || !s.End() {
			t.Errorf("%s: skipped %d, supported %t", document, skipped, s.OK())
		}
	}
}

func TestObjectRejectsAmbiguousKeys(t *testing.T) {
	for _, document := range []string{
		`[]`, `null`, `"id"`, ``,
		`{"id":1,"id":2}`, `{"id":null,"id":2}`, `{"ID":1}`, `{"Name":1}`, `{"\u0069d":1}`, `{"\u006eew":1}`,
		`{"ſ":1}`, `{"Kind":1}`, "{\"\u212aind\":1}", // a Kelvin sign, which in lower case is a k
	} {
		var values [3]jsonscan.Value
		s := jsonscan.New([]byte(document))
		if s.Object(keys, values[:]); s.End() {
			t.Errorf("accepted: %s", document)
		}
	}
}

func TestKeysLeavesItsArgumentsUnchanged(t *testing.T) {
	names := []string{"a", "b"}
	if got := jsonscan.Keys(names...); !slices.Equal(got, []string{`"a":`, `"b":`}) || !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("%q of %q", got, names)
	}
}

func TestRejectOutlastsTheDocument(t *testing.T) {
	s := jsonscan.New([]byte(`1`))
	s.Reject()
	if s.Value(); s.OK() || s.End() {
		t.Error("supported")
	}
}

func TestUnescapeReplacesOneLetterEscapes(t *testing.T) {
	for document, want := range map[string]string{
		`""`: "", `"abc"`: "abc", `"é漢🎬"`: "é漢🎬", `"\n"`: "\n", `"a\"b\\c\/d\b\f\n\r\té"`: "a\"b\\c/d\b\f\n\r\té", `"\\u0041"`: `\u0041`,
		`"\u0041"`: "false", `"a\n\ud83d"`: "false", `1`: "false", `null`: "false", `{}`: "false",
	} {
		s := jsonscan.New([]byte(document))
		got, ok := s.Value().Unescape([]byte(document))
		if ok != (want != "false") || ok && got != want {
			t.Errorf("%s: %q, %t", document, got, ok)
		}
	}
	if _, ok := (jsonscan.Value{}).Unescape(nil); ok {
		t.Error("an absent value is a string")
	}
}

// FuzzScanner compares the scanner with encoding/json: it must accept no invalid
// document, and find the same values.
func FuzzScanner(f *testing.F) {
	for _, document := range supported {
		f.Add(document)
		f.Add(`{"id":` + document + `,"new":` + document + `}`)
	}
	f.Fuzz(func(t *testing.T, document string) {
		body := []byte(document)
		s := jsonscan.New(body)
		v := s.Value()
		if !s.End() {
			return
		}
		if !json.Valid(body) {
			t.Fatalf("accepted: %q", document)
		}
		if got, ok := v.Unescape(body); ok && strings.ToValidUTF8(document, "") == document {
			var want string
			if err := json.Unmarshal(body, &want); err != nil || got != want {
				t.Fatalf("%q is %q, want %q, %v", document, got, want, err)
			}
		}
		var values [3]jsonscan.Value
		s = jsonscan.New(body)
		if s.Object(keys, values[:]); !s.End() {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(body, &want); err != nil {
			t.Fatal(err)
		}
		for i, name := range []string{"id", "name", "kind"} {
			raw := string(values[i].Raw(body))
			if values[i].IsString() {
				raw = `"` + raw + `"`
			}
			if raw != string(want[name]) {
				t.Fatalf("%q: %s is %s, want %s", document, name, raw, want[name])
			}
		}
	})
}

func BenchmarkValue(b *testing.B) {
	document := []byte(`{"data":[` + strings.Repeat(`{"id":"3b7e9a10c4d24f5e","name":"Zoë am See","tags":["outdoor"],"width":1024,"error":null},`, 99) + `{}]}`)
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		s := jsonscan.New(document)
		if s.Value(); !s.End() {
			b.Fatal("unsupported")
		}
	}
}
