package catalogue

import (
	"context"
	"errors"

	"heygen-graphql/heygen"
)

// Limits bound a walk.
type Limits struct {
	MaxItems int // ErrTooLarge beyond; 0: none
	MaxPages int // ErrTooDeep beyond; 0: none
}

// DefaultMaxItems is the maximum number of items of a list that is read as a whole, unless
// a setting says otherwise. HeyGen has some 700 groups and 2,500 voices; 5,000 groups are
// 100 pages, which take HeyGen some 30 s, as long as an operation may take.
const DefaultMaxItems = 5_000

// MaxLookPages is the maximum number of pages of the looks of one group: as many as can be
// paged through backward.
const MaxLookPages = 40

// Errors of a walk. Those of fetch are returned unchanged.
var (
	// ErrTooLarge: the list has more items than Limits.MaxItems.
	ErrTooLarge = errors.New("catalogue: the list has too many items")
	// ErrTooDeep: the list has more pages than Limits.MaxPages.
	ErrTooDeep = errors.New("catalogue: the list has too many pages")
	// ErrIncomplete: HeyGen does not say how to get the rest of the list, its tokens form
	// a cycle, too many pages in a row have no new item, or it rejects the tokens that it
	// has just sent.
	ErrIncomplete = errors.New("catalogue: the list cannot be read to its end")
)

const (
	// maxBarrenPages is the maximum number of consecutive pages without a new item. A
	// filter applied after paging leaves some empty; a broken list never ends.
	maxBarrenPages = 3
	// maxRejections is the maximum number of rejected tokens between two pages that are
	// deeper in the list than all before.
	maxRejections = 8
)

// Walk reads a list to its end. It returns each item once, in HeyGen's order. It calls
// fetch for one page after the other; again says that a cached page must not be used.
//
// A page token can die with the item that it names. When fetch returns
// [heygen.ErrPageTokenRejected], Walk reads the page before it again, and continues
// with the token that this page has now.
//
// Walk stops as soon as it knows that the list exceeds the limits.
func Walk[T any](ctx context.Context, limits Limits, id func(*T) string, fetch func(ctx context.Context, token string, again bool) (heygen.Page[T], error)) ([]*T, error) {
	w := walk[T]{id: id, ids: map[string]bool{}, tokens: map[string]bool{}}
	token, again := "", false
	for rejections, deepest := 0, 0; ; {
		page, err := fetch(ctx, token, again)
		if errors.Is(err, heygen.ErrPageTokenRejected) && len(w.pages) > 0 {
			if rejections++; rejections > maxRejections {
				return nil, ErrIncomplete
			}
			token, again = w.removeLastPage(), true
			continue
		}
		if err != nil {
			return nil, err
		}
		w.addPage(token, page)
		if len(w.pages) > deepest {
			deepest, rejections = len(w.pages), 0
		}
		switch n := len(w.items); {
		case limits.MaxItems > 0 && (n > limits.MaxItems || n == limits.MaxItems && page.HasMore):
			return nil, ErrTooLarge
		case !page.HasMore:
			return w.items, nil
		case limits.MaxPages > 0 && len(w.pages) >= limits.MaxPages:
			return nil, ErrTooDeep
		case page.NextToken == "", w.tokens[page.NextToken], w.barrenPages() > maxBarrenPages:
			return nil, ErrIncomplete
		}
		token, again = page.NextToken, false
	}
}

// walk is the part of a list that has been read.
type walk[T any] struct {
	id     func(*T) string
	items  []*T
	ids    map[string]bool // of items
	pages  []walkedPage
	tokens map[string]bool // of pages
}

type walkedPage struct {
	token  string
	offset int // of its first new item in walk.items
	barren int // number of consecutive pages without a new item that end with this one
}

// addPage adds a page, without the items that earlier pages have: while the list
// changes, items move from page to page.
func (w *walk[T]) addPage(token string, page heygen.Page[T]) {
	p := walkedPage{token: token, offset: len(w.items), barren: w.barrenPages() + 1}
	for i := range page.Data {
		item := &page.Data[i]
		if id := w.id(item); !w.ids[id] {
			w.ids[id] = true
			w.items = append(w.items, item)
			p.barren = 0
		}
	}
	w.pages = append(w.pages, p)
	w.tokens[token] = true
}

// removeLastPage removes the last page with its items. It returns the token of the page.
func (w *walk[T]) removeLastPage() (token string) {
	last := w.pages[len(w.pages)-1]
	for _, item := range w.items[last.offset:] {
		delete(w.ids, w.id(item))
	}
	w.items = w.items[:last.offset]
	w.pages = w.pages[:len(w.pages)-1]
	delete(w.tokens, last.token)
	return last.token
}

func (w *walk[T]) barrenPages() int {
	if len(w.pages) == 0 {
		return 0
	}
	return w.pages[len(w.pages)-1].barren
}
