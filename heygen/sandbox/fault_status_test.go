package sandbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestRetryAfterIsInGMTWhateverTheMachinesZone(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("elsewhere", 5*3600)
	t.Cleanup(func() { time.Local = local })
	synctest.Test(t, func(t *testing.T) { // it begins at midnight of 1 January 2000, UTC
		box := sandbox.New(sandbox.Options{})
		box.Misbehave(sandbox.RateLimitedUntil)
		if at := get(t, box, monica).Header().Get("Retry-After"); at != "Sat, 01 Jan 2000 00:00:02 GMT" {
			t.Error(at)
		}
	})
}
