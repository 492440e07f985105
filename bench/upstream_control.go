package main

import (
	"encoding/json"
	"fmt"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/upstream"
)

// upstreamControl configures the upstream process and reads its counters. Its
// catalogue holds the same data as that process.
type upstreamControl struct {
	address   string
	catalogue *upstream.Catalogue
}

// setGroups sets the number of groups in the catalogue.
func (u upstreamControl) setGroups(groups int) error {
	u.catalogue.SetLen(groups)
	_, err := u.get(fmt.Sprintf("?groups=%d", groups))
	return err
}

// setDelay sets the delay before each response.
func (u upstreamControl) setDelay(delay time.Duration) error {
	_, err := u.get("?delay=" + delay.String())
	return err
}

// calls returns the number of calls so far.
func (u upstreamControl) calls() (int64, error) {
	calls, err := u.get("")
	return calls.Total(), err
}

func (u upstreamControl) get(query string) (upstream.Calls, error) {
	var calls upstream.Calls
	body, err := load.Send(u.address, load.GetRequest(u.address, "/control"+query))
	if err == nil {
		err = json.Unmarshal(body, &calls)
	}
	if err != nil {
		return calls, fmt.Errorf("the upstream: %w", err)
	}
	return calls, nil
}
