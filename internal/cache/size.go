package cache

import (
	"reflect"
	"strings"
	"time"
)

// Sized is a value that knows better than [SizeOf] what it takes in memory, in bytes.
type Sized interface{ Size() int }

// SizeOf is what a value takes in memory, in bytes: itself and all that it leads
// to, each allocation rounded up as the allocator does. What it leads to twice
// counts twice. Maps, channels and functions do not occur in what is kept and
// count as one word.
func SizeOf(value any) int {
	if sized, ok := value.(Sized); ok {
		return sized.Size()
	}
	v := reflect.ValueOf(value)
	if !v.IsValid() {
		return 0
	}
	return rounded(int(v.Type().Size())) + beyond(v)
}

var timeType = reflect.TypeFor[time.Time]()

// beyond is what a value leads to, without itself.
func beyond(v reflect.Value) int {
	switch v.Kind() {
	case reflect.String:
		return rounded(v.Len())
	case reflect.Pointer:
		if v.IsNil() {
			return 0
		}
		return rounded(int(v.Type().Elem().Size())) + beyond(v.Elem())
	case reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return rounded(int(v.Elem().Type().Size())) + beyond(v.Elem())
	case reflect.Slice:
		total := rounded(v.Cap() * int(v.Type().Elem().Size()))
		for i := range v.Len() {
			total += beyond(v.Index(i))
		}
		return total
	case reflect.Array:
		total := 0
		for i := range v.Len() {
			total += beyond(v.Index(i))
		}
		return total
	case reflect.Struct:
		if v.Type() == timeType { // leads to a location that all share
			return 0
		}
		total := 0
		for _, field := range v.Fields() {
			total += beyond(field)
		}
		return total
	default:
		return 0
	}
}

// rounded is what the allocator takes for so many bytes, near enough: its
// classes are 8 bytes, then 16 apart, then some eighth.
func rounded(n int) int {
	switch {
	case n <= 8:
		return (n + 7) / 8 * 8
	case n <= 256:
		return (n + 15) / 16 * 16
	default:
		return n + n/16
	}
}

// own copies the texts of a name, which is a text or a struct of texts and
// numbers.
func own(name any) any {
	v := reflect.New(reflect.TypeOf(name)).Elem()
	v.Set(reflect.ValueOf(name))
	clone := func(text reflect.Value) {
		if text.Kind() == reflect.String && text.CanSet() {
			text.SetString(strings.Clone(text.String()))
		}
	}
	clone(v)
	if v.Kind() == reflect.Struct {
		for _, field := range v.Fields() {
			clone(field)
		}
	}
	return v.Interface()
}
