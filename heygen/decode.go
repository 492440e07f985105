package heygen

import (
	"bytes"
	"encoding/json"
	"errors"

	"heygen-graphql/internal/jsonscan"
)

// wire is a representation of a resource in HeyGen's JSON. decode returns the resource;
// ok is false if it has no id, the only field without which it is of no use. fastFields
// returns its keys, and a function that reads their values in that order.
type wire[T any] interface {
	decode(*itemDecoder) (item T, ok bool)
	fastFields() (keys []string, read func(*jsonscan.FieldReader) T)
}

// decodeOne decodes {"data": {…}}.
func decodeOne[T any, W wire[T]](c *Client, endpoint string, res response) (T, error) {
	var zero T
	var envelope struct {
		Data  json.RawMessage `json:"data"`
		Error json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(res.body, &envelope); err != nil {
		return zero, c.invalidResponse(endpoint, res, jsonCause(err))
	}
	if isPresent(envelope.Error) {
		return zero, c.invalidResponse(endpoint, res, "an error in a 2xx response")
	}
	if !isPresent(envelope.Data) {
		return zero, c.invalidResponse(endpoint, res, "no data in the response")
	}
	item, unreadable, ok := decodeItem[T, W](envelope.Data)
	if !ok {
		return zero, c.invalidResponse(endpoint, res, "data of an unexpected shape")
	}
	c.logUnreadable(endpoint, unreadable)
	return item, nil
}

// decodePage decodes {"data": […], "has_more": …, "next_token": …}. It skips and logs
// items without an id. It returns an error if that is every item.
func decodePage[T any, W wire[T]](c *Client, endpoint string, res response) (Page[T], error) {
	var envelope struct {
		Data      []json.RawMessage `json:"data"`
		HasMore   bool              `json:"has_more"`
		NextToken json.RawMessage   `json:"next_token"`
		Error     json.RawMessage   `json:"error"`
	}
	if exceedsMaxItems(res.body) {
		return Page[T]{}, c.invalidResponse(endpoint, res, "a page of more than 1,000 items")
	}
	if err := json.Unmarshal(res.body, &envelope); err != nil {
		return Page[T]{}, c.invalidResponse(endpoint, res, jsonCause(err))
	}
	switch {
	case isPresent(envelope.Error):
		return Page[T]{}, c.invalidResponse(endpoint, res, "an error in a 2xx response")
	case envelope.Data == nil:
		return Page[T]{}, c.invalidResponse(endpoint, res, "no data in the response")
	}
	page := Page[T]{HasMore: envelope.HasMore, Data: make([]T, 0, len(envelope.Data))}
	if page.HasMore && isPresent(envelope.NextToken) { // a token of the last page has no meaning
		if err := json.Unmarshal(envelope.NextToken, &page.NextToken); err != nil {
			return Page[T]{}, c.invalidResponse(endpoint, res, "a page token that is not a string")
		}
		if len(page.NextToken) > maxPageTokenLength {
			return Page[T]{}, c.invalidResponse(endpoint, res, "a page token of more than 4 KiB")
		}
	}
	skipped, firstSkipped := 0, 0
	var unreadable unreadableFields
	for i, raw := range envelope.Data {
		item, fields, ok := decodeItem[T, W](raw)
		if !ok {
			if skipped++; skipped == 1 {
				firstSkipped = i
			}
			continue
		}
		page.Data = append(page.Data, item)
		unreadable.add(fields)
	}
	c.logSkipped(endpoint, skipped, firstSkipped)
	c.logUnreadable(endpoint, unreadable)
	if len(page.Data) == 0 && len(envelope.Data) > 0 {
		return Page[T]{}, c.invalidResponse(endpoint, res, "no valid item in the page")
	}
	return page, nil
}

// maxItems is the maximum number of items in a page, ten times HeyGen's own.
const maxItems = 1000

// exceedsMaxItems reports whether a long body has more than maxItems items. Decoding
// a list of millions would take 170 bytes of memory for each. A full page has some
// 30 KB.
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

// itemCounter counts the elements of a list and stores none: of each list, where the
// key is duplicated.
type itemCounter struct{}

func (itemCounter) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if open, _ := d.Token(); open != json.Delim('[') {
		return nil // decodePage returns the error
	}
	var skipped json.RawMessage
	for n := 0; d.More() && d.Decode(&skipped) == nil; n++ {
		if n == maxItems {
			return errTooMany
		}
	}
	return nil
}

func decodeItem[T any, W wire[T]](raw json.RawMessage) (T, unreadableFields, bool) {
	var w W
	d := itemDecoder{item: raw}
	item, ok := w.decode(&d)
	return item, d.unreadable, ok
}

func isPresent(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

func jsonCause(err error) string {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return "not JSON, or truncated"
	}
	return "an envelope of an unexpected shape"
}

// invalidResponse returns the error of an invalid 2xx response. It reads only an error
// envelope from the body: nothing else of it may reach a log.
func (c *Client) invalidResponse(endpoint string, res response, cause string) *Error {
	e := c.parseErrorEnvelope(res.body)
	e.Kind, e.Endpoint, e.Cause, e.Status = ErrInvalidResponse, endpoint, cause, res.status
	return e
}
