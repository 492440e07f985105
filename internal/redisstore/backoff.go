package redisstore

import (
	"time"

	"github.com/redis/rueidis"
)

// BackOff makes the other replicas back off, after a 429 to this one. It does not wait.
func (t *Tenant) BackOff(d time.Duration) {
	d = min(d, maxBackOff)
	if d < time.Millisecond {
		return
	}
	t.setBackOff(d)
	s, name := t.store, t.keys.backOff()
	message := t.message(messageBackOff, "")
	s.writeInBackground("slot", whileAvailable, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{
			b.Set().Key(name).Value(s.replica).Nx().Px(d).Build(),
			b.Pexpire().Key(name).Milliseconds(d.Milliseconds()).Gt().Build(), // never shorter
			b.Publish().Channel(channel).Message(message).Build(),
		}
	}, nil)
}

// sameBackOff is the difference up to which two back-offs are the same one.
const sameBackOff = 500 * time.Millisecond

// setBackOff notes a back-off of this process, which its limiter knows.
func (t *tenant) setBackOff(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until := time.Now().Add(d); until.After(t.backOffUntil) {
		t.backOffUntil = until
	}
}

// backOffOf returns the back-off in the reply of PTTL, if it ends after that of this process.
func (t *tenant) backOffOf(pttl rueidis.RedisResult) time.Duration {
	remaining, err := pttl.AsInt64()
	if err != nil || remaining <= 0 {
		return 0
	}
	d := min(time.Duration(remaining)*time.Millisecond, maxBackOff)
	t.mu.Lock()
	defer t.mu.Unlock()
	if d-time.Until(t.backOffUntil) < sameBackOff && time.Now().Before(t.backOffUntil) {
		return 0
	}
	return d
}

// readBackOff returns the back-off of another replica.
func (t *tenant) readBackOff() time.Duration {
	replies, err := t.store.do(t.store.ctx, "slot", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Pttl().Key(t.keys.backOff()).Build()}
	})
	if err != nil {
		return 0
	}
	return t.backOffOf(replies[0])
}
