package responsecache

import (
	"sync"

	"heygen-graphql/graph/httptransport"
	"heygen-graphql/internal/representation"
)

// entityTag is the entity tag of a cached response, computed when it is first needed.
type entityTag struct {
	once  sync.Once
	value string
}

// ETag returns the entity tag of a response without errors and extensions. That of a
// cached response is computed once.
func (r Response) ETag() string {
	if r.shared == nil {
		return representation.ETag(httptransport.NewBody(r.GraphQL).Parts()...)
	}
	tag := &r.shared.etag
	tag.once.Do(func() {
		tag.value = representation.ETag(httptransport.NewBody(r.shared.response.GraphQL).Parts()...)
	})
	return tag.value
}
