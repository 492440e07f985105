package plan

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// execution is one execution of an operation.
type execution struct {
	ctx        context.Context
	op         *graphql.OperationContext
	arguments  []any // of the resolver fields
	singleRoot bool  // exactly one root field has a resolver, and it has not started
	// sequential: all fields with resolvers are root fields that fetch by id. The first
	// one starts all loads, and then they gain nothing from goroutines of their own.
	sequential bool
	pending    sync.WaitGroup
	rootNulled atomic.Bool // a non-null root field is null
}

// chunk is a part of the response that one goroutine writes. Its gaps are filled by
// the chunks of other goroutines.
type chunk struct {
	*execution
	buf  []byte
	gaps []gap
}

type gap struct {
	offset int // in the buf of the chunk that has the gap
	chunk  *chunk
}

func (w *chunk) writeNull() { w.buf = append(w.buf, "null"...) }

// writeFieldNull appends null for a root field or a nullable field. If the field is
// non-null, the whole data becomes null.
func (w *chunk) writeFieldNull(f graphql.CollectedField) {
	if f.Definition.Type.NonNull {
		w.rootNulled.Store(true)
	}
	w.writeNull()
}

// newGap adds a gap at the end of the chunk. It returns the chunk that fills it.
func (w *chunk) newGap() *chunk {
	inner := &chunk{execution: w.execution}
	w.gaps = append(w.gaps, gap{len(w.buf), inner})
	return inner
}

// execute returns the response's data. sizeHint is the initial capacity of its buffer.
func (e *execution) execute(write writeFunc[*queryRoot], sizeHint int) []byte {
	w := &chunk{execution: e, buf: make([]byte, 0, sizeHint)}
	write(w, nil, &queryRoot{})
	e.pending.Wait()
	if e.rootNulled.Load() {
		return []byte("null")
	}
	if len(w.gaps) == 0 {
		return w.buf
	}
	return w.appendTo(make([]byte, 0, w.size()))
}

// size returns the number of bytes of the chunk with its gaps filled.
func (w *chunk) size() int {
	n := len(w.buf)
	for _, g := range w.gaps {
		n += g.chunk.size()
	}
	return n
}

// appendTo appends the chunk with its gaps filled.
func (w *chunk) appendTo(dst []byte) []byte {
	written := 0
	for _, g := range w.gaps {
		dst = g.chunk.appendTo(append(dst, w.buf[written:g.offset]...))
		written = g.offset
	}
	return append(dst, w.buf[written:]...)
}

// spawn runs write, which may block, in a goroutine that fills a gap. The only
// resolver of the root fields needs no goroutine, nor do sequential ones: write runs here.
func (w *chunk) spawn(write func(*chunk)) {
	if w.sequential {
		write(w)
		return
	}
	if w.singleRoot {
		w.singleRoot = false
		write(w)
		return
	}
	inner := w.newGap()
	w.pending.Go(func() { write(inner) })
}

// runResolver calls a resolver and appends its value. If it fails or panics, it appends
// null and adds an error.
func runResolver[V any](w *chunk, parent *graphql.FieldContext, f graphql.CollectedField, resolve func(context.Context) (V, error), write writeFunc[V]) {
	size, gaps := len(w.buf), len(w.gaps)
	fc := &graphql.FieldContext{Field: f}
	ctx := graphql.WithFieldContext(w.ctx, fc)
	fc.Parent = parent
	defer func() {
		if cause := recover(); cause != nil {
			w.op.Error(ctx, w.op.Recover(ctx, cause))
			w.buf, w.gaps = w.buf[:size], w.gaps[:gaps]
			w.writeFieldNull(f)
		}
	}()
	value, err := resolve(ctx)
	if err != nil {
		w.op.Error(ctx, graphql.AddFieldLocationToError(ctx, err))
		w.writeFieldNull(f)
		return
	}
	write(w, fc, value)
}
