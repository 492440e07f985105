package main

import (
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/internal/config"
)

// environment lists the variables that are not settings of the server.
var environment = []string{"HTTPS_PROXY", "NO_PROXY", "GOGC", "GOMEMLIMIT"}

// settingNames returns the names of all settings, as in -h.
func settingNames(t *testing.T) []string {
	t.Helper()
	var help strings.Builder
	if _, err := config.Read([]string{"-h"}, env(), &help); err == nil {
		t.Fatal("-h prints no help")
	}
	names := slices.Clone(environment)
	for _, m := range regexp.MustCompile(`(?m)^    -[a-z-]+.*, ([A-Z_]+)$`).FindAllStringSubmatch(help.String(), -1) {
		names = append(names, m[1])
	}
	if len(names) < 50 {
		t.Fatalf("only %d settings found", len(names))
	}
	return names
}

// chartSettings are the settings that the chart derives from other values.
var chartSettings = []string{"LISTEN_ADDR", "METRICS_ADDR", "DRAIN_DELAY", "DRAIN_TIMEOUT", "GOMEMLIMIT", "HEYGEN_SANDBOX", "TRUSTED_DOCUMENTS", "TRUSTED_DOCUMENTS_ONLY"}

func TestChartAcceptsEverySettingOnce(t *testing.T) {
	var schema struct {
		Properties map[string]struct{ Properties map[string]any }
	}
	if err := json.Unmarshal([]byte(readFile(t, "deploy/helm/heygen-graphql/values.schema.json")), &schema); err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(schema.Properties["settings"].Properties))
	got = append(got, slices.Sorted(maps.Keys(schema.Properties["secret"].Properties))...)
	got = append(got, chartSettings...)
	slices.Sort(got)
	want := settingNames(t)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("the chart does not accept %s", name)
			}
		}
		for i, name := range got {
			if !slices.Contains(want, name) {
				t.Errorf("the chart accepts %s, which is not a setting", name)
			}
			if i > 0 && got[i-1] == name {
				t.Errorf("the chart accepts %s in two values", name)
			}
		}
	}
}

func TestChartTemplatesNameExistingSettings(t *testing.T) {
	names := settingNames(t)
	files, err := filepath.Glob("deploy/helm/heygen-graphql/templates/*")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range append(files, "deploy/helm/heygen-graphql/values.yaml", "deploy/nginx.conf", "deploy/prometheus/alerts.yaml") {
		for _, name := range regexp.MustCompile(`\b[A-Z][A-Z0-9]*_[A-Z_]+\b`).FindAllString(readFile(t, file), -1) {
			if !slices.Contains(names, name) && !slices.Contains(errcode.All, errcode.Code(name)) && !strings.HasPrefix(name, "OTEL_") {
				t.Errorf("%s: %s is not a setting", file, name)
			}
		}
	}
}

// compose is a Compose file, as far as these tests read it.
type compose struct {
	Services map[string]struct {
		Environment map[string]string
		Volumes     []string
		Ports       []string
		NetworkMode string `yaml:"network_mode"`
	}
}

func readCompose(t *testing.T) compose {
	t.Helper()
	var file compose
	if err := yaml.Unmarshal([]byte(readFile(t, "deploy/compose.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestComposeFileNamesExistingSettingsAndFiles(t *testing.T) {
	names, mounted := settingNames(t), 0
	for service, s := range readCompose(t).Services {
		for name := range s.Environment {
			if !slices.Contains(names, name) && service != "grafana" {
				t.Errorf("%s: %s is not a setting", service, name)
			}
		}
		for _, volume := range s.Volumes {
			file, _, _ := strings.Cut(volume, ":")
			if _, err := os.Stat(filepath.Join("deploy", file)); err != nil {
				t.Errorf("%s: %s does not exist", service, file)
			}
			mounted++
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s: the port %s is published beyond this machine", service, port)
			}
		}
	}
	if mounted < 6 {
		t.Errorf("only %d files are mounted", mounted)
	}
}

// The settings of each replica are valid as they are: every ${NAME:-default} of the file has
// its default.
func TestComposeFileHasValidSettingsWithoutAKey(t *testing.T) {
	placeholder := regexp.MustCompile(`\$\{[A-Z_]+:-([^}]*)\}`)
	proxy, scraped := readFile(t, "deploy/nginx.conf"), readFile(t, "deploy/prometheus/prometheus.yaml")
	replicas := 0
	for service, s := range readCompose(t).Services {
		if !strings.HasPrefix(service, "replica-") {
			continue
		}
		replicas++
		cfg, err := config.Read(nil, func(name string) string { return placeholder.ReplaceAllString(s.Environment[name], "$1") }, io.Discard)
		if err != nil {
			t.Errorf("%s: %v", service, err)
		}
		if cfg.Sandbox || cfg.UpstreamHost() != "127.0.0.1:8090" || s.NetworkMode != "service:sandbox" {
			t.Errorf("%s does not call the sandbox of all replicas", service)
		}
		if !strings.Contains(proxy, "server sandbox"+cfg.ListenAddr+" ") || !strings.Contains(scraped, "'sandbox"+cfg.MetricsAddr+"'") {
			t.Errorf("nginx does not call %s, or Prometheus does not scrape it", service)
		}
	}
	if replicas != 3 {
		t.Errorf("%d replicas", replicas)
	}
}

func TestChartHasTheVersionOfTheChangelog(t *testing.T) {
	var chart struct{ Version, AppVersion string }
	if err := yaml.Unmarshal([]byte(strings.Replace(readFile(t, "deploy/helm/heygen-graphql/Chart.yaml"), "appVersion", "appversion", 1)), &chart); err != nil {
		t.Fatal(err)
	}
	newest := regexp.MustCompile(`(?m)^## \[([0-9.]+)\] - \d{4}-\d\d-\d\d$`).FindStringSubmatch(readFile(t, "CHANGELOG.md"))
	if newest == nil || chart.AppVersion != newest[1] || chart.Version != newest[1] {
		t.Errorf("chart %+v, changelog %v", chart, newest)
	}
}
