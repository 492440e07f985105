package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// edited is a right answer, taken apart so that it can be made wrong.
type edited struct {
	body    map[string]any
	list    []any          // data, if it is a list
	single  map[string]any // data, if it is an object
	asked   *pageRequest   // of a list, what was asked for
	token   string         // the token that was asked with
	another func() any     // of a single thing, another as it is sent
}

// edit answers 200 with something wrong in it. What is an error already is left alone.
func edit(spoil func(*edited)) misbehaviour {
	return func(s *Sandbox, w http.ResponseWriter, r *http.Request) {
		a := s.answer(r)
		if a.status == http.StatusOK {
			e := &edited{asked: a.asked, another: a.another, token: r.URL.Query().Get("token")}
			e.body = decode(a.body)
			e.list, _ = e.body["data"].([]any)
			e.single, _ = e.body["data"].(map[string]any)
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

// unknownEnum tells a group from a look from a voice by the keys that only one of them has. In a list, a voice has no status.
func unknownEnum(e *edited) {
	items := e.list
	if e.single != nil {
		items = append(items, e.single)
	}
	for _, item := range items {
		item, ok := item.(map[string]any)
		switch {
		case !ok:
		case item["looks_count"] != nil:
			item["status"], item["consent_status"], item["gender"] = "hibernating", "notarised", "unspecified"
		case item["avatar_type"] != nil:
			item["status"], item["avatar_type"], item["preferred_orientation"] = "hibernating", "hologram", "spherical"
		case item["voice_id"] != nil && item["type"] == nil:
			item["status"] = "hibernating"
		}
	}
}

// anotherID gives the first thing of the same kind that is not the one asked for.
func anotherID(e *edited) {
	if e.another == nil {
		return
	}
	if other := e.another(); other != nil {
		e.body["data"] = other
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
		delete(e.list[0].(map[string]any), "voice_id") // as a voice has it
	}
}
