package heygen

import (
	"slices"
	"sync"

	"heygen-graphql/internal/jsonscan"
)

// The fast path decodes what HeyGen is known to send, in one pass over the body and
// without reflection. It returns exactly what decode.go returns. It supports nothing
// unusual or wrong; decode.go then reads the body from its start. So errors and log
// lines are made there alone, and without the fast path everything is the same, but
// slower.
//
// For a page of 50 groups decode.go takes some twenty times as long and 2,700
// allocations instead of 110. Libraries were tried: goccy/go-json, with a struct for
// each resource, takes 1.5 times as long and 900 allocations, and is 60,000 lines that
// use unsafe; encoding/json's successor (go-json-experiment) 3 times and 620, its
// jsontext twice and 620. easyjson's jlexer and fastjson take somewhat longer, and
// accept invalid JSON.
const (
	maxFastBody  = 256 << 10         // bytes; decode.go counts the items of a longer body first
	maxFastItems = MaxVoicesPageSize // the maximum of a page of HeyGen
)

func decodePageFast[T any, W wire[T]](c *Client, endpoint string, res response) (Page[T], error) {
	if page, ok := decodeFast[T, W](res.body, jsonscan.Array); ok {
		return page, nil
	}
	return decodePage[T, W](c, endpoint, res)
}

func decodeOneFast[T any, W wire[T]](c *Client, endpoint string, res response) (T, error) {
	if page, ok := decodeFast[T, W](res.body, jsonscan.Object); ok {
		return page.Data[0], nil
	}
	return decodeOne[T, W](c, endpoint, res)
}

// envelopeKeys are those that decode.go reads, in this order.
var envelopeKeys = jsonscan.Keys("data", "error", "has_more", "next_token")

// decodeFast decodes a page, whose data is an Array, or one item, an Object.
func decodeFast[T any, W wire[T]](body []byte, kind jsonscan.Kind) (page Page[T], ok bool) {
	var w W
	keys, read := w.fastFields()
	s := scanners.Get().(*envelopeScanner)
	defer s.release()
	data, hasMore, token := s.envelope(body, keys)
	if !s.OK() || data.Kind != kind || hasMore.Present() && hasMore.Kind != jsonscan.True && hasMore.Kind != jsonscan.False {
		return Page[T]{}, false
	}
	page = Page[T]{Data: make([]T, data.Count), HasMore: hasMore.Kind == jsonscan.True}
	r := jsonscan.NewFieldReader(body)
	for i := range page.Data {
		r.Reset(s.values[i*len(keys):][:len(keys)])
		page.Data[i] = read(r)
	}
	if page.HasMore && token.Present() { // a token of the last page has no meaning
		r.Reset([]jsonscan.Value{token})
		page.NextToken = r.ReadString()
	}
	return page, r.OK() && len(page.NextToken) <= maxPageTokenLength
}

// envelopeScanner scans a response. values are those of all items, len(keys) for each.
type envelopeScanner struct {
	jsonscan.Scanner
	values []jsonscan.Value
}

// scanners are reused: one has room for the values of a page, some 10 KB.
var scanners = sync.Pool{New: func() any { return &envelopeScanner{} }}

func (s *envelopeScanner) release() {
	*s = envelopeScanner{values: s.values[:0]}
	scanners.Put(s)
}

// envelope scans a body and appends the values of keys, of each item of its data, to
// s.values.
func (s *envelopeScanner) envelope(body []byte, keys []string) (data, hasMore, token jsonscan.Value) {
	s.Scanner = jsonscan.New(body)
	if len(body) >= maxFastBody {
		s.Reject()
	}
	if !s.Open('{') {
		return
	}
	var failure jsonscan.Value
	slots := [...]*jsonscan.Value{&data, &failure, &hasMore, &token}
	for first := true; s.Next('}', first); first = false {
		switch i := s.Key(envelopeKeys, 0); i {
		case 0:
			s.Set(&data, s.items(keys))
		case -1:
			s.Value()
		default:
			s.Set(slots[i], s.Value())
		}
	}
	if !s.End() || failure.Present() {
		s.Reject()
	}
	return data, hasMore, token
}

func (s *envelopeScanner) items(keys []string) (data jsonscan.Value) {
	if s.Peek() != '[' {
		s.item(keys)
		return jsonscan.Value{Kind: jsonscan.Object, Count: 1}
	}
	s.Open('[')
	for data.Kind = jsonscan.Array; s.Next(']', data.Count == 0); data.Count++ {
		if s.item(keys); data.Count == maxFastItems {
			s.Reject()
		}
	}
	return data
}

func (s *envelopeScanner) item(keys []string) {
	start := len(s.values)
	s.values = slices.Grow(s.values, len(keys))[:start+len(keys)]
	clear(s.values[start:])
	s.Object(keys, s.values[start:])
}
