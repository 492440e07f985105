package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	"heygen-graphql/heygen/sandbox/internal/webhooks"
)

const (
	maxEndpointBody   = 64 << 10 // bytes
	maxEndpointEvents = 100
	maxEventType      = 100 // bytes
)

// wireEndpoint is the wire format of a webhook endpoint.
type wireEndpoint struct {
	ID        string   `json:"endpoint_id"`
	URL       string   `json:"url"`
	Events    []string `json:"events"` // empty: all
	Status    string   `json:"status"`
	CreatedAt string   `json:"created_at"`
	Secret    string   `json:"secret,omitempty"` // only where it is created
}

func endpointOf(e webhooks.Endpoint) wireEndpoint {
	return wireEndpoint{ID: e.ID, URL: e.URL, Events: append([]string{}, e.Events...), Status: "enabled", CreatedAt: e.CreatedAt.UTC().Format(time.RFC3339)}
}

// createEndpoint handles POST /v3/webhooks/endpoints.
func (s *Sandbox) createEndpoint(r *request) (any, *apiError) {
	body, err := io.ReadAll(io.LimitReader(r.body, maxEndpointBody+1))
	var fields *struct {
		URL    json.RawMessage `json:"url"`
		Events json.RawMessage `json:"events"`
	}
	if err != nil || len(body) > maxEndpointBody || json.Unmarshal(body, &fields) != nil || fields == nil {
		return nil, invalidParameter("", "The body is not a JSON object of at most 64 KiB.")
	}
	var target string
	if len(fields.URL) == 0 || json.Unmarshal(fields.URL, &target) != nil {
		return nil, invalidParameter("url", "url must be a string.")
	}
	var events []string
	if len(fields.Events) > 0 && json.Unmarshal(fields.Events, &events) != nil || len(events) > maxEndpointEvents ||
		slices.ContainsFunc(events, func(e string) bool { return e == "" || len(e) > maxEventType }) {
		return nil, invalidParameter("events", "events must be a list of at most 100 types of events.")
	}
	e, err := s.hooks.Add(target, events)
	switch {
	case errors.Is(err, webhooks.ErrTooMany):
		return nil, &apiError{http.StatusBadRequest, "resource_limit_reached", "There are 10 webhook endpoints already.", ""}
	case errors.Is(err, webhooks.ErrClosed):
		return nil, &apiError{http.StatusServiceUnavailable, "service_unavailable", "The sandbox is closed.", ""}
	case err != nil:
		return nil, invalidParameter("url", "url must be an http or https URL of a loopback host: the sandbox delivers to no other.")
	}
	created := endpointOf(e)
	created.Secret = e.Secret
	return item{Data: created}, nil
}

// listEndpoints handles GET /v3/webhooks/endpoints. There is one page, without parameters.
func (s *Sandbox) listEndpoints(*request) (any, *apiError) {
	data := []any{}
	for _, e := range s.hooks.Endpoints() {
		data = append(data, endpointOf(e))
	}
	return struct {
		Data      []any   `json:"data"`
		HasMore   bool    `json:"has_more"`
		NextToken *string `json:"next_token"`
	}{Data: data}, nil
}

// deleteEndpoint handles DELETE /v3/webhooks/endpoints/{id}.
func (s *Sandbox) deleteEndpoint(r *request) (any, *apiError) {
	if !s.hooks.Remove(r.id) {
		return nil, webhookNotFound()
	}
	return item{Data: struct {
		ID string `json:"endpoint_id"`
	}{r.id}}, nil
}

func (s *Sandbox) webhookOptions() webhooks.Options {
	o := webhooks.Options{Secret: s.options.WebhookSecret}
	if s.options.TrainingDuration > 0 {
		o.Events = s.trainingEvents
	}
	return o
}

// trainingEvents returns an event for each training that ended after one time, and until another. It skips the looks that are
// in no index: generating those of 100,000 groups twice a second would take all of a CPU.
func (s *Sandbox) trainingEvents(after, until time.Time) (events []webhooks.Event) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	ended := func(t trainingSchedule, ok bool) bool { return ok && t.endsAt.After(after) && !t.endsAt.After(until) }
	for e := range s.groups.all(nil) {
		if t, ok := s.scheduleOfGroup(e); ended(t, ok) {
			events = append(events, trainingEvent(t, e.value.AvatarType, &e.value.ID, nil))
		}
	}
	for e := range s.looks.collection.all(nil) {
		if t, ok := s.scheduleOfLook(e); ended(t, ok) {
			events = append(events, trainingEvent(t, e.value.AvatarType, e.value.GroupID, &e.value.ID))
		}
	}
	slices.SortStableFunc(events, func(a, b webhooks.Event) int { return a.At.Compare(b.At) })
	return events
}

// trainingEvent returns the event of a training. The keys of the data differ by type, as a client must not rely on them.
func trainingEvent(t trainingSchedule, avatarType string, group, look *string) webhooks.Event {
	kind, groupKey, lookKey := "instant_avatar", "avatar_group_id", "avatar_id"
	if avatarType == PhotoAvatar {
		kind, groupKey, lookKey = "photo_avatar_train", "group_id", "look_id"
	}
	event := webhooks.Event{Type: kind + ".success", Data: map[string]string{}, At: t.endsAt}
	if t.err != nil {
		event.Type = kind + ".fail"
	}
	if group != nil {
		event.Data[groupKey] = *group
	}
	if look != nil {
		event.Data[lookKey] = *look
	}
	return event
}
