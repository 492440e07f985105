package cache

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Request is something that can be asked for.
type Request[V any] struct {
	// Key names it within its scope: a comparable value, of a type that is used
	// for nothing else.
	Key any
	// Fetch makes the call. Its context ends when nobody waits for it any longer.
	Fetch func(context.Context) (V, error)
	// Expiry says for how long an answer, which may be an error, is worth keeping.
	Expiry func(value V, err error, at time.Time) Expiry
	// Transient tells an error that says nothing of what was asked for, so that an
	// older answer stands. nil: none does.
	Transient func(error) bool
	// OnFetch is told every answer that was fetched, before anybody else sees it,
	// with the view that it belongs to. May be nil.
	OnFetch func(value V, err error, at time.Time, of Snapshot)
	// Bulk is for a request that brings more than itself. Behind answers it does not
	// wait for those that do not.
	Bulk bool
	// OnStaleIfError is told the errors in spite of which an older answer stands. May be
	// nil.
	OnStaleIfError func(error)
	// Valid tells whether what is kept may still be given. nil: it may.
	Valid func(V) bool
	// Inline is for what is made of other answers: by whoever asks first, without a
	// goroutine, and it goes on for the others when that one leaves. Half of the bytes is
	// for such.
	Inline bool
}

// Get gives an answer: what is kept, what another is fetching already, or what
// it fetches itself. Its error is Fetch's, or how the context ended.
func Get[V any](ctx context.Context, s *Scope, r Request[V]) (Entry[V], error) {
	c, k := s.cache, key{s.Snapshot(), r.Key, r.Inline}
	now := time.Now()
	old := c.look(k, now)
	seen := old
	if old != nil && !r.valid(old) {
		old = nil
	}
	if old != nil {
		if now.Before(old.life.Fresh) {
			return entryOf[V](old, Hit)
		}
		if old.enough(now) {
			return entryOf[V](old, Stale)
		}
		atOnce := now.Before(old.life.Stale)
		behind, from := c.refresh(k, r.call(c, old), r.lane(), atOnce)
		if atOnce {
			return entryOf[V](old, Stale)
		}
		switch e := r.newer(ctx, behind, old); e {
		case nil:
		case old:
			return entryOf[V](old, Stale)
		default:
			return entryOf[V](e, from)
		}
	}
	f, from := c.join(ctx, k, r.call(c, seen), r.Inline)
	e := f.wait(ctx)
	if e == nil {
		f.leave(reason(ctx))
		return Entry[V]{Result: from}, reason(ctx)
	}
	f.leave(nil)
	if e.at.Before(f.started) { // the call found it to be there already
		from = Hit
	}
	return entryOf[V](e, from)
}

func (r Request[V]) valid(e *entry) bool {
	value, ok := e.value.(V)
	return r.Valid == nil || ok && r.Valid(value)
}

// newer waits for a new answer as long as patience lasts, and gives the old one
// where that did not help. nil: there is neither, as the old one has ended since,
// or was dropped.
func (r Request[V]) newer(ctx context.Context, f *flight, old *entry) *entry {
	ctx, cancel := context.WithDeadline(ctx, f.started.Add(patience))
	defer cancel()
	e := f.wait(ctx)
	if (e == nil || r.transient(e.err)) && time.Now().Before(old.life.Expires) && f.key.current() {
		return old
	}
	return e
}

func (r Request[V]) transient(err error) bool {
	_, panicked := errors.AsType[*PanicError](err)
	return panicked || err != nil && r.Transient != nil && r.Transient(err)
}

// call fetches an answer and keeps it, if it is worth it. seen is what was kept
// when it was decided that a call is needed: what is there instead of it by now,
// another call has brought, or a list.
func (r Request[V]) call(c *Cache, seen *entry) call {
	return func(ctx context.Context, k key) *entry {
		began := time.Now()
		if e := c.look(k, began); e != nil && e != seen && e.enough(began) {
			return e
		}
		value, err := fetched(ctx, r.Fetch)
		now := time.Now()
		if r.OnFetch != nil {
			r.OnFetch(value, err, now, k.Snapshot)
		}
		e := &entry{key: k, serial: c.serials.Add(1), value: value, err: err, at: now, life: r.Expiry(value, err, now)}
		if r.settle(c, k, e, began) && r.OnStaleIfError != nil {
			r.OnStaleIfError(err)
		}
		return e
	}
}

// settle decides what is kept from now on. It tells whether an older answer
// stands in spite of an error.
func (r Request[V]) settle(c *Cache, k key, e *entry, began time.Time) (stands bool) {
	c.settling.Lock()
	defer c.settling.Unlock()
	old := c.look(k, e.at)
	switch {
	case old != nil && old.at.After(began) && (e.err == nil || e.at.Before(e.life.Expires)):
		// Another way has brought a younger answer than this one was when it left.
	case e.at.Before(e.life.Expires):
		c.keep(k, e)
	case !r.transient(e.err):
		c.forget(k) // whatever was kept is no longer true
	case old != nil:
		c.keep(k, old.later(e.at.Add(pause)))
		return true
	}
	return false
}

// PanicError is the error of a Fetch that panicked. Its text is for a log alone.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic in a fetch: %v\n%s", e.Value, e.Stack) }

func fetched[V any](ctx context.Context, fetch func(context.Context) (V, error)) (value V, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{r, debug.Stack()}
		}
	}()
	return fetch(ctx)
}

// Put keeps an answer that came by another way, unless a younger one is there.
func Put[V any](v Snapshot, name any, value V, at time.Time, life Expiry) {
	c, k := v.scope.cache, key{v, name, false}
	if c.kept == nil || !at.Before(life.Expires) {
		return
	}
	c.settling.Lock()
	defer c.settling.Unlock()
	if old := c.look(k, at); old != nil && old.at.After(at) {
		return
	}
	k = k.own()
	c.keep(k, &entry{key: k, serial: c.serials.Add(1), value: value, at: at, life: life})
}
