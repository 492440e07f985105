package limiter

import (
	"context"
	"time"
)

// Shared coordinates the limits of one credential with the other processes that use it.
type Shared interface {
	// AcquireSlot waits for one of the slots that all processes have together. Release,
	// which must be called once, frees it. If backoff is positive, there is no slot, and
	// release is nil: HeyGen has rate limited another process, and no call may start
	// before. If the store is unavailable, AcquireSlot returns at once: the limits of
	// this process apply. The error is that of ctx.
	AcquireSlot(ctx context.Context) (release func(), backoff time.Duration, err error)
	// BackOff lets the other processes back off, after a 429 to this one.
	BackOff(time.Duration)
}
