package deploy

import (
	"maps"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
)

func TestChartRefusesUnsafeOrMisspelledValues(t *testing.T) {
	const key, token = "secret.HEYGEN_API_KEY=k", "secret.CLIENT_TOKENS=a-token-of-this-test"
	for _, c := range []struct {
		want     string
		settings []string
	}{
		{"No HeyGen credential", nil},
		{"No HeyGen credential", []string{token}},
		{"Every caller could use the HeyGen key", []string{key}},
		{"Every caller could use the HeyGen key", []string{key, "settings.ALLOW_ANONYMOUS=false"}},
		{"either existingSecret or secret", []string{key, token, "existingSecret=mine"}},
		{"sandbox=true cannot be combined", []string{key, token, "sandbox=true"}},
		{"sandbox=true cannot be combined", []string{"settings.HEYGEN_AUTH=passthrough", "sandbox=true"}},
		{"trustedDocuments.only requires", []string{"sandbox=true", "trustedDocuments.only=log"}},
		{"either trustedDocuments.manifest or", []string{"sandbox=true", "trustedDocuments.manifest=text", "trustedDocuments.existingConfigMap=mine"}},
		{"ingress.enabled requires ingress.hosts", []string{"sandbox=true", "ingress.enabled=true"}},
		{"resources.limits.memory", []string{"sandbox=true", "resources.limits.memory=512MB"}},

		{"'CACHE_FRESHNESS' not allowed", []string{"sandbox=true", "settings.CACHE_FRESHNESS=5m"}},
		{"'replicas' not allowed", []string{"sandbox=true", "replicas=3"}},
		{"'HEYGEN_API_KEY' not allowed", []string{"settings.HEYGEN_API_KEY=k"}}, // it would be readable in the ConfigMap
		{"'DRAIN_DELAY' not allowed", []string{"sandbox=true", "settings.DRAIN_DELAY=1m"}},
		{"/settings/CACHE_FRESH", []string{"sandbox=true", "settings.CACHE_FRESH=5"}},
		{"/settings/CATALOGUE_WARM", []string{"sandbox=true", "settings.CATALOGUE_WARM=yes"}},
		{"/settings/MAX_BODY", []string{"sandbox=true", "settings.MAX_BODY=1MB"}},
		{"'HEYGEN_WEBHOOK_SECRET' not allowed", []string{"sandbox=true", "settings.HEYGEN_WEBHOOK_SECRET=sixteen-letters!"}},
		{"/settings/STREAM_TIMEOUT", []string{"sandbox=true", "settings.STREAM_TIMEOUT=1800"}},
		{"/settings/MAX_STREAMS", []string{"sandbox=true", "settings.MAX_STREAMS=many"}},
		{"/secret/HEYGEN_WEBHOOK_SECRET", []string{"sandbox=true", "secret.HEYGEN_WEBHOOK_SECRET=short"}},
		{"/secret/CURSOR_SECRET", []string{"sandbox=true", "secret.CURSOR_SECRET=short"}},
		{"/replicaCount", []string{"sandbox=true", "replicaCount=0"}},
	} {
		if _, _, err := render(c.settings...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.settings, err, c.want)
		}
	}
}

func TestChartRendersEveryWayToAuthenticate(t *testing.T) {
	const key = "secret.HEYGEN_API_KEY=k"
	for _, settings := range [][]string{
		{"sandbox=true"},
		{"existingSecret=mine"},
		{"settings.HEYGEN_AUTH=passthrough"},
		{key, "secret.CLIENT_TOKENS=a-token-of-this-test"},
		{key, "settings.CLIENT_TOKENS_FILE=/tokens/tokens"},
		{key, "settings.JWKS_URL=https://id.example.com/keys"},
		{key, "settings.ALLOW_ANONYMOUS=true"},
	} {
		objects, notes, err := render(settings...)
		if err != nil {
			t.Errorf("%q: %v", settings, err)
			continue
		}
		if open := slices.Contains(settings, "sandbox=true") || slices.Contains(settings, "settings.ALLOW_ANONYMOUS=true"); open != strings.Contains(notes, "every caller") {
			t.Errorf("%q: the notes say %q", settings, notes)
		}
		if kinds := slices.Sorted(maps.Keys(objects)); !slices.Contains(kinds, "Deployment") || !slices.Contains(kinds, "PodDisruptionBudget") || len(objects["Service"]) != 2 {
			t.Errorf("%q: %v", settings, kinds)
		}
	}
}

