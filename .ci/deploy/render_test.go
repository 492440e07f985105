// Package deploy holds the tests of the Helm chart and of the Compose file. They render the
// chart with Helm's own packages, and decode the manifests strictly into the types of
// Kubernetes' API, so that misspelled fields fail. It is a module of its own: the server
// does not depend on Helm.
package deploy

import (
	"fmt"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/strvals"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

const chartDir = "../../deploy/helm/heygen-graphql"

// manifests are the rendered objects, decoded, by kind. A kind may have several.
type manifests map[string][]any

// newObject maps each kind that the chart may render to its type. A ServiceMonitor is not
// one of Kubernetes' own.
var newObject = map[string]func() any{
	"Deployment":              func() any { return new(appsv1.Deployment) },
	"HorizontalPodAutoscaler": func() any { return new(autoscalingv2.HorizontalPodAutoscaler) },
	"ConfigMap":               func() any { return new(corev1.ConfigMap) },
	"Secret":                  func() any { return new(corev1.Secret) },
	"Service":                 func() any { return new(corev1.Service) },
	"Ingress":                 func() any { return new(networkingv1.Ingress) },
	"NetworkPolicy":           func() any { return new(networkingv1.NetworkPolicy) },
	"PodDisruptionBudget":     func() any { return new(policyv1.PodDisruptionBudget) },
	"ServiceMonitor":          func() any { return &map[string]any{} },
}

// render renders the chart with values in the syntax of --set. It returns the manifests
// and the notes.
func render(settings ...string) (manifests, string, error) {
	chart, err := loader.Load(chartDir)
	if err != nil {
		return nil, "", err
	}
	if err := chart.Validate(); err != nil {
		return nil, "", err
	}
	values := map[string]any{}
	for _, setting := range settings {
		if err := strvals.ParseInto(setting, values); err != nil {
			return nil, "", err
		}
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	capabilities.KubeVersion = chartutil.KubeVersion{Version: "v1.33.0", Major: "1", Minor: "33"}
	release := chartutil.ReleaseOptions{Name: "demo", Namespace: "default", IsInstall: true}
	input, err := chartutil.ToRenderValues(chart, values, release, capabilities)
	if err != nil {
		return nil, "", err
	}
	files, err := engine.Engine{Strict: false}.Render(chart, input)
	if err != nil {
		return nil, "", err
	}
	objects, notes := manifests{}, ""
	for name, content := range files {
		switch {
		case strings.HasSuffix(name, "NOTES.txt"):
			notes = content
		case strings.HasSuffix(name, ".yaml"):
			for document := range strings.SplitSeq(content, "\n---\n") {
				if err := objects.decode(document); err != nil {
					return nil, "", fmt.Errorf("%s: %w", name, err)
				}
			}
		}
	}
	return objects, notes, nil
}

func (m manifests) decode(document string) error {
	if strings.TrimSpace(document) == "" {
		return nil
	}
	var header struct{ Kind string }
	if err := yaml.Unmarshal([]byte(document), &header); err != nil {
		return err
	}
	create, ok := newObject[header.Kind]
	if !ok {
		return fmt.Errorf("unexpected kind %q", header.Kind)
	}
	object := create()
	if err := yaml.UnmarshalStrict([]byte(document), object); err != nil {
		return err
	}
	m[header.Kind] = append(m[header.Kind], object)
	return nil
}

// mustRender is render with the key and token that most tests need.
func mustRender(t *testing.T, settings ...string) manifests {
	t.Helper()
	objects, _, err := render(append([]string{"secret.HEYGEN_API_KEY=sk_V2_test", "secret.CLIENT_TOKENS=a-token-of-this-test"}, settings...)...)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

// first returns the first object of a type.
func first[T any](t *testing.T, m manifests) *T {
	t.Helper()
	for _, objects := range m {
		if object, ok := objects[0].(*T); ok {
			return object
		}
	}
	t.Fatalf("no %T is rendered", *new(T))
	return nil
}

// settings returns the ConfigMap with the settings.
func (m manifests) settings(t *testing.T) map[string]string {
	t.Helper()
	for _, object := range m["ConfigMap"] {
		if config := object.(*corev1.ConfigMap); config.Data["LISTEN_ADDR"] != "" {
			return config.Data
		}
	}
	t.Fatal("no settings are rendered")
	return nil
}
