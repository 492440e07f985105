package heygen_test

import (
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

// HeyGen's pages have at most a hundred items. Decoding millions would take gigabytes.
func TestPageOfMillionsOfItemsIsRejectedCheaply(t *testing.T) {
	item := groupJSON("")
	for name, test := range map[string]struct {
		body string
		fine bool
	}{
		"a thousand long items":      {`{"data":[` + strings.Repeat(item+strings.Repeat(" ", 400)+",", 999) + item + `]}`, true},
		"one more":                   {`{"data":[` + strings.Repeat(item+strings.Repeat(" ", 400)+",", 1000) + item + `]}`, false},
		"millions of tiny ones":      {`{"data":[` + strings.Repeat("1,", 4<<20-100) + "1]}", false},
		"millions, and another list": {`{"data":[` + strings.Repeat("1,", 3<<20) + `1],"data":[]}`, false},
		"millions, in upper case":    {`{"DATA":[` + strings.Repeat("1,", 3<<20) + `1]}`, false},
		"a long text in an item":     {`{"data":[` + groupJSON(`,"note":"`+strings.Repeat(",", 1<<20)+`"`) + `]}`, true},
		"a long list in an item":     {`{"data":[` + groupJSON(`,"note":[`+strings.Repeat("1,", 1<<18)+`1]`) + `]}`, true},
		"a million members":          {`{"data":[` + groupJSON(strings.Repeat(`,"x":1`, 1<<20)) + `]}`, true},
		"a long text and no list":    {`{"data":"` + strings.Repeat(",", 1<<20) + `"}`, false},
	} {
		var before, after runtime.MemStats
		client := newClient(t, always(200, test.body))
		runtime.ReadMemStats(&before)
		_, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
		runtime.ReadMemStats(&after)
		if (err == nil) != test.fine || err != nil && !errors.Is(err, heygen.ErrInvalidResponse) {
			t.Errorf("%s: %v", name, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, took)
		}
	}
}

func TestSkippedItemsAreLoggedInOneLine(t *testing.T) {
	var log strings.Builder
	client := newClient(t, always(200, `{"data":[1,`+groupJSON("")+`,2,3]}`), func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	page, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
	if err != nil || len(page.Data) != 1 || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "items=3 index=0") {
		t.Errorf("%v, %d groups: %s", err, len(page.Data), &log)
	}
}
