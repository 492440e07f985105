//go:build redis

package replicatest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// Two callers with keys of their own share a Redis. One of them, or who can write to Redis,
// copies every record of one tenant over those of the other.
func TestRecordsOfOneTenantAreNeverReadByAnother(t *testing.T) {
	redis := startRedis(t)
	heyGen, url := startHeyGen(t, sandbox.Options{Keys: []string{"sk_V2_alice", "sk_V2_bob"}})
	settings := append([]string{"HEYGEN_BASE_URL=" + url, "HEYGEN_AUTH=passthrough", "REDIS_URL=" + redis.url()}, long...)
	document := group("group_monica")
	alice, bob := startReplica(t, settings...), startReplica(t, settings...)
	want := alice.data(document, "X-Api-Key", "sk_V2_alice")
	aliceKeys := redis.keys()
	bob.data(document, "X-Api-Key", "sk_V2_bob")
	if n := calls(heyGen); n != 2 {
		t.Errorf("%d calls for two tenants", n)
	}
	bob.data(document, "X-Api-Key", "sk_V2_alice")
	alice.data(document, "X-Api-Key", "sk_V2_bob")
	if n := calls(heyGen); n != 0 {
		t.Errorf("%d calls for tenants that another replica knows", n)
	}
	known := map[string]bool{}
	for _, name := range aliceKeys {
		known[name] = true
	}
	var bobKeys []string
	for _, name := range redis.keys() {
		if !known[name] {
			bobKeys = append(bobKeys, name)
		}
	}
	copied := 0
	for _, from := range aliceKeys {
		for _, to := range bobKeys {
			if _, err := redis.try("COPY", from, to, "REPLACE"); err == nil {
				copied++
			}
		}
	}
	if copied == 0 {
		t.Error("nothing was copied")
	}
	heyGen.SetKeys("sk_V2_alice") // so that a response for Bob can only be Alice's
	fresh := startReplica(t, settings...)
	for _, wrong := range []string{"sk_V2_bob", "sk_V2_ALICE", "sk_V2_alice0", "sk_V2_alic", "x"} {
		if res := fresh.send(document, "X-Api-Key", wrong); len(res.errors) != 1 || res.errors[0] != "UNAUTHENTICATED" || strings.Contains(res.body, "Monica") {
			t.Errorf("%s: %s", wrong, res.body)
		}
	}
	if res := fresh.send(document, "Authorization", "Bearer sk_V2_alice"); strings.Contains(res.body, "Monica") && len(heyGen.Calls()) == 0 {
		t.Errorf("the same string as a bearer token reads the records of the API key: %s", res.body)
	}
	if got := fresh.data(document, "X-Api-Key", "sk_V2_alice"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A rolling upgrade: replicas whose records have different fields run side by side.
func TestReplicasOfTwoVersionsRunSideBySide(t *testing.T) {
	source := filepath.Join(t.TempDir(), "source")
	if out, err := exec.Command("git", "clone", "-q", "--local", "../..", source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file := filepath.Join(source, "heygen", "avatar_groups.go")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "type AvatarGroup struct {\n", "type AvatarGroup struct {\n\tAddedByNextVersion *string `json:\"added_by_next_version\"`\n", 1)
	if changed == string(text) {
		t.Fatal("the struct was not found")
	}
	if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	next := filepath.Join(t.TempDir(), "next")
	if out, err := build(next, source); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	redis := startRedis(t)
	heyGen, url := startHeyGen(t, sandbox.Options{})
	settings := append([]string{"HEYGEN_BASE_URL=" + url, "HEYGEN_API_KEY=" + key, "REDIS_URL=" + redis.url()}, long...)
	document := group("group_monica")
	one, other := startReplica(t, settings...), startBinary(t, next, settings...)
	want := one.data(document)
	if got := other.data(document); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if n := calls(heyGen); n != 2 {
		t.Errorf("%d calls: the versions must not read each other's records", n)
	}
	for _, r := range []*replica{startReplica(t, settings...), startBinary(t, next, settings...)} {
		if got := r.data(document); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if n := calls(heyGen); n != 0 {
		t.Errorf("%d calls: the records of one version were lost to the other", n)
	}
}
