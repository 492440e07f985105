package config

import (
	"errors"
	"flag"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// manual is what -h writes.
func manual(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	if _, err := Read([]string{"-h"}, environment(), &out); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	return out.String()
}

func TestTheManualHasEverySettingOnceWithItsDefault(t *testing.T) {
	text := manual(t)
	var s flagValues
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	s.define(flags)
	flags.VisitAll(func(f *flag.Flag) {
		entry := regexp.MustCompile(`\n    -`+f.Name+`( \S+)?, `+variable(f)+`\n((?:        .*\n)+)`).FindAllStringSubmatch(text, -1)
		if len(entry) != 1 {
			t.Errorf("%d entries of %s", len(entry), f.Name)
		} else if usage := strings.Join(strings.Fields(entry[0][2]), " "); f.DefValue != "" && !strings.HasSuffix(usage, "(default "+f.DefValue+")") {
			t.Errorf("%s: the default %s is missing: %s", f.Name, f.DefValue, usage)
		}
	})
	if entries := strings.Count(text, "\n    -"); entries < 40 {
		t.Errorf("%d entries", entries)
	}
}

func TestTheManualFitsIntoEightyColumns(t *testing.T) {
	for line := range strings.Lines(manual(t)) {
		if line = strings.TrimSuffix(line, "\n"); utf8.RuneCountInString(line) > 80 || strings.TrimRight(line, " \t") != line {
			t.Errorf("%q", line)
		}
	}
}

// A setting in an example, or anywhere else in the text, is one.
func TestTheManualSpeaksOfSettingsThatAreThere(t *testing.T) {
	text := manual(t)
	var known []string
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	new(flagValues).define(flags)
	flags.VisitAll(func(f *flag.Flag) { known = append(known, variable(f)) })
	others := []string{"HTTPS_PROXY", "NO_PROXY"} // those of Go's
	for _, name := range regexp.MustCompile(`\b[A-Z]+(?:_[A-Z]+)+\b`).FindAllString(text, -1) {
		if !slices.Contains(known, name) && !slices.Contains(others, name) {
			t.Errorf("%s is no setting", name)
		}
	}
}

// An operator copies them.
func TestTheManualsExamplesAreAccepted(t *testing.T) {
	_, examples, _ := strings.Cut(manual(t), "EXAMPLES\n")
	examples, _, _ = strings.Cut(examples, "\nSETTINGS")
	examples = strings.ReplaceAll(examples, "\\\n", " ")
	commands := regexp.MustCompile(`(?m)^  ((?:[A-Z_]+=\S+ +)*)heygen-graphql(.*)$`).FindAllStringSubmatch(examples, -1)
	if len(commands) != 5 {
		t.Fatalf("%d commands in\n%s", len(commands), examples)
	}
	for _, command := range commands {
		var env []string
		for setting := range strings.FieldsSeq(command[1]) {
			name, value, _ := strings.Cut(setting, "=")
			env = append(env, name, value)
		}
		if _, err := Read(strings.Fields(command[2]), environment(env...), io.Discard); err != nil {
			t.Errorf("%s: %v", command[0], err)
		}
	}
}

func TestTheReadmeListsEverySettingAndItsDefault(t *testing.T) {
	text := page(t)
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	new(flagValues).define(flags)
	flags.VisitAll(func(f *flag.Flag) {
		row := regexp.MustCompile("(?m)^\\| `" + variable(f) + "` \\| (.*?) \\|").FindStringSubmatch(text)
		if row == nil {
			t.Errorf("%s is not in the table", variable(f))
		} else if f.DefValue != "" && strings.Trim(row[1], "`") != f.DefValue {
			t.Errorf("the default of %s is %s, not %s", variable(f), f.DefValue, row[1])
		}
	})
}

func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
