package limiter

import (
	"context"
	"slices"
	"time"
)

// turn is a call that waits to begin.
type turn struct {
	ctx  context.Context // whose deadline may move on while it waits
	wake chan struct{}   // of one: look again
}

// enqueue gives a call its turn, after those that wait already. It must leave.
// nil: so many wait already.
func (p *pace) enqueue(ctx context.Context, most int) *turn {
	t := &turn{ctx: ctx, wake: make(chan struct{}, 1)}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) >= most {
		return nil
	}
	p.waiting = append(p.waiting, t)
	return t
}

// await waits until a call may look for a slot. It is the first in line then, or
// nothing is held back. It gives up at once, with the wait that is left, where
// that is longer than the call's deadline allows.
func (p *pace) await(t *turn) (rest time.Duration, ok bool) {
	for {
		p.mu.Lock()
		now, before := time.Now(), slices.Index(p.waiting, t)
		rest := p.wait(now, before)
		p.mu.Unlock()
		if rest == 0 || t.ctx.Err() != nil { // which is told when it is the slot's turn
			return 0, true
		}
		if deadline, ok := t.ctx.Deadline(); ok && !now.Add(rest).Before(deadline) {
			return rest, false
		}
		timer := time.NewTimer(rest) // those that are not the first are woken earlier, if they move up
		select {
		case <-timer.C:
		case <-t.wake:
		case <-t.ctx.Done():
		}
		timer.Stop()
	}
}

// begin lets a call that has a slot begin, unless a 429 came between. seen is
// what to give to limited or answered.
func (p *pace) begin(t *turn) (seen int, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.wait(now, slices.Index(p.waiting, t)) > 0 {
		return 0, false
	}
	p.lately(now)
	p.begun = append(p.begun, now)
	p.next = now.Add(p.interval(now))
	p.remove(t)
	return p.reduced, true
}

// leave gives up the turn of a call that has not begun; else it does nothing.
func (p *pace) leave(t *turn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.remove(t)
}

func (p *pace) remove(t *turn) {
	i := slices.Index(p.waiting, t)
	if i < 0 {
		return
	}
	p.waiting = slices.Delete(p.waiting, i, i+1)
	if i == 0 {
		wake(p.waiting[:min(1, len(p.waiting))])
	}
}

// wake makes calls that wait look again.
func wake(turns []*turn) {
	for _, t := range turns {
		select {
		case t.wake <- struct{}{}:
		default:
		}
	}
}
