package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// edited is a right answer, taken apart so that it can be made wrong.
type edited struct {
	sandbox *Sandbox
	base    string
	body    map[string]any
	list    []any          // data, if it is a list
	group   map[string]any // data, if it is an object
	asked   *pageRequest   // of a list, what was asked for
	token   string         // the token that was asked with
}

// edit answers 200 with something wrong in it. What is an error already is left alone.
func edit(spoil func(*edited)) misbehaviour {
	return func(s *Sandbox, w http.ResponseWriter, r *http.Request) {
		a := s.answer(r)
		if a.status == http.StatusOK {
			e := &edited{sandbox: s, base: s.base(r), asked: a.asked, token: r.URL.Query().Get("token")}
			e.body = decode(a.body)
			e.list, _ = e.body["data"].([]any)
			e.group, _ = e.body["data"].(map[string]any)
			spoil(e)
			a.body = encode(e.body)
		}
		a.send(w)
	}
}

// editList leaves alone what is no list.
func editList(spoil func(*edited)) misbehaviour {
	return edit(func(e *edited) {
		if e.asked != nil {
			spoil(e)
		}
	})
}

// decode keeps numbers as they are written. It is only given what encode made.
func decode(body []byte) (object map[string]any) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&object); err != nil {
		panic(err)
	}
	return object
}

func dataSwapped(e *edited) {
	if e.asked == nil {
		e.body["data"] = []any{e.body["data"]}
		return
	}
	items := map[string]any{"items": e.body["data"]}
	e.body["data"] = items
}

func unknownEnum(e *edited) {
	items := e.list
	if e.group != nil {
		items = append(items, e.group)
	}
	for _, item := range items {
		if item, ok := item.(map[string]any); ok && item["looks_count"] != nil {
			item["status"], item["consent_status"], item["gender"] = "hibernating", "notarised", "unspecified"
		}
	}
}

// anotherID gives the first group that is not the one asked for.
func anotherID(e *edited) {
	if e.group["id"] == nil {
		return
	}
	for _, g := range e.sandbox.Groups() {
		if g.ID != e.group["id"] {
			e.body["data"] = g.wire(e.base)
			return
		}
	}
}

func badItem(e *edited) {
	if len(e.list) > 0 {
		e.list[0] = 42
	}
}

func badItems(e *edited) {
	for i := range e.list {
		e.list[i] = i
	}
}

func itemWithoutID(e *edited) {
	if len(e.list) > 0 {
		delete(e.list[0].(map[string]any), "id")
	}
}
