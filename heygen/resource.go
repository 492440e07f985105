package heygen

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// parameters is the query of a list request. It omits empty values.
type parameters struct {
	url.Values
	violation string // the first reason for which HeyGen would reject the request
}

// tokenParameter is the query parameter with the page token.
const tokenParameter = "token"

func newListParameters(limit, maxLimit int, token string) parameters {
	p := parameters{Values: url.Values{}}
	if limit < 0 || limit > maxLimit {
		p.violation = fmt.Sprintf("limit is not between 1 and %d", maxLimit)
	}
	if limit > 0 {
		p.Set("limit", strconv.Itoa(limit))
	}
	p.setString(tokenParameter, token)
	return p
}

func (p *parameters) setString(name, value string) {
	if value != "" {
		p.Set(name, value)
	}
}

// setEnum sets a parameter that accepts only the known values.
func (p *parameters) setEnum(name, value string, known ...string) {
	if value != "" && !slices.Contains(known, value) && p.violation == "" {
		p.violation = name + " is none of " + strings.Join(known, ", ")
	}
	p.setString(name, value)
}

// getPage returns one page of the list at an endpoint such as GET /v3/avatars.
func getPage[T any, W wire[T]](ctx context.Context, c *Client, endpoint string, p parameters) (Page[T], error) {
	if p.violation != "" {
		return Page[T]{}, &Error{Kind: ErrInvalidArgument, Endpoint: endpoint, Cause: p.violation}
	}
	var page Page[T]
	err := c.getWithRetry(ctx, endpoint, strings.TrimPrefix(endpoint, "GET "), p.Values, func(res response) (err error) {
		page, err = decodePageFast[T, W](c, endpoint, res)
		return err
	})
	return page, err
}

// getOne returns the resource of an id at an endpoint such as
// GET /v3/avatars/{group_id}. idOf returns the id of a resource.
func getOne[K resourceID, T any, W wire[T]](ctx context.Context, c *Client, endpoint string, id K, idOf func(T) K) (T, error) {
	var zero T
	segment, ok := id.pathSegment()
	if !ok {
		return zero, &Error{Kind: ErrInvalidArgument, Endpoint: endpoint, Cause: "not a valid id"}
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(endpoint, "GET "), "{")
	var item T
	err := c.getWithRetry(ctx, endpoint, path+segment, nil, func(res response) (err error) {
		if item, err = decodeOneFast[T, W](c, endpoint, res); err == nil && idOf(item) != id {
			err = c.invalidResponse(endpoint, res, "the response has another id")
		}
		return err
	})
	if err != nil {
		return zero, err
	}
	return item, nil
}
