package cached_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/heygen/sandbox"
)

// Pages that are stale by the next attempt do not count again: otherwise a list that takes
// longer than its callers wait would never be read to its end.
func TestFirstWalkResumesFromPagesThatHaveBecomeStale(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
		pages, attempts := pagesOf(len(f.Groups()), 50), 0
		f.ResetCalls()
		for range 6 {
			attempts++
			ctx, cancel := context.WithTimeout(f.Context(), 6*second+second/2)
			groups, err := f.AvatarGroupCatalogue(ctx, "")
			cancel()
			if err == nil {
				if groups.Len() != len(f.Groups()) {
					f.Errorf("%d groups", groups.Len())
				}
				break
			}
			if !errors.Is(err, heygen.ErrTimeout) {
				f.Fatal(err)
			}
			<-time.After(3 * second)
		}
		if want := (pages + 5) / 6; attempts != want { // six pages each
			f.Errorf("%d attempts, want %d", attempts, want)
		}
		if got := len(f.Calls()); got > pages+attempts { // each attempt cancels one call
			f.Errorf("%d calls for %d pages", got, pages)
		}
	}, func(o *cached.Options) {
		o.Fresh, o.StaleWhileRevalidate, o.PendingTTL, o.StaleIfError = second, second, second, time.Hour
	})
}

// Only pages of an earlier attempt are used in any state: those of plain lists are not older
// than a list may serve them.
func TestFirstWalkFetchesStaleStatusOfPlainListAgain(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.AddGroups(sandbox.Group{ID: "training", Name: "Training", Ownership: sandbox.Private, Status: new("processing"), CreatedAt: 3e9})
		f.listAll()
		f.advanceTo(6 * second)
		f.wantCalls(1, func() {
			if _, err := f.AvatarGroupCatalogue(f.Context(), ""); err != nil {
				f.Error(err)
			}
		})
	})
}

func TestRefreshMakesProgressBetweenRareRequests(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
		f.AddGroups(sandbox.Group{ID: "new", Name: "New", Ownership: sandbox.Public, CreatedAt: 3e9})
		pages := pagesOf(len(f.publicGroups()), 50)
		for attempt := range (pages+5)/6 + 1 { // six pages each; the result is served next
			f.advanceTo(time.Minute + time.Duration(attempt)*40*second)
			groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public)
			if err != nil {
				f.Fatal(err)
			}
			if slices.Equal(groupIDs(groups), f.publicGroups()) {
				return
			}
		}
		f.Error("the new group is still missing")
	}, func(o *cached.Options) { o.Fresh, o.RefreshTimeout = 2*second, 6*second+second/2 })
}

func TestURLThatExpiresDuringWalkIsNotServed(t *testing.T) {
	for _, ttl := range []time.Duration{2 * second, 15 * second} {
		runWithSettledLists(t, sandbox.Options{Latency: second, PreviewTTL: ttl}, func(f *fixture) {
			groups, err := f.AvatarGroupCatalogue(f.Context(), "")
			if err != nil {
				f.Fatal(err)
			}
			all, signed := groups.Select(catalogue.GroupQuery{}), 0
			for i := range all.Len() {
				for _, u := range []*string{all.Item(i).PreviewImageURL, all.Item(i).PreviewVideoURL} {
					if u == nil {
						continue
					}
					if expires, ok := heygen.SignedURLExpiry(*u); ok {
						if signed++; !expires.After(time.Now()) {
							f.Errorf("%s expired at %v", *u, expires.Sub(f.start))
						}
					}
				}
			}
			if ttl > 10*second && signed == 0 { // their pages are read once more
				f.Error("no signed URL is left")
			}
			if all.Len() != len(f.Groups()) {
				f.Errorf("%d groups", all.Len())
			}
		})
	}
}

// HeyGen's clock, or ours, may be wrong: such a URL must not cost a walk for each search.
func TestURLThatHadExpiredWhenSentIsLeftOut(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		calls := 0
		f.intercept = func(*http.Request) *http.Response {
			calls++
			body := fmt.Sprintf(`{"data":[{"id":"a","name":"Ann","preview_image_url":"https://h/a?Expires=%d&Signature=s","preview_video_url":"https://h/a.mp4"},
				{"id":"b","name":"Bob","preview_image_url":"https://h/b?Expires=%d&Signature=s"}]}`, time.Now().Unix()-100, time.Now().Unix()+1000)
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}
		}
		for range 3 {
			groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public)
			if err != nil {
				f.Fatal(err)
			}
			all := groups.Select(catalogue.GroupQuery{})
			if a, b := all.Item(0), all.Item(1); a.PreviewImageURL != nil || a.PreviewVideoURL == nil || b.PreviewImageURL == nil {
				f.Errorf("%+v %+v", a, b)
			}
		}
		if calls != 1 {
			f.Errorf("%d calls", calls)
		}
		page, err := f.ListAvatarGroups(f.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: heygen.Public})
		if err != nil || page.Data[0].PreviewImageURL == nil || calls != 2 { // as HeyGen sends it
			f.Error(page, err, calls)
		}
	})
}

// If page tokens are page numbers, a new group moves all others: a page that was read before
// lacks the one that has moved into it.
func TestEarlyRefreshUsesNoOlderPageAfterChange(t *testing.T) {
	for _, tokens := range []sandbox.TokenKind{sandbox.PageNumbers, sandbox.StartID, sandbox.Keyset} {
		runWithFixture(t, sandbox.Options{TokenKind: tokens}, func(f *fixture) {
			f.AddGroups(sandbox.Group{ID: "training", Name: "Training", Ownership: sandbox.Private, Status: new("processing"), CreatedAt: 3e9})
			allIDs := func() (ids []string) {
				for _, g := range f.Groups() {
					ids = append(ids, g.ID)
				}
				return ids
			}
			want := func(calls int) {
				f.Helper()
				f.wantCalls(calls, func() {
					groups, err := f.AvatarGroupCatalogue(f.Context(), "")
					if err != nil {
						f.Fatal(err)
					}
					if got := groupIDs(groups); !slices.Equal(got, allIDs()) {
						f.Errorf("tokens %v: %d groups, want %d", tokens, len(got), len(allIDs()))
					}
				})
			}
			pages := pagesOf(len(f.Groups()), 50)
			want(pages)
			f.AddGroups(sandbox.Group{ID: "new", Name: "New", Ownership: sandbox.Private, CreatedAt: 4e9})
			f.advanceTo(6 * second)
			want(pagesOf(len(f.Groups()), 50))
		})
	}
}
