package deploy

import (
	"maps"
	"slices"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

const composeFile = "../../deploy/compose.yaml"

// loadCompose loads the Compose file as Docker does, with the given variables.
func loadCompose(t *testing.T, environment map[string]string) *types.Project {
	t.Helper()
	project, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir: "../../deploy", ConfigFiles: []types.ConfigFile{{Filename: composeFile}}, Environment: environment,
	})
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestComposeFileIsValid(t *testing.T) {
	project := loadCompose(t, nil)
	if got := slices.Sorted(maps.Keys(project.Services)); !slices.Equal(got, []string{"grafana", "nginx", "prometheus", "redis", "replica-1", "replica-2", "replica-3", "sandbox"}) {
		t.Error(got)
	}
	for _, name := range []string{"replica-1", "replica-2", "replica-3"} {
		replica := project.Services[name]
		if !replica.ReadOnly || !slices.Equal(replica.CapDrop, []string{"ALL"}) || replica.NetworkMode != "service:sandbox" || *replica.Environment["HEYGEN_BASE_URL"] != "http://127.0.0.1:8090/sandbox" {
			t.Errorf("%s: %+v", name, replica)
		}
	}
}

func TestComposeFilePassesTheKeyToTheReplicasOnly(t *testing.T) {
	project := loadCompose(t, map[string]string{"HEYGEN_API_KEY": "sk_V2_test", "HEYGEN_BASE_URL": "https://api.heygen.com", "CLIENT_TOKENS": "a-token-of-this-test", "HEYGEN_WEBHOOK_SECRET": "whsec_of_this_test"})
	for name, service := range project.Services {
		for variable, value := range service.Environment {
			if want := map[string]string{"HEYGEN_API_KEY": "sk_V2_test", "HEYGEN_BASE_URL": "https://api.heygen.com", "CLIENT_TOKENS": "a-token-of-this-test", "HEYGEN_WEBHOOK_SECRET": "whsec_of_this_test"}[variable]; want != "" && *value != want {
				t.Errorf("%s: %s is %q", name, variable, *value)
			}
		}
		for _, secret := range []string{"HEYGEN_API_KEY", "HEYGEN_WEBHOOK_SECRET"} {
			if _, ok := service.Environment[secret]; ok != (service.NetworkMode == "service:sandbox") {
				t.Errorf("%s has %s: %t", name, secret, ok)
			}
		}
	}
}
