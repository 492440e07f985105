// Package bearer tells whether a request shows one of the bearer tokens that a
// server wants to see. Several are good at once, so that one can be replaced by
// another while callers still show the old one; those in a file can be changed
// while the server runs.
//
// It is not about who the caller is: a token opens the door, and all are alike.
// What to answer to who has none is for others to say.
//
//	t, err := bearer.New(bearer.Options{File: "/etc/heygen-graphql/tokens"})
//	if !t.Valid(request) {
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

// mostTokens bounds what a request costs, which is compared with each of them.
const mostTokens = 100

// Options are where the tokens come from, at most 100 in all. The zero value:
// there are none, and every request is valid.
type Options struct {
	// Tokens are good as long as the process runs. Each has 16 to 512 characters of
	// those that can stand behind "Bearer" (RFC 6750): A-Z a-z 0-9 - . _ ~ + / and, at
	// its end, =. Nil: there are none but those of the file.
	Tokens []string
	// File has more of them, one a line, up to 64 KiB; blank lines and those that
	// begin with # are none. It must be there with a token or more when the process
	// starts, and is read again when it has changed: within a second, by the first
	// request that shows a token. Who changes it renames a new file into its place, so that
	// none is read that is half written. Empty: there is none.
	File string
	// Logger is told when the file has changed or cannot be used, never a token.
	// Nil: nobody is.
	Logger *slog.Logger
}

// Tokens are what requests are held to. Make them with [New]; the zero value lets
// nobody in. Only hashes are kept, so that a dump of it has no token.
type Tokens struct {
	open bool // there are none, and nobody needs one
	good atomic.Pointer[[]hash]
	own  []hash // those of Options.Tokens
	file file
}

// New checks the tokens and reads the file. Its errors name a token by its number,
// or its line, and show nothing of it.
func New(o Options) (*Tokens, error) {
	t := &Tokens{open: len(o.Tokens) == 0 && o.File == ""}
	for i, token := range o.Tokens {
		if err := check(token); err != nil {
			return nil, fmt.Errorf("token %d %w", i+1, err)
		}
		t.own = append(t.own, hashOf(token))
	}
	if len(t.own) > mostTokens {
		return nil, fmt.Errorf("there are more than %d tokens", mostTokens)
	}
	t.good.Store(&t.own)
	t.file = file{
		path:    o.File,
		logger:  cmp.Or(o.Logger, slog.New(slog.DiscardHandler)),
		started: time.Now(),
	}
	t.file.next.Store(int64(pause))
	if err := t.Reload(); err != nil {
		return nil, err
	}
	return t, nil
}

// Required reports whether a request needs a token. It never changes: a file
// that is named has had a token at the start, and whatever becomes of it, the
// last good ones stay.
func (t *Tokens) Required() bool { return !t.open }

// Valid reports whether a request shows a good token, or needs none.
func (t *Tokens) Valid(r *http.Request) bool {
	if t.open {
		return true
	}
	token, ok := shown(r)
	if !ok {
		return false
	}
	t.look()
	good := t.good.Load()
	return good != nil && among(hashOf(token), *good)
}
