package heygen

import (
	"slices"
	"sync"
)

// The quick reader takes what HeyGen is known to send, in one pass over the body
// and without reflection. What it gives is exactly what decode.go would give; all
// that is unusual or wrong it leaves alone, and decode.go reads the body from its
// start. So errors and log lines are made there and nowhere else, and without
// these files everything is the same, but slower.
//
// For a page of 50 groups decode.go takes nine times as long and 1,260 allocations
// instead of 110. Libraries were tried: goccy/go-json, with the wire types as they
// are, takes 1.5 times as long and 900 allocations, and is 60,000 lines that use
// unsafe; encoding/json's successor (go-json-experiment) 3 times and 620, its
// jsontext twice and 620. easyjson's jlexer and fastjson take somewhat longer, and
// take for JSON what is none.
const (
	quickBody  = 256 << 10         // bytes; of what is longer decode.go counts the items first
	quickItems = MaxVoicesPageSize // the most that HeyGen gives in a page
	quickDepth = 16                // lists and objects in each other; HeyGen's are 4
)

func quickPage[T any, W wire[T]](c *Client, endpoint string, a answer) (Page[T], error) {
	if page, ok := quickly[T, W](a.body, aList); ok {
		return page, nil
	}
	return decodePage[T, W](c, endpoint, a)
}

func quickOne[T any, W wire[T]](c *Client, endpoint string, a answer) (T, error) {
	if page, ok := quickly[T, W](a.body, anObject); ok {
		return page.Data[0], nil
	}
	return decodeOne[T, W](c, endpoint, a)
}

// outline is what decode.go knows of an answer, in this order.
var outline = asSent("data", "error", "has_more", "next_token")

// quickly reads a page, where data is aList, or one item, where it is anObject.
func quickly[T any, W wire[T]](body []byte, data kind) (page Page[T], ok bool) {
	var w W
	names, read := w.quick()
	s := scanners.Get().(*scanner)
	defer s.free()
	found, hasMore, token := s.answer(body, names)
	if s.odd || found.kind != data || hasMore.there() && hasMore.kind != aTrue && hasMore.kind != aFalse {
		return Page[T]{}, false
	}
	page = Page[T]{Data: make([]T, found.count), HasMore: hasMore.kind == aTrue}
	r := &item{body: body}
	for i := range page.Data {
		r.begin(s.found[i*len(names):][:len(names)])
		page.Data[i] = read(r)
	}
	if page.HasMore && token.there() { // on the last page it has no meaning, whatever it is
		r.begin([]value{token})
		page.NextToken = r.text()
	}
	return page, !r.odd && len(page.NextToken) <= maxToken
}

// scanners are used again: one has room for the values of a page, some 10 KB.
var scanners = sync.Pool{New: func() any { return &scanner{} }}

func (s *scanner) free() {
	*s = scanner{found: s.found[:0]}
	scanners.Put(s)
}

// answer goes over a whole body and finds the values that names name, of each
// item of its data.
func (s *scanner) answer(body []byte, names []string) (data, hasMore, token value) {
	if s.body = body; len(body) >= quickBody || s.peek() != '{' {
		s.odd = true
		return
	}
	var failed value
	places := [...]*value{&data, &failed, &hasMore, &token}
	s.at++
	for first := true; s.next('}', first); first = false {
		switch i := s.field(outline, 0); i {
		case 0:
			s.put(&data, s.items(names))
		case -1:
			s.value()
		default:
			s.put(places[i], s.value())
		}
	}
	if s.peek(); s.at != len(body) || failed.there() {
		s.odd = true
	}
	return data, hasMore, token
}

func (s *scanner) items(names []string) (data value) {
	if s.peek() != '[' {
		s.members(names)
		return value{kind: anObject, count: 1}
	}
	s.at++
	for data.kind = aList; s.next(']', data.count == 0); data.count++ {
		if s.members(names); data.count == quickItems {
			s.odd = true
		}
	}
	return data
}

// members finds the values of one object, in the order of the names.
func (s *scanner) members(names []string) {
	if s.peek() != '{' {
		s.odd = true
		return
	}
	s.at++
	before := len(s.found)
	s.found = slices.Grow(s.found, len(names))[:before+len(names)]
	mine := s.found[before:]
	clear(mine)
	for i, first := 0, true; s.next('}', first); first = false {
		if at := s.field(names, i); at >= 0 {
			s.put(&mine[at], s.value())
			i = at + 1 // HeyGen's order is always the same
		} else {
			s.value()
		}
	}
}

// put keeps a value: of several of the same name, decode.go may mix them.
func (s *scanner) put(place *value, v value) {
	if place.kind != absent {
		s.odd = true
	}
	*place = v
}
