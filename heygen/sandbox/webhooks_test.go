package sandbox_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

const endpointsPath = "/v3/webhooks/endpoints"

func post(t *testing.T, box *sandbox.Sandbox, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "http://sandbox.test"+endpointsPath, strings.NewReader(body))
	r.Header.Set("X-Api-Key", "key")
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	return w
}

type webhookEndpoint struct {
	ID        string    `json:"endpoint_id"`
	URL       string    `json:"url"`
	Events    []string  `json:"events"`
	Status    string    `json:"status"`
	CreatedAt time.Time `json:"created_at"`
	Secret    string    `json:"secret"`
}

func createEndpoint(t *testing.T, box *sandbox.Sandbox, body string) webhookEndpoint {
	t.Helper()
	w := post(t, box, body)
	var created struct{ Data webhookEndpoint }
	if err := json.Unmarshal(w.Body.Bytes(), &created); err != nil || w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return created.Data
}

func TestWebhookEndpointIsCreatedListedAndDeleted(t *testing.T) {
	box := sandbox.New(sandbox.Options{WebhookSecret: "chosen"})
	defer box.Close()
	a := createEndpoint(t, box, `{"url":"http://127.0.0.1:1/a"}`)
	b := createEndpoint(t, box, `{"url":"http://localhost:1/b","events":["instant_avatar.fail"]}`)
	if a.ID == "" || a.ID == b.ID || a.URL != "http://127.0.0.1:1/a" || a.Status != "enabled" || a.CreatedAt.IsZero() || a.Secret != "chosen" || b.Secret != "chosen" {
		t.Errorf("%+v %+v", a, b)
	}
	const format = `{"endpoint_id":%q,"url":%q,"events":[%s],"status":"enabled","created_at":%q}`
	wireA := fmt.Sprintf(format, a.ID, a.URL, "", a.CreatedAt.Format(time.RFC3339))
	wireB := fmt.Sprintf(format, b.ID, b.URL, `"instant_avatar.fail"`, b.CreatedAt.Format(time.RFC3339))
	assertList := func(items string) {
		t.Helper()
		if w := get(t, box, endpointsPath); w.Code != 200 || w.Body.String() != `{"data":[`+items+`],"has_more":false,"next_token":null}` {
			t.Errorf("%d %s, want %s", w.Code, w.Body, items)
		}
	}
	assertList(wireA + "," + wireB)
	key := http.Header{"X-Api-Key": {"key"}}
	if w := send(t, box, "DELETE", endpointsPath+"/"+a.ID, key); w.Code != 200 || w.Body.String() != `{"data":{"endpoint_id":"`+a.ID+`"}}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	assertList(wireB)
	w := send(t, box, "DELETE", endpointsPath+"/"+a.ID, key)
	assertError(t, "deleted endpoint", w.Result(), w.Body.Bytes(), 404, "resource_not_found", "")
}

func TestWebhookEndpointsNeedAKey(t *testing.T) {
	box := sandbox.New(sandbox.Options{Keys: []string{"good"}})
	for _, call := range [][2]string{{"GET", endpointsPath}, {"POST", endpointsPath}, {"DELETE", endpointsPath + "/id"}} {
		w := send(t, box, call[0], call[1], http.Header{"X-Api-Key": {"key"}})
		assertError(t, call[0], w.Result(), w.Body.Bytes(), 401, "unauthorized", "")
	}
}

func TestWebhookEndpointsAllowTheirMethodsOnly(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for path, allow := range map[string]string{endpointsPath: "GET, HEAD, POST", endpointsPath + "/id": "DELETE"} {
		w := send(t, box, "PUT", path, http.Header{"X-Api-Key": {"key"}})
		if assertError(t, path, w.Result(), w.Body.Bytes(), 405, "method_not_allowed", ""); w.Header().Get("Allow") != allow {
			t.Errorf("%s: Allow is %q", path, w.Header().Get("Allow"))
		}
	}
}

func TestWebhookEndpointIsValidated(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	many := `["e"` + strings.Repeat(`,"e"`, 100) + `]`
	for body, param := range map[string]string{
		``: "", `null`: "", `[]`: "", `{`: "",
		`{"url":"http://127.0.0.1/"}` + strings.Repeat(" ", 64<<10): "",
		`{}`:                            "url",
		`{"url":7}`:                     "url",
		`{"url":null}`:                  "url",
		`{"url":"http://example.com/"}`: "url",
		`{"url":"http://10.0.0.1/"}`:    "url",
		`{"url":"http://127.0.0.1/","events":"e"}`:                                  "events",
		`{"url":"http://127.0.0.1/","events":[7]}`:                                  "events",
		`{"url":"http://127.0.0.1/","events":[""]}`:                                 "events",
		`{"url":"http://127.0.0.1/","events":` + many + `}`:                         "events",
		`{"url":"http://127.0.0.1/","events":["` + strings.Repeat("e", 101) + `"]}`: "events",
	} {
		w := post(t, box, body)
		assertError(t, fmt.Sprintf("%.60s", body), w.Result(), w.Body.Bytes(), 400, "invalid_parameter", param)
	}
	for range 10 {
		createEndpoint(t, box, `{"url":"http://127.0.0.1/","events":null}`)
	}
	w := post(t, box, `{"url":"http://127.0.0.1/"}`)
	assertError(t, "11th endpoint", w.Result(), w.Body.Bytes(), 400, "resource_limit_reached", "")
	box.Close()
	w = post(t, box, `{"url":"http://127.0.0.1/"}`)
	assertError(t, "closed", w.Result(), w.Body.Bytes(), 503, "service_unavailable", "")
}

func TestEndOfTrainingIsDeliveredOverHTTP(t *testing.T) {
	type delivery struct {
		Type string            `json:"event_type"`
		Data map[string]string `json:"event_data"`
	}
	received := make(chan delivery, 100)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var d delivery
		if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
			t.Error(err)
		}
		received <- d
	}))
	defer server.Close()
	box := sandbox.New(sandbox.Options{TrainingDuration: 100 * time.Millisecond})
	defer box.Close()
	for _, g := range box.Groups() {
		box.RemoveGroups(g.ID)
	}
	for _, l := range box.Looks() {
		box.RemoveLooks(l.ID)
	}
	createEndpoint(t, box, `{"url":"`+server.URL+`"}`)
	box.AddGroups(sandbox.Group{ID: "g", AvatarType: sandbox.PhotoAvatar, Status: new("processing")})
	box.AddLooks(sandbox.Look{ID: "l", GroupID: new("g"), AvatarType: sandbox.PhotoAvatar, Status: new("processing")})
	var looks []string
	for range 2 {
		select {
		case d := <-received:
			if !strings.HasPrefix(d.Type, "photo_avatar_train.") || d.Data["group_id"] != "g" {
				t.Errorf("%v", d)
			}
			looks = append(looks, d.Data["look_id"])
		case <-time.After(20 * time.Second):
			t.Fatal("no event is delivered")
		}
	}
	if slices.Sort(looks); !slices.Equal(looks, []string{"", "l"}) {
		t.Errorf("events of the looks %q", looks)
	}
}
