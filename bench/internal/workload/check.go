package workload

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Check compares an answer with the data it must have. The error names the first
// place where they differ.
func Check(answer []byte, want any) error {
	var got struct {
		Data   any   `json:"data"`
		Errors []any `json:"errors"`
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		return err
	}
	if len(got.Errors) > 0 {
		return fmt.Errorf("errors: %v", got.Errors)
	}
	return compare("data", want, got.Data)
}

func compare(at string, want, got any) error {
	switch want := want.(type) {
	case opaque:
		if text, _ := got.(string); text == "" {
			return fmt.Errorf("%s is %v, not a text", at, got)
		}
		return nil
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok || len(object) != len(want) {
			return fmt.Errorf("%s has not the fields %v: %v", at, slices.Sorted(maps.Keys(want)), got)
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			value, there := object[name]
			if !there {
				return fmt.Errorf("%s.%s is missing", at, name)
			}
			if err := compare(at+"."+name, want[name], value); err != nil {
				return err
			}
		}
		return nil
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return fmt.Errorf("%s is not a list of %d: %.100v", at, len(want), got)
		}
		for i := range want {
			if err := compare(fmt.Sprintf("%s[%d]", at, i), want[i], list[i]); err != nil {
				return err
			}
		}
		return nil
	default:
		if want != got {
			return fmt.Errorf("%s is %v, not %v", at, got, want)
		}
		return nil
	}
}
