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

// helpText returns the output of -h.
func helpText(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	if _, err := Read([]string{"-h"}, env(), &out); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	return out.String()
}

// allFlags returns the flags of all settings.
func allFlags() (all []*flag.Flag) {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	new(flagValues).define(flags)
	flags.VisitAll(func(f *flag.Flag) { all = append(all, f) })
	return all
}

func TestHelpListsEverySettingOnceWithItsDefault(t *testing.T) {
	help := helpText(t)
	for _, f := range allFlags() {
		entry := regexp.MustCompile(`\n    -`+f.Name+`( \S+)?, `+envName(f.Name)+`\n((?:        .*\n)+)`).FindAllStringSubmatch(help, -1)
		if len(entry) != 1 {
			t.Errorf("%d entries of %s", len(entry), f.Name)
		} else if usage := strings.Join(strings.Fields(entry[0][2]), " "); f.DefValue != "" && !strings.HasSuffix(usage, "(default "+f.DefValue+")") {
			t.Errorf("%s: the default %s is missing: %s", f.Name, f.DefValue, usage)
		}
	}
	if entries := strings.Count(help, "\n    -"); entries < 40 {
		t.Errorf("%d entries", entries)
	}
}

func TestHelpFitsIn80Columns(t *testing.T) {
	for line := range strings.Lines(helpText(t)) {
		if line = strings.TrimSuffix(line, "\n"); utf8.RuneCountInString(line) > 80 || strings.TrimRight(line, " \t") != line {
			t.Errorf("%q", line)
		}
	}
}

func TestHelpNamesOnlyExistingVariables(t *testing.T) {
	known := []string{"HTTPS_PROXY", "NO_PROXY", "OTEL_EXPORTER_OTLP_ENDPOINT"} // read by net/http and OpenTelemetry
	for _, f := range allFlags() {
		known = append(known, envName(f.Name))
	}
	for _, name := range regexp.MustCompile(`\b[A-Z]+(?:_[A-Z]+)+\b`).FindAllString(helpText(t), -1) {
		if !slices.Contains(known, name) {
			t.Errorf("%s is not a setting", name)
		}
	}
}

// Operators copy the examples.
func TestHelpExamplesAreValid(t *testing.T) {
	_, examples, _ := strings.Cut(helpText(t), "EXAMPLES\n")
	examples, _, _ = strings.Cut(examples, "\nSETTINGS")
	examples = strings.ReplaceAll(examples, "\\\n", " ")
	commands := regexp.MustCompile(`(?m)^  ((?:[A-Z_]+=\S+ +)*)heygen-graphql(.*)$`).FindAllStringSubmatch(examples, -1)
	if len(commands) != 5 {
		t.Fatalf("%d commands in\n%s", len(commands), examples)
	}
	for _, command := range commands {
		var variables []string
		for variable := range strings.FieldsSeq(command[1]) {
			name, value, _ := strings.Cut(variable, "=")
			variables = append(variables, name, value)
		}
		if _, err := Read(strings.Fields(command[2]), env(variables...), io.Discard); err != nil {
			t.Errorf("%s: %v", command[0], err)
		}
	}
}

func TestSettingsPageListsEverySettingOnceWithItsDefault(t *testing.T) {
	page, err := os.ReadFile("../../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| `-([a-z-]+)` \\| (.*?) \\|").FindAllStringSubmatch(string(page), -1)
	defaults := map[string]string{}
	for _, row := range rows {
		name, flagName := row[1], row[2]
		if _, seen := defaults[name]; seen || envName(flagName) != name {
			t.Errorf("%s is listed twice, or as the flag -%s", name, flagName)
		}
		defaults[name] = strings.Trim(row[3], "`")
	}
	for _, f := range allFlags() {
		name := envName(f.Name)
		if got, listed := defaults[name]; !listed {
			t.Errorf("%s is not listed", name)
		} else if f.DefValue != "" && got != f.DefValue {
			t.Errorf("the default of %s is %s, not %s", name, f.DefValue, got)
		}
		delete(defaults, name)
	}
	for name := range defaults {
		t.Errorf("%s is not a setting", name)
	}
}