func TestPodsRunWithoutPrivileges(t *testing.T) {
	pod := first[appsv1.Deployment](t, mustRender(t)).Spec.Template.Spec
	container := pod.Containers[0]
	security := container.SecurityContext
	if !*pod.SecurityContext.RunAsNonRoot || *pod.SecurityContext.RunAsUser != 65534 || pod.SecurityContext.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		t.Errorf("%+v", pod.SecurityContext)
	}
	if !*security.ReadOnlyRootFilesystem || *security.AllowPrivilegeEscalation || !slices.Equal(security.Capabilities.Drop, []corev1.Capability{"ALL"}) {
		t.Errorf("%+v", security)
	}
	if *pod.AutomountServiceAccountToken || *pod.EnableServiceLinks {
		t.Error("the pod has a token of its service account, or variables of other services")
	}
}

func TestCredentialsAreInTheSecretOnly(t *testing.T) {
	objects := mustRender(t, "secret.REDIS_URL=redis://:password@redis:6379/0", "secret.HEYGEN_WEBHOOK_SECRET=whsec_password_of_the_endpoint")
	if data := first[corev1.Secret](t, objects).StringData; data["HEYGEN_API_KEY"] != "sk_V2_test" || data["REDIS_URL"] == "" || data["HEYGEN_WEBHOOK_SECRET"] == "" {
		t.Errorf("%v", slices.Sorted(maps.Keys(data)))
	}
	for name, value := range objects.settings(t) {
		if strings.Contains(value, "sk_V2_test") || strings.Contains(value, "a-token") || strings.Contains(value, "password") {
			t.Errorf("%s has a credential", name)
		}
	}
	// The ConfigMap is read last, so that no Secret changes the address or the limits.
	from := first[appsv1.Deployment](t, objects).Spec.Template.Spec.Containers[0].EnvFrom
	if len(from) != 2 || from[0].SecretRef == nil || from[1].ConfigMapRef == nil {
		t.Errorf("%+v", from)
	}
	if existing, _, err := render("existingSecret=mine"); err != nil || existing["Secret"] != nil || first[appsv1.Deployment](t, existing).Spec.Template.Spec.Containers[0].EnvFrom[0].SecretRef.Name != "mine" {
		t.Errorf("an existing Secret is not used: %v", err)
	}
}

func TestRolloutLosesNoRequest(t *testing.T) {
	objects := mustRender(t, "drain.delaySeconds=20", "drain.timeoutSeconds=40")
	deployment := first[appsv1.Deployment](t, objects)
	if update := deployment.Spec.Strategy.RollingUpdate; update.MaxUnavailable.IntValue() != 0 || update.MaxSurge.IntValue() != 1 || *deployment.Spec.Replicas != 2 {
		t.Errorf("%+v", update)
	}
	settings, pod := objects.settings(t), deployment.Spec.Template.Spec
	if settings["DRAIN_DELAY"] != "20s" || settings["DRAIN_TIMEOUT"] != "40s" || *pod.TerminationGracePeriodSeconds != 65 {
		t.Errorf("%v, terminated after %d s", settings, *pod.TerminationGracePeriodSeconds)
	}
	container := pod.Containers[0]
	if container.LivenessProbe.HTTPGet.Path != "/healthz" || container.StartupProbe.HTTPGet.Path != "/healthz" || container.ReadinessProbe.HTTPGet.Path != "/readyz" {
		t.Errorf("%+v", container)
	}
}

func TestChangedSettingsReplaceThePods(t *testing.T) {
	annotations := func(settings ...string) map[string]string {
		return first[appsv1.Deployment](t, mustRender(t, settings...)).Spec.Template.Annotations
	}
	before := annotations()
	for name, setting := range map[string]string{
		"checksum/settings": "settings.CACHE_FRESH=5m", "checksum/secret": "secret.CURSOR_SECRET=sixteen-letters!", "checksum/documents": "trustedDocuments.manifest=x",
	} {
		if after := annotations(setting); after[name] == before[name] {
			t.Errorf("%s is the same with %s", name, setting)
		}
	}
}

