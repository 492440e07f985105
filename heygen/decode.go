package heygen

import (
	"bytes"
	"encoding/json"
	"errors"

	"heygen-graphql/internal/jsonscan"
)

// wire is a resource as HeyGen sends it, where a required field that is absent
// can be told from an empty one. value gives the resource, or says what is wrong.
type wire[T any] interface {
	value() (T, error)
	fastFields() (keys []string, read func(*jsonscan.FieldReader) T)
}

var errShape = errors.New("wrong shape")

// decodeOne reads {"data": {…}}.
func decodeOne[T any, W wire[T]](c *Client, endpoint string, a answer) (T, error) {
	var zero T
	var envelope struct {
		Data  json.RawMessage `json:"data"`
		Error json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(a.body, &envelope); err != nil {
		return zero, c.invalidResponse(endpoint, a, jsonCause(err))
	}
	if isPresent(envelope.Error) {
		return zero, c.invalidResponse(endpoint, a, "an error in a 2xx answer")
	}
	if !isPresent(envelope.Data) {
		return zero, c.invalidResponse(endpoint, a, "no data in the answer")
	}
	item, err := decodeItem[T, W](envelope.Data)
	if err != nil {
		return zero, c.invalidResponse(endpoint, a, "data of the wrong shape")
	}
	return item, nil
}

// decodePage reads {"data": […], "has_more": …, "next_token": …}. An item that
// cannot be read is left out and logged; a page of nothing else is an error.
func decodePage[T any, W wire[T]](c *Client, endpoint string, a answer) (Page[T], error) {
	var envelope struct {
		Data      []json.RawMessage `json:"data"`
		HasMore   bool              `json:"has_more"`
		NextToken json.RawMessage   `json:"next_token"`
		Error     json.RawMessage   `json:"error"`
	}
	if exceedsMaxItems(a.body) {
		return Page[T]{}, c.invalidResponse(endpoint, a, "a page of more than 1,000 items")
	}
	if err := json.Unmarshal(a.body, &envelope); err != nil {
		return Page[T]{}, c.invalidResponse(endpoint, a, jsonCause(err))
	}
	switch {
	case isPresent(envelope.Error):
		return Page[T]{}, c.invalidResponse(endpoint, a, "an error in a 2xx answer")
	case envelope.Data == nil:
		return Page[T]{}, c.invalidResponse(endpoint, a, "no data in the answer")
	}
	page := Page[T]{HasMore: envelope.HasMore, Data: make([]T, 0, len(envelope.Data))}
	if page.HasMore && isPresent(envelope.NextToken) { // on the last page it has no meaning, whatever it is
		if err := json.Unmarshal(envelope.NextToken, &page.NextToken); err != nil {
			return Page[T]{}, c.invalidResponse(endpoint, a, "a page token that is no text")
		}
		if len(page.NextToken) > maxToken {
			return Page[T]{}, c.invalidResponse(endpoint, a, "a page token of more than 4 KiB")
		}
	}
	var skipped []int
	for i, raw := range envelope.Data {
		item, err := decodeItem[T, W](raw)
		if err != nil {
			skipped = append(skipped, i)
			continue
		}
		page.Data = append(page.Data, item)
	}
	if len(skipped) > 0 {
		c.log.Warn("skipped unreadable list items", "endpoint", endpoint, "items", len(skipped), "index", skipped[0]) // of the first
	}
	if len(page.Data) == 0 && len(envelope.Data) > 0 {
		return Page[T]{}, c.invalidResponse(endpoint, a, "no item of the page can be read")
	}
	return page, nil
}

// maxItems is ten times the most that HeyGen gives in a page.
const maxItems = 1000

// exceedsMaxItems looks for a list of millions of items in a long body: to take it
// apart would take 170 bytes of memory for each. A full page has some 30 KB.
func exceedsMaxItems(body []byte) bool {
	if len(body) < 256<<10 {
		return false
	}
	var envelope struct {
		Data itemCounter `json:"data"`
	}
	return errors.Is(json.Unmarshal(body, &envelope), errTooMany)
}

var errTooMany = errors.New("too many items")

// itemCounter is a list of which nothing is kept: each, where there are several.
type itemCounter struct{}

func (itemCounter) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if open, _ := d.Token(); open != json.Delim('[') {
		return nil // of which others will tell
	}
	var skipped json.RawMessage
	for n := 0; d.More() && d.Decode(&skipped) == nil; n++ {
		if n == maxItems {
			return errTooMany
		}
	}
	return nil
}

func decodeItem[T any, W wire[T]](raw json.RawMessage) (T, error) {
	var w W
	if err := json.Unmarshal(raw, &w); err != nil {
		var zero T
		return zero, errShape
	}
	return w.value()
}

func isPresent(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

func jsonCause(err error) string {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return "not JSON, or cut"
	}
	return "an envelope of the wrong shape"
}

// invalidResponse is the error of a 2xx answer that makes no sense. The body is looked
// at only for an error envelope: nothing else of it may reach a log.
func (c *Client) invalidResponse(endpoint string, a answer, cause string) *Error {
	e := c.parseErrorEnvelope(a.body)
	e.Kind, e.Endpoint, e.Cause, e.Status = ErrInvalidResponse, endpoint, cause, a.status
	return e
}
