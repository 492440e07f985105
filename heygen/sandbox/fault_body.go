package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// editableResponse is a decoded response for a fault to modify.
type editableResponse struct {
	body         map[string]any
	items        []any          // data, if it is a list
	object       map[string]any // data, if it is an object
	page         *pageRequest   // of a list, the parsed request
	requestToken string         // the token parameter of the request
	other        func() any     // of a single resource, another one in its wire format
}

// mutate returns a handler that modifies the body of a 200. It leaves an error response unchanged.
func mutate(change func(*editableResponse)) faultHandler {
	return func(s *Sandbox, w http.ResponseWriter, r *http.Request) {
		resp := s.respond(r)
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

// mutateList leaves everything but lists unchanged.
func mutateList(change func(*editableResponse)) faultHandler {
	return mutate(func(e *editableResponse) {
		if e.page != nil {
			change(e)
		}
	})
}

// decodeObject preserves the spelling of numbers. Its input is always the output of encode.
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

// unknownEnum distinguishes groups, looks and voices by keys that only one of them has. A voice in a list has no status.
func unknownEnum(e *editableResponse) {
	items := e.items
	if e.object != nil {
		items = append(items, e.object)
	}
	for _, object := range items {
		object, ok := object.(map[string]any)
		switch {
		case !ok:
		case object["looks_count"] != nil:
			object["status"], object["consent_status"], object["gender"] = "hibernating", "notarised", "unspecified"
		case object["avatar_type"] != nil:
			object["status"], object["avatar_type"], object["preferred_orientation"] = "hibernating", "hologram", "spherical"
		case object["voice_id"] != nil && object["type"] == nil:
			object["status"] = "hibernating"
		}
	}
}

// wrongID replaces data with the first resource of the same kind that was not requested.
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
		delete(e.items[0].(map[string]any), "voice_id") // of a voice
	}
}

func repeatedToken(e *editableResponse) {
	if e.requestToken != "" {
		e.body["has_more"], e.body["next_token"] = true, e.requestToken
	}
}

func loopingToken(e *editableResponse) {
	e.body["has_more"], e.body["next_token"] = true, e.page.encodeToken(cursor{})
}

func moreWithoutToken(e *editableResponse) {
	e.body["has_more"], e.body["next_token"] = true, nil
}

func endlessPages(e *editableResponse) {
	p := newEndlessPage(*e.page)
	e.body["data"], e.body["has_more"], e.body["next_token"] = p.Data, p.HasMore, p.NextToken
}

// emptyPage returns a new token: the token of the request would make it a RepeatedToken.
func emptyPage(e *editableResponse) {
	next := e.page.start
	next.EmptyPages++
	e.body["data"], e.body["has_more"], e.body["next_token"] = []any{}, true, e.page.encodeToken(next)
}

func emptyLastPage(e *editableResponse) {
	if e.body["has_more"] == false && !e.page.start.AfterEnd {
		e.body["has_more"], e.body["next_token"] = true, e.page.encodeToken(cursor{AfterEnd: true})
	}
}