func TestMemoryLimitOfGoIsNineTenths(t *testing.T) {
	for limit, want := range map[string]string{"512Mi": "471859KiB", "1Gi": "943718KiB", "1.5Gi": "1415577KiB", "500M": "439453KiB", "536870912": "471859KiB"} {
		if got := mustRender(t, "resources.limits.memory="+limit).settings(t)["GOMEMLIMIT"]; got != want {
			t.Errorf("%s: %s, want %s", limit, got, want)
		}
	}
	if got, ok := mustRender(t, "resources.limits.memory=null").settings(t)["GOMEMLIMIT"]; ok {
		t.Error(got)
	}
}

func TestNumbersAndFlagsAreRenderedAsTheServerReadsThem(t *testing.T) {
	settings := mustRender(t, "settings.MAX_OPERATIONS=1000000", "settings.MAX_STREAMS=1000000", "settings.STREAM_TIMEOUT=1h", "settings.CATALOGUE_WARM=true", "settings.INTROSPECTION=false", "settings.CACHE_BYTES=128MiB", "settings.OTEL_SERVICE_NAME=avatars").settings(t)
	for name, want := range map[string]string{
		"MAX_OPERATIONS": "1000000", "MAX_STREAMS": "1000000", "STREAM_TIMEOUT": "1h", "CATALOGUE_WARM": "true", "INTROSPECTION": "false", "CACHE_BYTES": "128MiB", "OTEL_SERVICE_NAME": "avatars",
		"LISTEN_ADDR": ":8080", "METRICS_ADDR": ":9090", "LOG_FORMAT": "json",
	} {
		if settings[name] != want {
			t.Errorf("%s: %q, want %q", name, settings[name], want)
		}
	}
}

func TestTrustedDocumentsAreMounted(t *testing.T) {
	objects := mustRender(t, `trustedDocuments.manifest="id": "text"`, "trustedDocuments.only=log")
	pod, settings := first[appsv1.Deployment](t, objects).Spec.Template.Spec, objects.settings(t)
	mount, volume := pod.Containers[0].VolumeMounts[0], pod.Volumes[0]
	if settings["TRUSTED_DOCUMENTS"] != mount.MountPath+"/documents.json" || settings["TRUSTED_DOCUMENTS_ONLY"] != "log" || mount.Name != volume.Name {
		t.Errorf("%+v, %v", mount, settings)
	}
	for _, object := range objects["ConfigMap"] {
		if config := object.(*corev1.ConfigMap); config.Name == volume.ConfigMap.Name {
			if config.Data["documents.json"] != `"id": "text"` {
				t.Errorf("%q", config.Data)
			}
			return
		}
	}
	t.Errorf("the ConfigMap %s is not rendered", volume.ConfigMap.Name)
}

func TestEverySelectorSelectsThePods(t *testing.T) {
	objects := mustRender(t, "networkPolicy.enabled=true", "serviceMonitor.enabled=true")
	deployment := first[appsv1.Deployment](t, objects)
	selectors := map[string]map[string]string{
		"Deployment":          deployment.Spec.Selector.MatchLabels,
		"PodDisruptionBudget": first[policyv1.PodDisruptionBudget](t, objects).Spec.Selector.MatchLabels,
		"NetworkPolicy":       first[networkingv1.NetworkPolicy](t, objects).Spec.PodSelector.MatchLabels,
	}
	for _, object := range objects["Service"] {
		service := object.(*corev1.Service)
		selectors[service.Name] = service.Spec.Selector
		if port := service.Spec.Ports[0]; !slices.ContainsFunc(deployment.Spec.Template.Spec.Containers[0].Ports, func(p corev1.ContainerPort) bool { return p.Name == port.TargetPort.StrVal }) {
			t.Errorf("%s: the pods have no port %s", service.Name, port.TargetPort.StrVal)
		}
	}
	for name, selector := range selectors {
		if len(selector) == 0 {
			t.Errorf("%s selects every pod", name)
		}
		for label, value := range selector {
			if deployment.Spec.Template.Labels[label] != value {
				t.Errorf("%s: the pods have no label %s=%s", name, label, value)
			}
		}
	}
}
