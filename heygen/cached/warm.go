package cached

import (
	"context"
	"errors"
	"slices"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

const (
	// warmInterval is the minimum time between two reads of a list by [Client.KeepWarm],
	// unless Fresh is shorter. Items in training make a catalogue stale every few seconds,
	// some for weeks.
	warmInterval = 30 * time.Second
	// minWarmBackoff and maxWarmBackoff are the pauses after the first failure, and after
	// many.
	minWarmBackoff, maxWarmBackoff = 5 * time.Second, 5 * time.Minute
)

// warmList is a list that is warmed.
type warmList struct {
	read     func(context.Context) (readAt, freshUntil time.Time, err error)
	due      time.Time // when it is read next
	failures int       // consecutive
}

// KeepWarm reads the catalogues of groups and voices that each key has, and again whenever
// one becomes stale, one after the other, until ctx is done. After a failure it backs off.
// It returns at once if catalogues are not cached.
func (c *Client) KeepWarm(ctx context.Context) {
	if !c.CachesCatalogues() {
		return
	}
	var lists []*warmList
	for _, p := range unfilteredGroupLists {
		lists = append(lists, &warmList{read: func(ctx context.Context) (readAt, freshUntil time.Time, err error) {
			return groupList.freshen(ctx, c, p)
		}})
	}
	for _, p := range unfilteredVoiceLists {
		lists = append(lists, &warmList{read: func(ctx context.Context) (readAt, freshUntil time.Time, err error) {
			return voiceList.freshen(ctx, c, p)
		}})
	}
	for {
		next := slices.MinFunc(lists, func(a, b *warmList) int { return a.due.Compare(b.due) })
		select {
		case <-time.After(time.Until(next.due)):
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return
		}
		next.refresh(ctx, c.options)
	}
}

// The parameters of [UnfilteredLists]. They equal those of plain pages: both share the cached
// pages.
var (
	unfilteredGroupLists = []heygen.AvatarGroupsParams{
		{Limit: heygen.MaxPageSize},
		{Limit: heygen.MaxPageSize, Ownership: heygen.Public},
		{Limit: heygen.MaxPageSize, Ownership: heygen.Private},
	}
	unfilteredVoiceLists = []heygen.VoicesParams{
		{Limit: heygen.MaxVoicesPageSize, Type: heygen.PublicVoice},
		{Limit: heygen.MaxVoicesPageSize, Type: heygen.PrivateVoice},
	}
)

// refresh reads the list, and sets when it is due again.
func (l *warmList) refresh(ctx context.Context, o Options) {
	readCtx, cancel := context.WithTimeout(ctx, o.RefreshTimeout)
	defer cancel()
	readAt, freshUntil, err := l.read(readCtx)
	if err != nil {
		l.due = time.Now().Add(min(minWarmBackoff<<min(l.failures, 10), maxWarmBackoff))
		l.failures++
		return
	}
	l.failures = 0
	l.due = readAt.Add(max(time.Second, min(o.Fresh, warmInterval)))
	if freshUntil.After(l.due) {
		l.due = freshUntil
	}
}

// errNotCached says that a catalogue was read in vain: the cache cannot hold it.
var errNotCached = errors.New("cached: the catalogue is not cached")

// freshen returns when the catalogue of a list was read, and until when it is fresh. A stale
// one is read again first. It returns errNotCached if a search would read the list again.
func (l *wholeList[K, T, P, I]) freshen(ctx context.Context, c *Client, params P) (readAt, freshUntil time.Time, err error) {
	entry, err := l.get(ctx, c, params, acceptFresh)
	if _, ok := cache.Inspect[*builtCatalogue[I]](c.scope, catalogueKey[P]{params}); err == nil && !ok {
		err = errNotCached
	}
	return entry.StoredAt, entry.Expiry.Fresh, err
}
