package workload

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Check compares a response with the expected data. The error names the first path at
// which they differ.
func Check(response []byte, want any) error {
	var got struct {
		Data   any   `json:"data"`
		Errors []any `json:"errors"`
	}
	if err := json.Unmarshal(response, &got); err != nil {
		return err
	}
	if len(got.Errors) > 0 {
		return fmt.Errorf("errors: %v", got.Errors)
	}
	return diff("data", want, got.Data)
}

func diff(path string, want, got any) error {
	switch want := want.(type) {
	case opaque:
		if s, _ := got.(string); s == "" {
			return fmt.Errorf("%s is %v, want a non-empty string", path, got)
		}
		return nil
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok || len(object) != len(want) {
			return fmt.Errorf("%s does not have exactly the fields %v: %v", path, slices.Sorted(maps.Keys(want)), got)
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			value, found := object[name]
			if !found {
				return fmt.Errorf("%s.%s is missing", path, name)
			}
			if err := diff(path+"."+name, want[name], value); err != nil {
				return err
			}
		}
		return nil
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return fmt.Errorf("%s is not a list of %d items: %.100v", path, len(want), got)
		}
		for i := range want {
			if err := diff(fmt.Sprintf("%s[%d]", path, i), want[i], list[i]); err != nil {
				return err
			}
		}
		return nil
	default:
		if want != got {
			return fmt.Errorf("%s is %v, want %v", path, got, want)
		}
		return nil
	}
}
