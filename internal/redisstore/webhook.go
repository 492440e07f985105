package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/redis/rueidis"
)

// webhookKey returns the name of the key of a webhook event. It is a hash, because the length of an id is not limited.
func webhookKey(event string) string {
	hash := sha256.Sum256([]byte(event))
	return namespace + "webhook:" + hex.EncodeToString(hash[:])
}

// FirstSeen records the id of a webhook event for an hour, and reports whether no replica has recorded it before. It reports
// true if Redis is unavailable: an event that is handled twice costs an upstream call, and a lost one delays a change.
func (s *Store) FirstSeen(ctx context.Context, event string) bool {
	replies, err := s.do(ctx, "webhook", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Set().Key(webhookKey(event)).Value("").Nx().Ex(webhookTTL).Build()}
	})
	return err != nil || !rueidis.IsRedisNil(replies[0].Error())
}
