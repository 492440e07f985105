package gqlgen

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// client asks HeyGen.
type client struct {
	http *http.Client
	base string
	key  string
}

// newClient keeps as many connections as there are clients, and more: net/http's
// default of 2 would make most calls dial.
func newClient(base, key string) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 256, 256
	return &client{http: &http.Client{Transport: transport}, base: base, key: key}
}

// list is HeyGen's answer with many things.
type list[T any] struct {
	Data      []T    `json:"data"`
	HasMore   bool   `json:"has_more"`
	NextToken string `json:"next_token"`
}

// one is HeyGen's answer with one.
type one[T any] struct {
	Data T `json:"data"`
}

func get[T any](ctx context.Context, c *client, path string) (answer T, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return answer, err
	}
	request.Header.Set("X-Api-Key", c.key)
	response, err := c.http.Do(request)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return answer, fmt.Errorf("HeyGen said %s", response.Status)
	}
	return answer, json.NewDecoder(response.Body).Decode(&answer)
}

func (c *client) groups(ctx context.Context, token string, limit int) (list[group], error) {
	return get[list[group]](ctx, c, "/v3/avatars?"+paging(token, limit).Encode())
}

func (c *client) group(ctx context.Context, id string) (group, error) {
	answer, err := get[one[group]](ctx, c, "/v3/avatars/"+url.PathEscape(id))
	return answer.Data, err
}

func (c *client) looks(ctx context.Context, group, token string, limit int) (list[look], error) {
	query := paging(token, limit)
	query.Set("group_id", group)
	return get[list[look]](ctx, c, "/v3/avatars/looks?"+query.Encode())
}

func (c *client) voice(ctx context.Context, id string) (voice, error) {
	answer, err := get[one[voice]](ctx, c, "/v3/voices/"+url.PathEscape(id))
	return answer.Data, err
}

func paging(token string, limit int) url.Values {
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	if token != "" {
		query.Set("token", token)
	}
	return query
}
