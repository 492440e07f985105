package graph

import (
	"testing"

	"heygen-graphql/internal/cache"
)

func TestAccessLogHasKeyForEveryCacheResult(t *testing.T) {
	keys := map[string]string{}
	for _, logged := range logOrder {
		keys[string(logged.result)] = logged.key
	}
	for _, result := range cache.Results() {
		if keys[result] != "cache_"+result {
			t.Errorf("the key of %s is %q", result, keys[result])
		}
	}
}
