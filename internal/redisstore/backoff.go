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
	s, name := t.store, t.keys.backOff()
	message := t.message(messageBackOff, "")
	s.writeInBackground("slot", false, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{
			b.Set().Key(name).Value(s.replica).Nx().Px(d).Build(),
			b.Pexpire().Key(name).Milliseconds(d.Milliseconds()).Gt().Build(), // never shorter
			b.Publish().Channel(channel).Message(message).Build(),
		}
	}, nil)
}

// backOffOf returns the back-off of another replica in the replies of PTTL and GET. The
// back-off of this replica is the limiter's own.
func (s *Store) backOffOf(pttl, get rueidis.RedisResult) time.Duration {
	remaining, err := pttl.AsInt64()
	if err != nil || remaining <= 0 {
		return 0
	}
	if replica, err := get.ToString(); err != nil || replica == s.replica {
		return 0
	}
	return min(time.Duration(remaining)*time.Millisecond, maxBackOff)
}

// readBackOff returns the back-off of another replica.
func (t *tenant) readBackOff() time.Duration {
	name := t.keys.backOff()
	replies, err := t.store.do(t.store.ctx, "slot", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Pttl().Key(name).Build(), get(b, name, replicaLength)}
	})
	if err != nil {
		return 0
	}
	return t.store.backOffOf(replies[0], replies[1])
}
