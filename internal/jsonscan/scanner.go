package jsonscan

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
)

// maxDepth is the maximum nesting of arrays and objects within [Scanner.Value].
// HeyGen's responses have 4.
const maxDepth = 16

// Scanner scans a document. After the first unsupported byte its results have no
// meaning: check [Scanner.OK] or [Scanner.End] before using them.
type Scanner struct {
	body        []byte
	pos         int
	depth       int
	unsupported bool
}

// New returns a Scanner at the start of body.
func New(body []byte) Scanner {
	return Scanner{body: body, unsupported: len(body) > math.MaxInt32} // a Value has offsets of 32 bits
}

// Reject marks the document as unsupported.
func (s *Scanner) Reject() { s.unsupported = true }

// OK reports whether the document is supported so far.
func (s *Scanner) OK() bool { return !s.unsupported }

// End reports whether the document is supported and nothing but white space is left
// of it.
func (s *Scanner) End() bool {
	s.Peek()
	return s.pos == len(s.body) && !s.unsupported
}

// Peek skips white space and returns the next byte. It returns 0 at the end; a NUL
// byte is unsupported wherever it is.
func (s *Scanner) Peek() byte {
	for ; s.pos < len(s.body); s.pos++ {
		if c := s.body[s.pos]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
	}
	return 0
}

// Open skips the opening delimiter of an object or array. Anything else is
// unsupported.
func (s *Scanner) Open(delim byte) bool {
	if s.Peek() != delim {
		s.unsupported = true
		return false
	}
	s.pos++
	return true
}

// Next moves to the next member or element, of which first is the first, and
// reports whether there is one. If not, it skips the closing delimiter.
func (s *Scanner) Next(closing byte, first bool) bool {
	switch c := s.Peek(); {
	case s.unsupported:
		return false
	case c == closing:
		s.pos++
		return false
	case first:
		return true
	case c == ',':
		s.pos++
		return true
	}
	s.unsupported = true
	return false
}

// Keys returns keys as [Scanner.Key] takes them: quoted, with a colon.
func Keys(keys ...string) []string {
	quoted := make([]string, len(keys))
	for i, key := range keys {
		quoted[i] = `"` + key + `":`
	}
	return quoted
}

// Key skips the key of a member. It returns its index in keys, made by [Keys], or
// -1. It compares the key at hint first.
func (s *Scanner) Key(keys []string, hint int) int {
	if s.Peek() != '"' {
		s.unsupported = true
		return -1
	}
	if hint < len(keys) && bytes.HasPrefix(s.body[s.pos:], []byte(keys[hint])) {
		s.pos += len(keys[hint])
		return hint
	}
	key := s.scanString()
	if s.Peek() != ':' || s.unsupported {
		s.unsupported = true
		return -1
	}
	s.pos++
	name := s.body[key.Start:key.End]
	for i, quoted := range keys {
		switch known := quoted[1 : len(quoted)-2]; {
		case string(name) == known:
			return i
		case key.Kind != ASCIIString || len(name) == len(known) && bytes.EqualFold(name, []byte(known)):
			s.unsupported = true // encoding/json ignores letter case, and takes a Kelvin sign for a k
		}
	}
	return -1
}

// Object scans an object. It stores the value of the member keys[i] in values[i],
// which must be zero, and skips other members. It returns how many it skipped.
// Duplicates of keys are unsupported: encoding/json may merge their values.
func (s *Scanner) Object(keys []string, values []Value) (skipped int) {
	if !s.Open('{') {
		return 0
	}
	for hint, first := 0, true; s.Next('}', first); first = false {
		i := s.Key(keys, hint)
		if i < 0 {
			s.Value()
			skipped++
			continue
		}
		s.Set(&values[i], s.Value())
		hint = i + 1 // most senders write the same order each time
	}
	return skipped
}

