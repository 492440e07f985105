package heygen_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

var errOther = errors.New("something else")

// contextEndings end a context after 2.5 seconds. kind is the kind of the error.
var contextEndings = map[string]struct {
	end  func(context.Context) (context.Context, context.CancelFunc)
	kind error
}{
	"a deadline": {func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, 2500*time.Millisecond)
	}, heygen.ErrTimeout},
	"a deadline with a cause": {func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeoutCause(ctx, 2500*time.Millisecond, errOther)
	}, heygen.ErrTimeout},
	"canceled":                       {canceledWith(nil), context.Canceled},
	"canceled with a cause":          {canceledWith(errOther), context.Canceled},
	"canceled by a deadline":         {canceledWith(context.DeadlineExceeded), heygen.ErrTimeout},
	"canceled by a wrapped deadline": {canceledWith(fmt.Errorf("the last caller: %w", context.DeadlineExceeded)), heygen.ErrTimeout},
}

func canceledWith(cause error) func(context.Context) (context.Context, context.CancelFunc) {
	return func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(ctx)
		timer := time.AfterFunc(2500*time.Millisecond, func() { cancel(cause) })
		return ctx, func() { timer.Stop(); cancel(nil) }
	}
}

// An error response whose body is late has its status, whichever deadline passed.
func TestContextCauseDecidesTheKindDuringARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, ending := range contextEndings {
			for body, c := range map[string]struct {
				transport upstream
				late      error
			}{
				"no headers":           {hang, heygen.ErrTimeout},
				"a slow body":          {slowBody(200), heygen.ErrTimeout},
				"a slow body of a 403": {slowBody(403), heygen.ErrForbidden},
			} {
				want := ending.kind
				if want == heygen.ErrTimeout {
					want = c.late
				}
				ctx, cancel := ending.end(t.Context())
				start := time.Now()
				_, err := newClient(t, c.transport).AvatarGroup(ctx, "g")
				if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != want || time.Since(start) != 2500*time.Millisecond {
					t.Errorf("%s, %s: %v after %v", name, body, err, time.Since(start))
				}
				cancel()
			}
		}
	})
}

func TestContextCauseDecidesTheKindInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		client := newClient(t, upstream(func(*http.Request) (*http.Response, error) {
			<-release
			return newResponse(404, ""), nil
		}), func(o *heygen.Options) { o.MaxConcurrent = 1 })
		go func() { _, _ = client.AvatarGroup(t.Context(), "holds it") }()
		synctest.Wait()
		for name, ending := range contextEndings {
			ctx, cancel := ending.end(t.Context())
			start := time.Now()
			_, err := client.AvatarGroup(ctx, "g")
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != ending.kind || failed.Status != 0 || time.Since(start) != 2500*time.Millisecond {
				t.Errorf("%s: %v after %v", name, err, time.Since(start))
			}
			cancel()
		}
		close(release)
	})
}
