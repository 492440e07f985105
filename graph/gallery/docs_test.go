package gallery_test

import (
	"crypto/sha512"
	"encoding/base64"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const guidePath = "../../docs/picker.md"

var updateGuide = flag.Bool("update", false, "write the picker's path and integrity into docs/picker.md")

// guide returns the guide of the picker.
func guide(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(guidePath)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestGuideHasPathAndIntegrityOfPicker(t *testing.T) {
	sum := sha512.Sum384([]byte(distFiles(t)["picker.js"]))
	page := guide(t)
	for pattern, want := range map[string]string{
		`/picker-[0-9a-f]{16}\.js`:             hashedScript(t),
		`"sha(?:256|384|512)-[A-Za-z0-9+/=]*"`: `"sha384-` + base64.StdEncoding.EncodeToString(sum[:]) + `"`,
	} {
		found := regexp.MustCompile(pattern)
		values := found.FindAllString(page, -1)
		if len(values) == 0 {
			t.Errorf("no %s in %s", pattern, guidePath)
		}
		if *updateGuide {
			page = found.ReplaceAllLiteralString(page, want)
		} else if stale := slices.DeleteFunc(values, func(value string) bool { return value == want }); len(stale) > 0 {
			t.Errorf("%s has %q, want %s: run go test ./graph/gallery -update", guidePath, stale, want)
		}
	}
	if *updateGuide {
		if err := os.WriteFile(guidePath, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// elementSource returns the source of the element.
func elementSource(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("web/src/element/*.ts")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, error %v", len(files), err)
	}
	var source strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(content)
	}
	return source.String()
}

// names returns the words in the first groups of all matches, sorted and each once.
func names(pattern, source string) []string {
	found := map[string]bool{}
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(source, -1) {
		for _, word := range regexp.MustCompile(`[\w-]+`).FindAllString(match[1], -1) {
			found[word] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestGuideListsPartsAndCustomProperties(t *testing.T) {
	source, page := elementSource(t), guide(t)
	parts := append(names(`\bpart="([^"]*)"`, source), names(`\bpart=\$\{\w+ \? ('[^}]*')\}`, source)...)
	_, table, _ := strings.Cut(page, "| part | what it is |\n| --- | --- |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	for name, c := range map[string][2][]string{
		"parts":             {names("`([^`]*)`", table), slices.Sorted(slices.Values(parts))},
		"custom properties": {names("`(--picker-[^`]*)`", page), names(`var\((--picker-[\w-]+)`, source)},
	} {
		if documented, want := c[0], c[1]; len(want) < 8 || !slices.Equal(documented, want) {
			t.Errorf("%s has the %s %q, the element %q", guidePath, name, documented, want)
		}
	}
}

// guideSections has the headings of the sections that name all members of a type.
var guideSections = map[string][]string{
	"AvatarSelection":    {"### The selection"},
	"PickerView":         {"### The view"},
	"PickerErrorDetail":  {"### Errors"},
	"PickerEventMap":     {"## Events"},
	"HeyGenAvatarPicker": {"## Attributes and properties", "## Methods"},
}

func TestGuideNamesEveryMemberOfTheTypes(t *testing.T) {
	declarations, page := distFiles(t)["picker.d.ts"], guide(t)
	interfaces := regexp.MustCompile(`(?s)\nexport interface (\w+)[^{]*\{\n(.*?)\n\}`).FindAllStringSubmatch(declarations, -1)
	if len(interfaces) != len(guideSections) {
		t.Errorf("%d interfaces, want %d", len(interfaces), len(guideSections))
	}
	for _, match := range interfaces {
		name, body := match[1], match[2]
		var section strings.Builder
		for _, heading := range guideSections[name] {
			_, after, found := strings.Cut(page, "\n"+heading+"\n")
			if !found {
				t.Errorf("%s has no %q", guidePath, heading)
			}
			text, _, _ := strings.Cut(after, "\n#")
			section.WriteString(text)
		}
		members := names(`(?m)^  (?:readonly |get |set )?'?([\w-]+)'?\??[:(]`, body)
		if len(members) < 3 {
			t.Errorf("%s has only the members %q", name, members)
		}
		for _, member := range members {
			if member != "addEventListener" && !strings.Contains(section.String(), "`"+member+"`") && !strings.Contains(section.String(), "`"+member+"(") {
				t.Errorf("%s.%s is not in the section %q of %s", name, member, guideSections[name], guidePath)
			}
		}
	}
}
