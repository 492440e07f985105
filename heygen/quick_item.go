package heygen

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// item reads the values that were found of one item, one after the other. Its
// texts are parts of one, as far as they stand there as they are, and what points to a text points into one slice: that
// is two allocations an item, and to keep an item is to keep nothing of its page.
type item struct {
	body   []byte
	values []value
	read   int // how many of them
	texts  int // of which texts, at most
	all    strings.Builder
	held   []string
	odd    bool
}

func (r *item) begin(values []value) {
	r.values, r.read, r.texts, r.held = values, 0, 0, nil
	size := 0
	for _, v := range values {
		if v.count == 0 {
			continue
		}
		r.texts += int(v.count)
		// What holds texts may hold any amount of blanks and of what is not read, too,
		// which each of them would keep.
		if raw := int(v.to - v.from); v.kind == aText || v.kind == aWideText || v.kind < aText && raw <= shortRaw {
			size += raw
		}
	}
	r.all.Reset()
	r.all.Grow(size)
}

// shortRaw is how long a list or an object is, in bytes, for which there is room in
// its item's text. HeyGen's tags have some 100.
const shortRaw = 256

func (r *item) next() value {
	r.read++
	return r.values[r.read-1]
}

// there tells whether the next value is there; if not, it is passed over.
func (r *item) there() bool {
	if r.values[r.read].there() {
		return true
	}
	r.read++
	return false
}

// want finds it odd where something is not as it must be.
func (r *item) want(ok bool) bool {
	if !ok {
		r.odd = true
	}
	return ok
}

// cut gives a text.
func (r *item) cut(v value) string {
	if !r.want(v.kind >= aText) {
		return ""
	}
	r.texts--
	from, raw := r.all.Len(), r.body[v.from:v.to]
	if v.kind == anEscapedText || v.kind == aWideText && !utf8.Valid(raw) {
		var text string
		r.want(json.Unmarshal(r.body[v.from-1:v.to+1], &text) == nil)
		return text
	}
	if from+len(raw) > r.all.Cap() { // it would take all that is written already along
		return string(raw)
	}
	r.all.Write(raw)
	return r.all.String()[from:]
}

func (r *item) text() string { return r.cut(r.next()) }

// id is a text that is not empty.
func (r *item) id() string {
	id := r.text()
	r.want(id != "")
	return id
}

// maybe is a text or nil. Those that must be there come before those that may not,
// so there is room for the latter alone.
func (r *item) maybe() *string {
	if !r.there() {
		return nil
	}
	r.room()
	r.held = append(r.held, r.text())
	return &r.held[len(r.held)-1]
}

func (r *item) room() {
	if r.held == nil {
		r.held = make([]string, 0, r.texts)
	}
}

// words is what words gives, of a list of texts.
func (r *item) words() []string {
	list := r.next()
	if !list.there() || !r.want(list.kind == aList) {
		return []string{}
	}
	r.room()
	from := len(r.held)
	s := scanner{body: r.body, at: int(list.from) + 1}
	for i := range list.count {
		s.next(']', i == 0)
		r.held = append(r.held, r.cut(s.value()))
	}
	return words(slices.Clip(r.held[from:]))
}

func (r *item) truth() bool {
	kind := r.next().kind
	r.want(kind == aTrue || kind == aFalse)
	return kind == aTrue
}

func (r *item) whole() int {
	v := r.next()
	n, err := strconv.ParseUint(string(r.body[v.from:v.to]), 10, 31)
	r.want(v.kind == aNumber && err == nil)
	return int(n)
}

func (r *item) time() (t UnixTime) {
	v := r.next()
	r.want(v.kind == aNumber && t.UnmarshalJSON(r.body[v.from:v.to]) == nil)
	return t
}

// optional is a value that is no text, or nil.
func optional[T any](r *item, read func(*item) T) *T {
	if !r.there() {
		return nil
	}
	return new(read(r))
}
