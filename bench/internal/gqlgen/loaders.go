package gqlgen

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"heygen-graphql/bench/internal/gqlgen/model"
)

// loaders live as long as a request.
type loaders struct {
	groups *dataloader.Loader[string, *model.AvatarGroup]
	voices *dataloader.Loader[string, *model.Voice]
}

type loadersKey struct{}

func loadersOf(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }

// withLoaders gives each request its own.
func withLoaders(heygen *client, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l := &loaders{
			groups: loader(func(ctx context.Context, id string) (*model.AvatarGroup, error) {
				g, err := heygen.group(ctx, id)
				return g.model(), err
			}),
			voices: loader(func(ctx context.Context, id string) (*model.Voice, error) {
				v, err := heygen.voice(ctx, id)
				return v.model(), err
			}),
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), loadersKey{}, l)))
	})
}

// loader fetches those of a batch all at once, as HeyGen gives only one at a time.
// It waits 1 ms for a batch, as gqlgen's documentation does; dataloader's own 16 ms
// would be most of a request.
func loader[V any](fetch func(ctx context.Context, id string) (V, error)) *dataloader.Loader[string, V] {
	batch := func(ctx context.Context, ids []string) []*dataloader.Result[V] {
		found := make([]*dataloader.Result[V], len(ids))
		var running sync.WaitGroup
		for i, id := range ids {
			running.Go(func() {
				value, err := fetch(ctx, id)
				found[i] = &dataloader.Result[V]{Data: value, Error: err}
			})
		}
		running.Wait()
		return found
	}
	return dataloader.NewBatchedLoader(batch, dataloader.WithWait[string, V](time.Millisecond))
}
