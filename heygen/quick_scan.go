package heygen

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/bits"
)

type kind uint8

const (
	absent kind = iota
	null
	aTrue
	aFalse
	aNumber
	aList
	anObject
	aText         // ASCII that stands for itself
	aWideText     // with other characters, too
	anEscapedText // with a backslash
)

// value is where a value stands in a body: a text without its quotes.
type value struct {
	kind     kind
	count    int32 // of a text 1, of a list its elements, of an object its members
	from, to int32
}

func (v value) there() bool { return v.kind > null }

// scanner goes over JSON. After something odd nothing that it says counts.
type scanner struct {
	body  []byte
	at    int
	depth int
	odd   bool
	found []value // of all items, as many for each as there are names
}

// peek skips white space. 0: the end, or a 0, which is odd wherever it stands.
func (s *scanner) peek() byte {
	for ; s.at < len(s.body); s.at++ {
		if c := s.body[s.at]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
	}
	return 0
}

// next goes on to the next member or element of what ends with end, if there is one.
func (s *scanner) next(end byte, first bool) bool {
	switch c := s.peek(); {
	case s.odd:
		return false
	case c == end:
		s.at++
		return false
	case first:
		return true
	case c == ',':
		s.at++
		return true
	}
	s.odd = true
	return false
}

// field goes over the name of a member and tells which of names it is, or -1.
// likely is looked at first.
func (s *scanner) field(names []string, likely int) int {
	if s.peek() != '"' {
		s.odd = true
		return -1
	}
	if likely < len(names) && bytes.HasPrefix(s.body[s.at:], []byte(names[likely])) {
		s.at += len(names[likely])
		return likely
	}
	key := s.text()
	if s.peek() != ':' || s.odd {
		s.odd = true
		return -1
	}
	s.at++
	name := s.body[key.from:key.to]
	for i, sent := range names {
		switch known := sent[1 : len(sent)-2]; {
		case string(name) == known:
			return i
		case key.kind != aText || len(name) == len(known) && bytes.EqualFold(name, []byte(known)):
			s.odd = true // decode.go takes it for the same in other letter case, a Kelvin sign for a k as well
		}
	}
	return -1
}

// value goes over a value.
func (s *scanner) value() (v value) {
	c := s.peek()
	v.from = int32(s.at)
	switch c {
	case '"':
		return s.text()
	case '{', '[':
		if v.kind = aList; c == '{' {
			v.kind = anObject
		}
		s.at++
		s.depth++
		s.odd = s.odd || s.depth > quickDepth
		for ; s.next(c+2, v.count == 0); v.count++ { // in ASCII ] is two after [, and } after {
			if c == '{' {
				s.field(nil, 0)
			}
			s.value()
		}
		s.depth--
	case 't':
		v.kind = s.word("true", aTrue)
	case 'f':
		v.kind = s.word("false", aFalse)
	case 'n':
		v.kind = s.word("null", null)
	default:
		v.kind = aNumber
		s.number()
	}
	v.to = int32(s.at)
	return v
}

func (s *scanner) word(word string, means kind) kind {
	if !bytes.HasPrefix(s.body[s.at:], []byte(word)) {
		s.odd = true
	}
	s.at += len(word)
	return means
}

// number goes over one without a sign and an exponent.
func (s *scanner) number() {
	from := s.at
	s.digits()
	if s.at > from+1 && s.body[from] == '0' {
		s.odd = true
	}
	if s.at < len(s.body) && s.body[s.at] == '.' {
		s.at++
		s.digits()
	}
}

func (s *scanner) digits() {
	from := s.at
	for s.at < len(s.body) && s.body[s.at]-'0' <= 9 {
		s.at++
	}
	if s.at == from {
		s.odd = true
	}
}

// text goes over a text from its opening quote on.
func (s *scanner) text() value {
	v := value{kind: aText, count: 1, from: int32(s.at + 1)}
	for i := s.at + 1; i < len(s.body); i++ {
		if i+8 < len(s.body) {
			i += plain(binary.LittleEndian.Uint64(s.body[i:]))
		}
		switch c := s.body[i]; {
		case c == '"':
			s.at = i + 1
			v.to = int32(i)
			if v.kind == anEscapedText && !json.Valid(s.body[v.from-1:s.at]) {
				s.odd = true
			}
			return v
		case c == '\\':
			v.kind = anEscapedText
			i++
		case c >= 0x80:
			v.kind = max(v.kind, aWideText)
		case c < ' ':
			s.odd = true
		}
	}
	s.odd = true
	return v
}

// plain is how many of eight characters, from the lowest byte on, simply stand
// for themselves in a text. A difference has its highest bit set where a byte was
// less than what it is made less by; what that borrows from lies above.
func plain(eight uint64) int {
	const each = 0x0101010101010101
	special := eight | (eight - each*' ') | ((eight ^ each*'"') - each) | ((eight ^ each*'\\') - each)
	return bits.TrailingZeros64(special&(each*0x80)) / 8
}
