package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// exportedMetrics returns what the server exports, with each series that exists at the start
// or after a search. It shares a Redis, which has series of its own.
func exportedMetrics(t *testing.T) string {
	t.Helper()
	_, p, _ := startReplicas(t)
	send(t, "GET", p.url+searchMonica, "") // a list that is not cached has no series
	_, metrics := send(t, "GET", p.url+"/metrics", "")
	return metrics
}

// An alert is one of the rules in alerts.yaml.
type alert struct {
	Alert, Expr         string
	Labels, Annotations map[string]string
}

func readAlerts(t *testing.T) []alert {
	t.Helper()
	var file struct{ Groups []struct{ Rules []alert } }
	if err := yaml.Unmarshal([]byte(readFile(t, "deploy/prometheus/alerts.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	return file.Groups[0].Rules
}

// readPanels returns the expressions of each panel of the dashboard, by title.
func readPanels(t *testing.T) map[string][]string {
	t.Helper()
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(readFile(t, "deploy/grafana/dashboard.json")), &dashboard); err != nil {
		t.Fatal(err)
	}
	panels := map[string][]string{}
	for _, panel := range dashboard.Panels {
		for _, target := range panel.Targets {
			panels[panel.Title] = append(panels[panel.Title], target.Expr)
		}
	}
	return panels
}

var (
	selector = regexp.MustCompile(`\b((?:heygen_graphql|go|process)_[a-z_]+)(\{[^}]*\})?`)
	matcher  = regexp.MustCompile(`([a-z_]+)(=|=~|!=|!~)"([^"]*)"`)
	grouping = regexp.MustCompile(`by \(([a-z, ]+)\) ?\((?:(?:rate|increase)\()?([a-z_]+)`)
	suffix   = regexp.MustCompile(`_(bucket|sum|count)$`)
)

// Labels of every series, which Prometheus adds, and of every histogram.
var commonLabels = []string{"job", "instance", "le"}

// checkExpression checks that the server exports every metric of an expression, with every
// label, and every label value that the expression selects.
func checkExpression(t *testing.T, where, expr, exported string) {
	t.Helper()
	exists := func(pattern string) bool { return regexp.MustCompile("(?m)^" + pattern).MatchString(exported) }
	for _, s := range selector.FindAllStringSubmatch(expr, -1) {
		name := s[1]
		if !exists("# HELP "+name+`\b`) && !exists("# HELP "+suffix.ReplaceAllString(name, "")+`\b`) {
			t.Errorf("%s: %s does not exist", where, name)
			continue
		}
		for _, m := range matcher.FindAllStringSubmatch(s[2], -1) {
			if slices.Contains(commonLabels, m[1]) {
				continue
			}
			for value := range strings.SplitSeq(m[3], "|") {
				if !exists(name + `\{(.*,)?` + m[1] + `="` + value + `"`) {
					t.Errorf("%s: %s has no series with %s=%q", where, name, m[1], value)
				}
			}
		}
	}
	for _, g := range grouping.FindAllStringSubmatch(expr, -1) {
		for label := range strings.SplitSeq(g[1], ", ") {
			if !slices.Contains(commonLabels, label) && !exists(g[2]+`\{(.*,)?`+label+`="`) {
				t.Errorf("%s: %s has no label %s", where, g[2], label)
			}
		}
	}
}

func TestDashboardShowsEveryMetricAndNoOther(t *testing.T) {
	exported, panels := exportedMetrics(t), readPanels(t)
	var all strings.Builder
	for title, exprs := range panels {
		for _, expr := range exprs {
			checkExpression(t, title, expr, exported)
			all.WriteString(expr + "\n")
		}
	}
	names := regexp.MustCompile(`# HELP (heygen_graphql_[a-z_]+)`).FindAllStringSubmatch(exported, -1)
	if len(names) < 20 {
		t.Fatalf("only %d metrics found", len(names))
	}
	for _, name := range names {
		if !regexp.MustCompile(name[1] + `(_bucket)?\b`).MatchString(all.String()) {
			t.Errorf("%s is not in the dashboard", name[1])
		}
	}
}

func TestAlertsUseExistingMetricsAndSayWhatToDo(t *testing.T) {
	exported, alerts := exportedMetrics(t), readAlerts(t)
	if len(alerts) < 10 {
		t.Fatalf("only %d alerts found", len(alerts))
	}
	var tests struct {
		Tests []struct{ Name string }
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "deploy/prometheus/alerts_test.yaml")), &tests); err != nil {
		t.Fatal(err)
	}
	tested := map[string]bool{}
	for _, test := range tests.Tests {
		tested[test.Name] = true
	}
	for _, a := range alerts {
		checkExpression(t, a.Alert, a.Expr, exported)
		if !slices.Contains([]string{"critical", "warning", "info"}, a.Labels["severity"]) || a.Annotations["summary"] == "" || len(a.Annotations["description"]) < 40 {
			t.Errorf("%s lacks a severity, a summary or a description", a.Alert)
		}
		if !tested[a.Alert] {
			t.Errorf("%s has no test", a.Alert)
		}
	}
}