// Set stores v. The document is unsupported if slot holds a value already.
func (s *Scanner) Set(slot *Value, v Value) {
	if slot.Kind != Absent {
		s.unsupported = true
	}
	*slot = v
}

// Value scans a value.
func (s *Scanner) Value() (v Value) {
	c := s.Peek()
	v.Start = int32(s.pos)
	switch c {
	case '"':
		return s.scanString()
	case '{', '[':
		if v.Kind = Array; c == '{' {
			v.Kind = Object
		}
		s.pos++
		s.depth++
		s.unsupported = s.unsupported || s.depth > maxDepth
		for ; s.Next(c+2, v.Count == 0); v.Count++ { // in ASCII ] is two after [, and } after {
			if c == '{' {
				s.Key(nil, 0)
			}
			s.Value()
		}
		s.depth--
	case 't':
		v.Kind = s.literal("true", True)
	case 'f':
		v.Kind = s.literal("false", False)
	case 'n':
		v.Kind = s.literal("null", Null)
	default:
		v.Kind = Number
		s.number()
	}
	v.End = int32(s.pos)
	return v
}

func (s *Scanner) literal(word string, kind Kind) Kind {
	if !bytes.HasPrefix(s.body[s.pos:], []byte(word)) {
		s.unsupported = true
	}
	s.pos += len(word)
	return kind
}

func (s *Scanner) number() {
	s.skip('-', '-')
	start := s.pos
	s.digits()
	if s.pos > start+1 && s.body[start] == '0' {
		s.unsupported = true
	}
	if s.skip('.', '.') {
		s.digits()
	}
	if s.skip('e', 'E') {
		s.skip('+', '-')
		s.digits()
	}
}

// skip skips a byte that is a or b.
func (s *Scanner) skip(a, b byte) bool {
	if s.pos < len(s.body) && (s.body[s.pos] == a || s.body[s.pos] == b) {
		s.pos++
		return true
	}
	return false
}

func (s *Scanner) digits() {
	start := s.pos
	for s.pos < len(s.body) && s.body[s.pos]-'0' <= 9 {
		s.pos++
	}
	if s.pos == start {
		s.unsupported = true
	}
}

// scanString scans a string from its opening quote.
func (s *Scanner) scanString() Value {
	v := Value{Kind: ASCIIString, Count: 1, Start: int32(s.pos + 1)}
	for i := s.pos + 1; i < len(s.body); i++ {
		if i+8 < len(s.body) {
			i += plainPrefix(binary.LittleEndian.Uint64(s.body[i:]))
		}
		switch c := s.body[i]; {
		case c == '"':
			s.pos = i + 1
			v.End = int32(i)
			return v
		case c == '\\':
			v.Kind = EscapedString
			n := escapeLen(s.body[i+1:])
			s.unsupported = s.unsupported || n == 0
			i += n
		case c >= 0x80:
			v.Kind = max(v.Kind, UTF8String)
		case c < ' ':
			s.unsupported = true
		}
	}
	s.unsupported = true
	return v
}

// escapeLen returns the number of bytes of an escape after its backslash, or 0 if it
// is invalid.
func escapeLen(b []byte) int {
	switch {
	case len(b) > 0 && escapes[b[0]] != 0:
		return 1
	case len(b) > 4 && b[0] == 'u' && isHex(b[1]) && isHex(b[2]) && isHex(b[3]) && isHex(b[4]):
		return 5
	}
	return 0
}

func isHex(c byte) bool { return c-'0' <= 9 || c|0x20-'a' <= 5 }

// plainPrefix returns how many of eight bytes, from the lowest on, are ASCII
// characters without a meaning of their own in a string. A difference has its
// highest bit set where a byte was less than its subtrahend; what that borrows
// from lies above.
func plainPrefix(word uint64) int {
	const each = 0x0101010101010101
	special := word | (word - each*' ') | ((word ^ each*'"') - each) | ((word ^ each*'\\') - each)
	return bits.TrailingZeros64(special&(each*0x80)) / 8
}
