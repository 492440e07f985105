package cached

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/internal/cache"
)

// CatalogueWalk describes a walk over a list that has ended, for [Options.ObserveWalk].
type CatalogueWalk struct {
	List     string // one of CatalogueLists
	Outcome  string // one of CatalogueOutcomes
	Items    int    // 0 unless the outcome is ok
	Pages    int    // that were read, cached ones included
	Duration time.Duration
}

// The names of lists that no argument but ownership or type selects.
const (
	publicVoicesList  = "public_voices"
	privateVoicesList = "private_voices"
)

var groupListNames = map[heygen.Ownership]string{"": "groups", heygen.Public: "public_groups", heygen.Private: "private_groups"}

// The names of all other lists.
const (
	looksList          = "looks"
	filteredVoicesList = "filtered_voices"
)

// UnfilteredLists returns the names of the lists that no argument but ownership or type
// selects: each key has them once.
func UnfilteredLists() []string {
	return []string{groupListNames[""], groupListNames[heygen.Public], groupListNames[heygen.Private], publicVoicesList, privateVoicesList}
}

// CatalogueLists returns the names of all lists that have catalogues.
func CatalogueLists() []string { return append(UnfilteredLists(), looksList, filteredVoicesList) }

func voiceListName(p heygen.VoicesParams) string {
	switch {
	case p.Engine != "" || p.Language != "" || p.Gender != "":
		return filteredVoicesList
	case p.Type == heygen.PrivateVoice:
		return privateVoicesList
	default:
		return publicVoicesList
	}
}

// The outcomes of a walk.
const (
	walkOK         = "ok"
	walkTooLarge   = "too large"
	walkTooDeep    = "too deep"
	walkIncomplete = "incomplete"
	walkTimeout    = "timeout"  // it took longer than its callers waited, or than a refresh may
	walkCanceled   = "canceled" // by its callers
	walkFailed     = "failed"   // HeyGen did
)

// CatalogueOutcomes returns every value of [CatalogueWalk.Outcome].
func CatalogueOutcomes() []string {
	return []string{walkOK, walkTooLarge, walkTooDeep, walkIncomplete, walkTimeout, walkCanceled, walkFailed}
}

// walkOutcome returns the outcome of a walk in ctx.
func walkOutcome(ctx context.Context, err error) string {
	switch {
	case err == nil:
		return walkOK
	case errors.Is(err, catalogue.ErrTooLarge):
		return walkTooLarge
	case errors.Is(err, catalogue.ErrTooDeep):
		return walkTooDeep
	case errors.Is(err, catalogue.ErrIncomplete):
		return walkIncomplete
	case context.Cause(ctx) == context.DeadlineExceeded:
		return walkTimeout
	case errors.Is(err, context.Canceled):
		return walkCanceled
	default:
		return walkFailed
	}
}

// reportWalk logs a walk and passes it to the observer. At debug level it logs what any caller
// can cause any number of times: walks with a caller's key, over lists that callers filter,
// and those that fail because of a caller, or before HeyGen was called.
func (c *Client) reportWalk(ctx context.Context, w CatalogueWalk, err error) {
	if c.options.ObserveWalk != nil {
		c.options.ObserveWalk(w)
	}
	attrs := []any{"list", w.List, "items", w.Items, "pages", w.Pages, "duration", w.Duration}
	level, message := slog.LevelInfo, "catalogue read"
	if err != nil {
		level, message, attrs = slog.LevelWarn, "catalogue walk failed", append(attrs, "outcome", w.Outcome)
		if upstreamErr, ok := errors.AsType[*heygen.Error](err); ok {
			attrs = append(attrs, "kind", upstreamErr.Kind.Error(), "cause", upstreamErr.Cause, "status", upstreamErr.Status, "code", upstreamErr.Code)
		}
	}
	filtered := !slices.Contains(UnfilteredLists(), w.List)
	if !c.hasServerKey() || err == nil && filtered || err != nil && isCausedByCaller(w, err) {
		level = slog.LevelDebug
	}
	if level == slog.LevelWarn {
		suppressed, ok := c.walkLog.Allow()
		if !ok {
			return
		}
		attrs = append(attrs, "suppressed", suppressed)
	}
	c.options.Logger.Log(context.WithoutCancel(ctx), level, message, attrs...)
}

// reportRejected logs a catalogue that is read again for every search, because the cache
// cannot hold it beside its pages. One of a caller's key is logged at debug level.
func (c *Client) reportRejected(list string, size, capacity int64) {
	const message = "catalogue exceeds the cache"
	attrs := []any{"list", list, "size", size, "capacity", capacity}
	if !c.hasServerKey() {
		c.options.Logger.Debug(message, attrs...)
	} else if suppressed, ok := c.rejectionLog.Allow(); ok {
		c.options.Logger.Warn(message, append(attrs, "suppressed", suppressed)...)
	}
}

// isCausedByCaller reports whether a walk failed because its callers left, because of what
// they sent, or before HeyGen was called, the cause of which is logged already.
func isCausedByCaller(w CatalogueWalk, err error) bool {
	if upstreamErr, ok := errors.AsType[*heygen.Error](err); ok && upstreamErr.NotSent {
		return true
	}
	return w.Outcome == walkCanceled || w.Outcome == walkTooDeep || errors.Is(err, heygen.ErrNotFound) || errors.Is(err, heygen.ErrBadRequest)
}

// CatalogueStats describes a cached catalogue.
type CatalogueStats struct {
	Items int
	Age   time.Duration // of its oldest page
}

// Catalogues returns the cached catalogues of the client's key among [UnfilteredLists], by
// the names of their lists.
func (c *Client) Catalogues() map[string]CatalogueStats {
	stats := map[string]CatalogueStats{}
	for _, p := range unfilteredGroupLists {
		groupList.addStats(c, p, stats)
	}
	for _, p := range unfilteredVoiceLists {
		voiceList.addStats(c, p, stats)
	}
	return stats
}

func (l *wholeList[K, T, P, I]) addStats(c *Client, params P, stats map[string]CatalogueStats) {
	if b, ok := cache.Inspect[*builtCatalogue[I]](c.scope, catalogueKey[P]{params}); ok {
		stats[l.name(params)] = CatalogueStats{b.items, time.Since(b.oldest)}
	}
}
