// Package bearer authenticates requests by bearer tokens (RFC 6750). Several
// tokens are valid at once, so that one can be rotated while callers still send
// the old one; tokens in a file can be changed while the server runs.
//
// It does not identify callers: all tokens grant the same access. Writing the 401
// is the caller's part.
//
//	tokens, err := bearer.New(bearer.Options{File: "/etc/heygen-graphql/tokens"})
//	if !tokens.Valid(request) {
//		// 401
//	}
package bearer

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// maxClientTokens bounds the cost of a request: its token is compared with each of them.
const maxClientTokens = 100

// Options configure the tokens, at most 100 in all. With the zero value every
// request is valid.
type Options struct {
	// Tokens are valid as long as the process runs. Each has 16 to 512 characters of
	// the token68 syntax that "Bearer" allows (RFC 6750): A-Z a-z 0-9 - . _ ~ + / and
	// trailing =.
	Tokens []string
	// File is the path of a file with more tokens, one a line, up to 64 KiB. Blank
	// lines and lines that begin with # are ignored. The file must exist and contain a
	// token when the process starts. When it changes, it is reloaded within a second,
	// by the first request that carries a token. Replace it by renaming a new file,
	// so that it is never read half written. Empty: no file.
	File string
	// Logger receives a record when the file has been reloaded or cannot be used. No
	// record contains a token. Nil: nothing is logged.
	Logger *slog.Logger
}

// Tokens validates requests. Create it with [New]; the zero value rejects every
// request. It contains only hashes, so that a dump of it reveals no token.
type Tokens struct {
	allowAll bool // no tokens are configured, so none is required
	active   atomic.Pointer[[]hash]
	static   []hash // of Options.Tokens
	file     tokenFile
}

// New validates the tokens and reads the file. It returns an error if a token or
// the file is invalid. The error identifies a token by its number or line, and
// contains no part of it.
func New(o Options) (*Tokens, error) {
	t := &Tokens{allowAll: len(o.Tokens) == 0 && o.File == ""}
	for i, token := range o.Tokens {
		if err := validate(token); err != nil {
			return nil, fmt.Errorf("token %d %w", i+1, err)
		}
		t.static = append(t.static, hashOf(token))
	}
	if len(t.static) > maxClientTokens {
		return nil, fmt.Errorf("more than %d tokens", maxClientTokens)
	}
	t.active.Store(&t.static)
	t.file = tokenFile{
		path:    o.File,
		logger:  cmp.Or(o.Logger, slog.New(slog.DiscardHandler)),
		started: time.Now(),
	}
	t.file.nextPoll.Store(int64(pollInterval))
	if err := t.Reload(); err != nil {
		return nil, err
	}
	return t, nil
}

// Required reports whether requests need a token. It never changes: a configured
// file has had a token at the start, and if it becomes unusable, the last valid
// tokens stay active.
func (t *Tokens) Required() bool { return !t.allowAll }

// Valid reports whether a request carries an active token, or needs none.
func (t *Tokens) Valid(r *http.Request) bool {
	if t.allowAll {
		return true
	}
	token, ok := FromHeader(r.Header)
	if !ok || validate(token) != nil {
		return false
	}
	t.reloadIfChanged()
	active := t.active.Load()
	return active != nil && contains(*active, hashOf(token))
}
