package plan

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// run is an operation while it is executed.
type run struct {
	ctx       context.Context
	op        *graphql.OperationContext
	arguments []any
	inline    bool // the first resolver needs no goroutine
	under     sync.WaitGroup
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

// hole leaves room for a piece here.
func (p *piece) hole() *piece {
	in := &piece{run: p.run}
	p.holes = append(p.holes, hole{len(p.text), in})
	return in
}

// data gives the whole answer.
func (r *run) data(write writer[*root]) []byte {
	p := &piece{run: r}
	write(p, nil, &root{})
	r.under.Wait()
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

// start runs what may have to wait. The only one need not have a goroutine.
func (r *run) start(work func()) {
	if r.inline {
		r.inline = false
		work()
		return
	}
	r.under.Go(work)
}

// resolve writes what a resolver gives, or null and an error.
func resolve[V any](p *piece, at *graphql.FieldContext, f graphql.CollectedField, call func(context.Context) (V, error), write writer[V]) {
	field := &graphql.FieldContext{Field: f}
	ctx := graphql.WithFieldContext(p.ctx, field)
	field.Parent = at
	defer func() {
		if cause := recover(); cause != nil {
			p.op.Error(ctx, p.op.Recover(ctx, cause))
			p.text, p.holes = nil, nil
			p.null()
		}
	}()
	value, err := call(ctx)
	if err != nil {
		p.op.Error(ctx, graphql.AddFieldLocationToError(ctx, err))
		p.null()
		return
	}
	write(p, field, value)
}
