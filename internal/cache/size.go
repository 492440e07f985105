package cache

import (
	"reflect"
	"strings"
	"time"
)

// Sized is a value that knows its size in memory, in bytes, better than [SizeOf] does.
type Sized interface{ Size() int }

// SizeOf returns the size of a value in memory, in bytes: the value itself and all
// that it points to, each allocation rounded up as the allocator does. Memory that it
// points to twice counts twice. Maps, channels and functions do not occur in cached
// values and count as one word.
func SizeOf(value any) int {
	if sized, ok := value.(Sized); ok {
		return sized.Size()
	}
	v := reflect.ValueOf(value)
	if !v.IsValid() {
		return 0
	}
	return allocSize(int(v.Type().Size())) + indirectSize(v)
}

var timeType = reflect.TypeFor[time.Time]()

// indirectSize returns the size of all that a value points to, without the value itself.
func indirectSize(v reflect.Value) int {
	switch v.Kind() {
	case reflect.String:
		return allocSize(v.Len())
	case reflect.Pointer:
		if v.IsNil() {
			return 0
		}
		return allocSize(int(v.Type().Elem().Size())) + indirectSize(v.Elem())
	case reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return allocSize(int(v.Elem().Type().Size())) + indirectSize(v.Elem())
	case reflect.Slice:
		total := allocSize(v.Cap() * int(v.Type().Elem().Size()))
		for i := range v.Len() {
			total += indirectSize(v.Index(i))
		}
		return total
	case reflect.Array:
		total := 0
		for i := range v.Len() {
			total += indirectSize(v.Index(i))
		}
		return total
	case reflect.Struct:
		if v.Type() == timeType { // points to a location that all times share
			return 0
		}
		total := 0
		for _, field := range v.Fields() {
			total += indirectSize(field)
		}
		return total
	default:
		return 0
	}
}

// allocSize returns approximately how many bytes the allocator takes for n bytes: its
// size classes are 8 bytes, then 16 apart, then some eighth.
func allocSize(n int) int {
	switch {
	case n <= 8:
		return (n + 7) / 8 * 8
	case n <= 256:
		return (n + 15) / 16 * 16
	default:
		return n + n/16
	}
}

// detach returns a copy of an id with its strings cloned. An id is a string, or a
// struct of strings, numbers and such structs.
func detach(id any) any {
	v := reflect.New(reflect.TypeOf(id)).Elem()
	v.Set(reflect.ValueOf(id))
	cloneStrings(v)
	return v.Interface()
}

func cloneStrings(v reflect.Value) {
	switch {
	case v.Kind() == reflect.String && v.CanSet():
		v.SetString(strings.Clone(v.String()))
	case v.Kind() == reflect.Struct:
		for _, field := range v.Fields() {
			cloneStrings(field)
		}
	}
}
