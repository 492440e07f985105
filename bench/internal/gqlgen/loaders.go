package gqlgen

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"heygen-graphql/bench/internal/gqlgen/model"
)

// loaders are the dataloaders of one request.
type loaders struct {
	groups *dataloader.Loader[string, *model.AvatarGroup]
	voices *dataloader.Loader[string, *model.Voice]
}

type loadersKey struct{}

func loadersFrom(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }

// withLoaders adds new loaders to the context of each request.
func withLoaders(heygen *client, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l := &loaders{
			groups: newLoader(func(ctx context.Context, id string) (*model.AvatarGroup, error) {
				g, err := heygen.group(ctx, id)
				return g.model(), err
			}),
			voices: newLoader(func(ctx context.Context, id string) (*model.Voice, error) {
				v, err := heygen.voice(ctx, id)
				return v.model(), err
			}),
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), loadersKey{}, l)))
	})
}

// newLoader returns a loader that fetches the resources of a batch concurrently, as
// HeyGen has no batch endpoint. It waits 1 ms for a batch, as in gqlgen's documentation;
// dataloader's default of 16 ms would be most of a request.
func newLoader[V any](fetch func(ctx context.Context, id string) (V, error)) *dataloader.Loader[string, V] {
	batch := func(ctx context.Context, ids []string) []*dataloader.Result[V] {
		values := make([]*dataloader.Result[V], len(ids))
		var running sync.WaitGroup
		for i, id := range ids {
			running.Go(func() {
				value, err := fetch(ctx, id)
				values[i] = &dataloader.Result[V]{Data: value, Error: err}
			})
		}
		running.Wait()
		return values
	}
	return dataloader.NewBatchedLoader(batch, dataloader.WithWait[string, V](time.Millisecond))
}
