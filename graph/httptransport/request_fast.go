package httptransport

import (
	"bytes"
	"encoding/json"
	"strings"
)

// parseFast parses a body of the form that clients send: an object with query,
// operationName and variables, each at most once. It exists for speed only:
// encoding/json takes longer for this than a lookup in the response cache. It
// returns false, and leaves p as it was, for whatever it does not support.
func (p *Request) parseFast(body []byte) (ok bool) {
	s := scanner{body, 0}
	parsed := Request{RawParams: p.RawParams}
	var seen [3]bool
	for more := s.sign('{'); more; more = s.sign(',') {
		name, ok := s.text()
		if !ok || !s.sign(':') {
			return false
		}
		member := 0
		switch string(name) {
		case "query":
			var query []byte
			query, ok = s.text()
			parsed.Query = string(query)
		case "operationName":
			member = 1
			if !s.null() {
				name, ok = s.text()
				parsed.OperationName = string(name)
			}
		case "variables":
			member = 2
			parsed.rawVariables, ok = s.object()
		default:
			return false
		}
		if !ok || seen[member] {
			return false
		}
		seen[member] = true
	}
	ended := s.sign('}')
	if s.blank(); !ended || s.at != len(body) || strings.TrimSpace(parsed.Query) == "" {
		return false
	}
	*p = parsed
	return true
}

// scanner reads JSON, as far as it is simple.
type scanner struct {
	body []byte
	at   int
}

func (s *scanner) blank() {
	for s.at < len(s.body) && bytes.IndexByte([]byte(" \t\r\n"), s.body[s.at]) >= 0 {
		s.at++
	}
}

// sign tells whether a sign comes next, and goes on behind it.
func (s *scanner) sign(c byte) bool {
	s.blank()
	if s.at < len(s.body) && s.body[s.at] == c {
		s.at++
		return true
	}
	return false
}

// special are the bytes that do not stand for themselves in a string.
var special = func() (is [256]bool) {
	for c := range ' ' {
		is[c] = true
	}
	is['"'], is['\\'] = true, true
	return is
}()

// escapes are those of one letter.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f'}

// text reads a string, and may give a part of the body, which is known to be UTF-8.
func (s *scanner) text() ([]byte, bool) {
	if !s.sign('"') {
		return nil, false
	}
	var plain []byte // what came before the last escape, once there is one
	for {
		from := s.at
		for s.at < len(s.body) && !special[s.body[s.at]] {
			s.at++
		}
		part, rest := s.body[from:s.at], s.body[s.at:]
		switch {
		case len(rest) > 0 && rest[0] == '"' && plain == nil:
			s.at++
			return part, true
		case len(rest) > 0 && rest[0] == '"':
			s.at++
			return append(plain, part...), true
		case len(rest) > 1 && rest[0] == '\\' && escapes[rest[1]] != 0:
			s.at += 2
			plain = append(append(plain, part...), escapes[rest[1]])
		default:
			return nil, false
		}
	}
}

func (s *scanner) null() bool {
	s.blank()
	if !bytes.HasPrefix(s.body[s.at:], []byte("null")) {
		return false
	}
	s.at += len("null")
	return true
}

// object finds the end of an object, or of null, and does not read it.
func (s *scanner) object() (json.RawMessage, bool) {
	if s.null() {
		return nil, true
	}
	from, depth := s.at, 0
	for ; s.at < len(s.body); s.at++ {
		switch s.body[s.at] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			for s.at++; s.at < len(s.body) && s.body[s.at] != '"'; s.at++ {
				if s.body[s.at] == '\\' {
					s.at++
				}
			}
		}
		if depth == 0 {
			break
		}
	}
	s.at = min(s.at+1, len(s.body))
	raw := s.body[from:s.at]
	return raw, len(raw) > 0 && raw[0] == '{' && json.Valid(raw)
}
