package cached

import (
	"reflect"
	"strings"
)

// Expiry is for a table of its own.
var Expiry = expiry

// URLs tells, of each resource, how many links are looked at, and how many
// fields its type has for them.
var URLs = map[string]func() (links, fields int){
	"groups": count(groups),
	"looks":  count(looks),
	"voices": count(voices),
}

func count[K comparable, T any](r resource[K, T]) func() (links, fields int) {
	return func() (int, int) {
		var full T
		v := reflect.ValueOf(&full).Elem()
		fields := 0
		for field, value := range v.Fields() {
			if strings.HasSuffix(field.Name, "URL") {
				value.Set(reflect.ValueOf(new(field.Name)))
				fields++
			}
		}
		named := map[string]bool{} // each field once
		for _, text := range r.urls(&full) {
			named[*text] = true
		}
		return len(named), fields
	}
}
