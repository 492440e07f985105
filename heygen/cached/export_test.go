package cached

import (
	"reflect"
	"strings"
)

// CountURLs returns, for each resource, how many URLs its previewURLs returns, and how
// many fields of its type hold a URL.
var CountURLs = map[string]func() (previewURLs, fields int){
	"groups": countURLs(&groupResource),
	"looks":  countURLs(&lookResource),
	"voices": countURLs(&voiceResource),
}

func countURLs[K comparable, T any, P comparable](r *resource[K, T, P]) func() (previewURLs, fields int) {
	return func() (int, int) {
		var item T
		v := reflect.ValueOf(&item).Elem()
		fields := 0
		for field, value := range v.Fields() {
			if strings.HasSuffix(field.Name, "URL") {
				value.Set(reflect.ValueOf(new(field.Name)))
				fields++
			}
		}
		names := map[string]bool{} // a set: each field counts once
		for _, u := range r.previewURLs(&item) {
			names[**u] = true
		}
		return len(names), fields
	}
}
