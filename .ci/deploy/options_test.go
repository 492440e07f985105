package deploy

import (
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

func TestAutoscalerDecidesTheNumberOfReplicas(t *testing.T) {
	objects := mustRender(t, "autoscaling.enabled=true", "autoscaling.maxReplicas=9")
	deployment, scaler := first[appsv1.Deployment](t, objects), first[autoscalingv2.HorizontalPodAutoscaler](t, objects)
	if deployment.Spec.Replicas != nil {
		t.Error("the Deployment resets the number of replicas at each upgrade")
	}
	if scaler.Spec.ScaleTargetRef.Name != deployment.Name || scaler.Spec.MaxReplicas != 9 || *scaler.Spec.MinReplicas != 2 {
		t.Errorf("%+v", scaler.Spec)
	}
}

// ports returns the ports of the egress rules.
func ports(policy *networkingv1.NetworkPolicy) (all []int) {
	for _, rule := range policy.Spec.Egress {
		for _, port := range rule.Ports {
			all = append(all, port.Port.IntValue())
		}
	}
	return all
}

func TestNetworkPolicyAllowsWhatTheServerCalls(t *testing.T) {
	policy := first[networkingv1.NetworkPolicy](t, mustRender(t, "networkPolicy.enabled=true"))
	if got := ports(policy); len(got) != 3 || got[0] != 53 || got[1] != 53 || got[2] != 443 {
		t.Errorf("without Redis: %v", got)
	}
	if len(policy.Spec.Ingress) != 2 || policy.Spec.Ingress[0].From != nil || len(policy.Spec.Ingress[1].From) != 1 {
		t.Errorf("%+v", policy.Spec.Ingress)
	}
	policy = first[networkingv1.NetworkPolicy](t, mustRender(t, "networkPolicy.enabled=true", "networkPolicy.redisPort=6380", "secret.REDIS_URL=rediss://redis:6380",
		"networkPolicy.redisTo[0].podSelector.matchLabels.app=redis", "networkPolicy.extraEgress[0].ports[0].port=4318", "networkPolicy.from[0].podSelector.matchLabels.app=ingress"))
	if got := ports(policy); len(got) != 5 || got[3] != 6380 || got[4] != 4318 || policy.Spec.Egress[2].To[0].PodSelector.MatchLabels["app"] != "redis" {
		t.Errorf("with Redis: %v", got)
	}
	if policy.Spec.Ingress[0].From[0].PodSelector.MatchLabels["app"] != "ingress" {
		t.Errorf("%+v", policy.Spec.Ingress)
	}
}

func TestIngressLeadsToTheService(t *testing.T) {
	objects := mustRender(t, "ingress.enabled=true", "ingress.className=nginx", "ingress.hosts={a.example.com,b.example.com}", "ingress.tls[0].secretName=tls", "ingress.tls[0].hosts={a.example.com}")
	ingress := first[networkingv1.Ingress](t, objects)
	if len(ingress.Spec.Rules) != 2 || ingress.Spec.Rules[1].Host != "b.example.com" || ingress.Spec.TLS[0].SecretName != "tls" || *ingress.Spec.IngressClassName != "nginx" {
		t.Errorf("%+v", ingress.Spec)
	}
	backend := ingress.Spec.Rules[0].HTTP.Paths[0].Backend.Service
	for _, object := range objects["Service"] {
		if service := object.(*corev1.Service); service.Name == backend.Name && service.Spec.Ports[0].Name == backend.Port.Name {
			return
		}
	}
	t.Errorf("no Service is named %s with a port %s", backend.Name, backend.Port.Name)
}

func TestServiceMonitorSelectsTheMetricsOnly(t *testing.T) {
	objects := mustRender(t, "serviceMonitor.enabled=true", "serviceMonitor.labels.release=prometheus")
	monitor := *first[map[string]any](t, objects)
	spec := monitor["spec"].(map[string]any)
	selector := spec["selector"].(map[string]any)["matchLabels"].(map[string]any)
	selected := 0
	for _, object := range objects["Service"] {
		service := object.(*corev1.Service)
		matches := true
		for label, value := range selector {
			matches = matches && service.Labels[label] == value
		}
		if matches {
			selected++
			if service.Labels["app.kubernetes.io/name"] != "heygen-graphql" || service.Spec.Ports[0].Name != "metrics" || service.Spec.ClusterIP != "None" {
				t.Errorf("%+v", service)
			}
		}
	}
	if selected != 1 || spec["jobLabel"] != "app.kubernetes.io/name" || monitor["metadata"].(map[string]any)["labels"].(map[string]any)["release"] != "prometheus" {
		t.Errorf("%d services, %v", selected, spec)
	}
}

func TestPodOptionsReachThePods(t *testing.T) {
	pod := first[appsv1.Deployment](t, mustRender(t, "nodeSelector.disk=ssd", "tolerations[0].key=spot", "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key=a",
		"podAnnotations.a=b", "podLabels.c=d", "priorityClassName=high", "imagePullSecrets[0].name=registry", "image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		"extraVolumes[0].name=tokens", "extraVolumes[0].secret.secretName=tokens", "extraVolumeMounts[0].name=tokens", "extraVolumeMounts[0].mountPath=/tokens",
		"topologySpreadConstraints[0].maxSkew=2", "topologySpreadConstraints[0].topologyKey=rack", "topologySpreadConstraints[0].whenUnsatisfiable=DoNotSchedule")).Spec.Template
	spec := pod.Spec
	if spec.NodeSelector["disk"] != "ssd" || spec.Tolerations[0].Key != "spot" || spec.Affinity.NodeAffinity == nil || pod.Annotations["a"] != "b" || pod.Labels["c"] != "d" || spec.PriorityClassName != "high" ||
		spec.ImagePullSecrets[0].Name != "registry" || len(spec.TopologySpreadConstraints) != 1 || spec.Volumes[0].Secret.SecretName != "tokens" || spec.Containers[0].VolumeMounts[0].MountPath != "/tokens" {
		t.Errorf("%+v", pod)
	}
	if image := spec.Containers[0].Image; image != "heygen-graphql@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" {
		t.Error(image)
	}
}
