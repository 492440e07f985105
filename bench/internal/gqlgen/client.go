package gqlgen

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// client calls HeyGen.
type client struct {
	http *http.Client
	base string
	key  string
}

// newClient allows more idle connections than there are load clients: with net/http's
// default of 2 per host, most calls would dial.
func newClient(base, key string) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 256, 256
	return &client{http: &http.Client{Transport: transport}, base: base, key: key}
}

// listResponse is HeyGen's response with a page of items.
type listResponse[T any] struct {
	Data      []T    `json:"data"`
	HasMore   bool   `json:"has_more"`
	NextToken string `json:"next_token"`
}

// itemResponse is HeyGen's response with a single item.
type itemResponse[T any] struct {
	Data T `json:"data"`
}

func get[T any](ctx context.Context, c *client, path string) (decoded T, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return decoded, err
	}
	request.Header.Set("X-Api-Key", c.key)
	response, err := c.http.Do(request)
	if err != nil {
		return decoded, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return decoded, fmt.Errorf("HeyGen returned %s", response.Status)
	}
	return decoded, json.NewDecoder(response.Body).Decode(&decoded)
}

func (c *client) groups(ctx context.Context, token string, limit int) (listResponse[group], error) {
	return get[listResponse[group]](ctx, c, "/v3/avatars?"+pageQuery(token, limit).Encode())
}

func (c *client) group(ctx context.Context, id string) (group, error) {
	response, err := get[itemResponse[group]](ctx, c, "/v3/avatars/"+url.PathEscape(id))
	return response.Data, err
}

func (c *client) looks(ctx context.Context, group, token string, limit int) (listResponse[look], error) {
	query := pageQuery(token, limit)
	query.Set("group_id", group)
	return get[listResponse[look]](ctx, c, "/v3/avatars/looks?"+query.Encode())
}

func (c *client) voice(ctx context.Context, id string) (voice, error) {
	response, err := get[itemResponse[voice]](ctx, c, "/v3/voices/"+url.PathEscape(id))
	return response.Data, err
}

func pageQuery(token string, limit int) url.Values {
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	if token != "" {
		query.Set("token", token)
	}
	return query
}
