package main

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// searchMonica is a request that needs the list of all groups.
var searchMonica = "/graphql?query=" + url.QueryEscape(`{avatarGroups(search: "monica") {totalCount nodes {name}}}`)

func TestWarmServerSearchesWithoutCalls(t *testing.T) {
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CATALOGUE_WARM", "true", "CACHE_FRESH", "1h")
	const last = `heygen_graphql_catalogue_walks_total{list="private_voices",outcome="ok"} 1`
	metrics := ""
	for start := time.Now(); !strings.Contains(metrics, last); {
		if time.Since(start) > 20*time.Second {
			t.Fatal(metrics)
		}
		_, metrics = send(t, "GET", p.url+"/metrics", "")
	}
	for _, list := range []string{"groups", "public_groups", "private_groups", "public_voices", "private_voices"} {
		if !strings.Contains(metrics, `heygen_graphql_catalogue_walks_total{list="`+list+`",outcome="ok"} 1`) || strings.Contains(metrics, `heygen_graphql_catalogue_items{list="`+list+`"} 0`) ||
			strings.Contains(metrics, `heygen_graphql_catalogue_age_seconds{list="`+list+`"} 0`+"\n") || !strings.Contains(p.output(), `msg="catalogue read" list=`+list+" ") {
			t.Errorf("%s is not warm: %s", list, p.output())
		}
	}
	heyGen.ResetCalls()
	if _, body := send(t, "GET", p.url+searchMonica, ""); !strings.Contains(body, `"Monica"`) {
		t.Error(body)
	}
	if calls := heyGen.Calls(); len(calls) > 2 { // the pages with groups in training
		t.Error(calls)
	}
}

func TestServerReadsListsOnlyWhenSearched(t *testing.T) {
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CATALOGUE_MAX_ITEMS", "99")
	if calls := heyGen.Calls(); len(calls) > 0 {
		t.Error(calls)
	}
	if _, body := send(t, "GET", p.url+searchMonica, ""); !strings.Contains(body, `"CATALOGUE_TOO_LARGE"`) {
		t.Error(body)
	}
	if calls := heyGen.Calls(); len(calls) != 2 {
		t.Error(calls)
	}
}
