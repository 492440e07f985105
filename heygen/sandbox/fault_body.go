package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// editableResponse is a right answer, taken apart so that it can be made wrong.
type editableResponse struct {
	body         map[string]any
	items        []any          // data, if it is a list
	object       map[string]any // data, if it is an object
	page         *pageRequest   // of a list, what was asked for
	requestToken string         // the token that was asked with
	other        func() any     // of a single thing, another as it is sent
}

// mutate answers 200 with something wrong in it. What is an error already is left alone.
func mutate(change func(*editableResponse)) faultHandler {
	return func(s *Sandbox, w http.ResponseWriter, r *http.Request) {
		resp := s.handle(r)
		if resp.status == http.StatusOK {
			e := &editableResponse{page: resp.page, other: resp.other, requestToken: r.URL.Query().Get("token")}
			e.body = decodeObject(resp.body)
			e.items, _ = e.body["data"].([]any)
			e.object, _ = e.body["data"].(map[string]any)
			change(e)
			resp.body = encode(e.body)
		}
		resp.send(w)
	}
}

// mutateList leaves alone what is no list.
func mutateList(change func(*editableResponse)) faultHandler {
	return mutate(func(e *editableResponse) {
		if e.page != nil {
			change(e)
		}
	})
}

// decodeObject keeps numbers as they are written. It is only given what encode made.
func decodeObject(body []byte) (object map[string]any) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&object); err != nil {
		panic(err)
	}
	return object
}

func dataSwapped(e *editableResponse) {
	if e.page == nil {
		e.body["data"] = []any{e.body["data"]}
		return
	}
	items := map[string]any{"items": e.body["data"]}
	e.body["data"] = items
}

// unknownEnum tells a group from a look from a voice by the keys that only one of them has. In a list, a voice has no status.
func unknownEnum(e *editableResponse) {
	items := e.items
	if e.object != nil {
		items = append(items, e.object)
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

// wrongID gives the first thing of the same kind that is not the one asked for.
func wrongID(e *editableResponse) {
	if e.other == nil {
		return
	}
	if other := e.other(); other != nil {
		e.body["data"] = other
	}
}

func badItem(e *editableResponse) {
	if len(e.items) > 0 {
		e.items[0] = 42
	}
}

func badItems(e *editableResponse) {
	for i := range e.items {
		e.items[i] = i
	}
}

func itemWithoutID(e *editableResponse) {
	if len(e.items) > 0 {
		delete(e.items[0].(map[string]any), "id")
		delete(e.items[0].(map[string]any), "voice_id") // as a voice has it
	}
}
