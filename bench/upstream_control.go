package main

import (
	"encoding/json"
	"fmt"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/upstream"
)

// heygen is the upstream's process, seen from here: its control, and the same data.
type heygen struct {
	address   string
	catalogue *upstream.Catalogue
}

// shorten sets how long its list is.
func (h heygen) shorten(groups int) error {
	h.catalogue.Shorten(groups)
	_, err := h.control(fmt.Sprintf("?groups=%d", groups))
	return err
}

// slow sets how long its answers take.
func (h heygen) slow(delay time.Duration) error {
	_, err := h.control("?delay=" + delay.String())
	return err
}

// calls is how often it was called so far.
func (h heygen) calls() (int64, error) {
	calls, err := h.control("")
	return calls.All(), err
}

func (h heygen) control(query string) (upstream.Calls, error) {
	var calls upstream.Calls
	body, err := load.Ask(h.address, load.Get(h.address, "/control"+query))
	if err == nil {
		err = json.Unmarshal(body, &calls)
	}
	if err != nil {
		return calls, fmt.Errorf("the upstream: %w", err)
	}
	return calls, nil
}
