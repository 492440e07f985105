package plan

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// run is an operation while it is executed.
type run struct {
	ctx       context.Context
	op        *graphql.OperationContext
	arguments []any
	lone      bool // a single root field needs a resolver, and has not begun
	under     sync.WaitGroup
	broken    atomic.Bool // a root field is null that must not be
}

// piece is a part of the answer that one goroutine writes. It has holes, in which
// the pieces of others belong.
type piece struct {
	*run
	text  []byte
	holes []hole
}

type hole struct {
	at int // in the text
	in *piece
}

func (p *piece) null() { p.text = append(p.text, "null"...) }

// fail writes null for a field, unless it must not be null: then all is.
func (p *piece) fail(f graphql.CollectedField) {
	if f.Definition.Type.NonNull {
		p.broken.Store(true)
	}
	p.null()
}

// hole leaves room for a piece here.
func (p *piece) hole() *piece {
	in := &piece{run: p.run}
	p.holes = append(p.holes, hole{len(p.text), in})
	return in
}

// data gives the whole answer, for which there is room at first.
func (r *run) data(write writer[*root], room int) []byte {
	p := &piece{run: r, text: make([]byte, 0, room)}
	write(p, nil, &root{})
	r.under.Wait()
	if r.broken.Load() {
		return []byte("null")
	}
	if len(p.holes) == 0 {
		return p.text
	}
	return p.appendTo(make([]byte, 0, p.length()))
}

func (p *piece) length() int {
	n := len(p.text)
	for _, h := range p.holes {
		n += h.in.length()
	}
	return n
}

func (p *piece) appendTo(whole []byte) []byte {
	done := 0
	for _, h := range p.holes {
		whole = h.in.appendTo(append(whole, p.text[done:h.at]...))
		done = h.at
	}
	return append(whole, p.text[done:]...)
}

// start lets a part be written that may have to wait: into a hole, unless it is the
// only one.
func (p *piece) start(work func(*piece)) {
	if p.lone {
		p.lone = false
		work(p)
		return
	}
	in := p.hole()
	p.under.Go(func() { work(in) })
}

// resolve writes what a resolver gives, or null and an error.
func resolve[V any](p *piece, at *graphql.FieldContext, f graphql.CollectedField, call func(context.Context) (V, error), write writer[V]) {
	text, holes := len(p.text), len(p.holes)
	field := &graphql.FieldContext{Field: f}
	ctx := graphql.WithFieldContext(p.ctx, field)
	field.Parent = at
	defer func() {
		if cause := recover(); cause != nil {
			p.op.Error(ctx, p.op.Recover(ctx, cause))
			p.text, p.holes = p.text[:text], p.holes[:holes]
			p.fail(f)
		}
	}()
	value, err := call(ctx)
	if err != nil {
		p.op.Error(ctx, graphql.AddFieldLocationToError(ctx, err))
		p.fail(f)
		return
	}
	write(p, field, value)
}
