package heygen

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// parameters are the query of a list. Those that are empty are not sent.
type parameters struct {
	url.Values
	wrong string // why the first one that HeyGen would refuse cannot be sent
}

func listParameters(limit, most int, token string) parameters {
	p := parameters{Values: url.Values{}}
	if limit < 0 || limit > most {
		p.wrong = fmt.Sprintf("limit is not between 1 and %d", most)
	}
	if limit > 0 {
		p.Set("limit", strconv.Itoa(limit))
	}
	p.text("token", token)
	return p
}

func (p *parameters) text(name, value string) {
	if value != "" {
		p.Set(name, value)
	}
}

// word is a text of which HeyGen takes only some.
func (p *parameters) word(name, value string, known ...string) {
	if value != "" && !slices.Contains(known, value) && p.wrong == "" {
		p.wrong = name + " is none of " + strings.Join(known, ", ")
	}
	p.text(name, value)
}

// list gives one page of the list at an endpoint such as GET /v3/avatars.
func list[T any, W wire[T]](ctx context.Context, c *Client, endpoint string, p parameters) (Page[T], error) {
	if p.wrong != "" {
		return Page[T]{}, &Error{Kind: ErrInvalidArgument, Endpoint: endpoint, Cause: p.wrong}
	}
	var page Page[T]
	err := c.get(ctx, endpoint, strings.TrimPrefix(endpoint, "GET "), p.Values, func(a answer) (err error) {
		page, err = decodePageFast[T, W](c, endpoint, a)
		return err
	})
	return page, err
}

// one gives what an endpoint such as GET /v3/avatars/{group_id} says of one id;
// idOf, which id the answer is about.
func one[K id, T any, W wire[T]](ctx context.Context, c *Client, endpoint string, key K, idOf func(T) K) (T, error) {
	var zero T
	element, ok := key.element()
	if !ok {
		return zero, &Error{Kind: ErrInvalidArgument, Endpoint: endpoint, Cause: "not an id"}
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(endpoint, "GET "), "{")
	var item T
	err := c.get(ctx, endpoint, path+element, nil, func(a answer) (err error) {
		if item, err = decodeOneFast[T, W](c, endpoint, a); err == nil && idOf(item) != key {
			err = c.invalid(endpoint, a, "the answer is about another id")
		}
		return err
	})
	if err != nil {
		return zero, err
	}
	return item, nil
}
