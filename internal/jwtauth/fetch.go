package jwtauth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	maxBodySize  = 1 << 20
	maxRedirects = 3
)

var (
	errRedirect    = errors.New("redirected to another scheme or host, or too often")
	errTimeout     = errors.New("no response within 5 s")
	errUnreachable = errors.New("cannot be reached")
	errTooLarge    = errors.New("the JWK Set is larger than 1 MiB")
)

// newClient returns a client that follows redirects on the same scheme and host only: what
// another host serves is not what the operator trusts.
func newClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.DisableKeepAlives = true // a connection that is used once an hour
		own.MaxResponseHeaderBytes = 64 << 10
		transport = own
	}
	return &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects || r.URL.Scheme != via[0].URL.Scheme || r.URL.Host != via[0].URL.Host {
			return errRedirect
		}
		return nil
	}}
}

// fetch fetches the keys. Its error contains neither the URL nor an error of net/http.
func (s *keySet) fetch() (*keys, error) {
	ctx, cancel := context.WithTimeout(s.ctx, fetchTimeout)
	defer cancel()
	startedAt := time.Now()
	data, err := s.download(ctx)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, errTimeout
	case err != nil:
		return nil, err
	}
	fetched, err := parseKeys(data)
	if err != nil {
		return nil, err
	}
	fetched.fetchedAt = startedAt
	return fetched, nil
}

func (s *keySet) download(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return nil, errUnreachable // unreachable: the URL has been checked
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	request.Header.Set("User-Agent", "heygen-graphql")
	response, err := s.client.Do(request)
	switch {
	case errors.Is(err, errRedirect):
		return nil, errRedirect
	case err != nil:
		return nil, errUnreachable
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the response has status %d", response.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxBodySize+1))
	switch {
	case err != nil:
		return nil, errUnreachable
	case len(data) > maxBodySize:
		return nil, errTooLarge
	}
	return data, nil
}
