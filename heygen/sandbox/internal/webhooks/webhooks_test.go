package webhooks_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"heygen-graphql/heygen/sandbox/internal/webhooks"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// attempt is a request that an endpoint received.
type attempt struct {
	url, body string
	header    http.Header
	after     time.Duration // since the start of the test
}

// network is a transport that records attempts, and the source of the events.
type network struct {
	respond func(n int, r *http.Request) (status int, err error) // to the n-th attempt, from 1

	mu          sync.Mutex
	start       time.Time
	events      []webhooks.Event
	searches    int
	attempts    []attempt
	inFlight    int
	maxInFlight int
}

func ok(int, *http.Request) (int, error) { return http.StatusOK, nil }

func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	n.attempts = append(n.attempts, attempt{r.URL.String(), string(body), r.Header, time.Since(n.start)})
	count := len(n.attempts)
	n.inFlight++
	n.maxInFlight = max(n.maxInFlight, n.inFlight)
	n.mu.Unlock()
	status, err := n.respond(count, r)
	n.mu.Lock()
	n.inFlight--
	n.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Location": {"http://127.0.0.1/elsewhere"}}, Body: http.NoBody, Request: r}, nil
}

func (n *network) ended(after, until time.Time) (found []webhooks.Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.searches++
	for _, e := range n.events {
		if e.At.After(after) && !e.At.After(until) {
			found = append(found, e)
		}
	}
	return found
}

// happen adds an event at the present time.
func (n *network) happen(kind string, count int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for range count {
		n.events = append(n.events, webhooks.Event{Type: kind, Data: map[string]string{"id": "look"}, At: time.Now()})
	}
}

// hang responds when the sender stops waiting.
func hang(_ int, r *http.Request) (int, error) {
	<-r.Context().Done()
	return 0, r.Context().Err()
}

func registry(t *testing.T, respond func(int, *http.Request) (int, error)) (*network, *webhooks.Registry) {
	n := &network{respond: respond, start: time.Now()}
	r := webhooks.New(webhooks.Options{Secret: "secret", Events: n.ended, Transport: n})
	t.Cleanup(r.Close)
	return n, r
}

func add(t *testing.T, r *webhooks.Registry, url string, events ...string) webhooks.Endpoint {
	t.Helper()
	e, err := r.Add(url, events)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// pass lets time pass, and then everything else that happens at that time.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

const hook = "http://127.0.0.1:1/hook"

func TestEventIsDeliveredSignedWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, ok)
		pass(time.Hour)
		add(t, r, hook)
		pass(300 * time.Millisecond)
		happened := time.Now().UTC()
		n.happen("kind", 1)
		pass(time.Second)
		if len(n.attempts) != 1 || n.attempts[0].url != hook {
			t.Fatalf("%v", n.attempts)
		}
		a := n.attempts[0]
		id := a.header.Get("Heygen-Event-Id")
		want := fmt.Sprintf(`{"event_id":%q,"event_type":"kind","event_data":{"id":"look"},"created_at":%q}`, id, happened.Format(time.RFC3339))
		mac := hmac.New(sha256.New, []byte("secret"))
		mac.Write([]byte(a.body))
		if a.body != want || id == "" || a.header.Get("Heygen-Signature") != hex.EncodeToString(mac.Sum(nil)) || a.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s, want %s; %v", a.body, want, a.header)
		}
		if sent, err := strconv.ParseInt(a.header.Get("Heygen-Timestamp"), 10, 64); err != nil || time.Since(time.Unix(sent, 0)) > 2*time.Second {
			t.Errorf("sent at %d, %v", sent, err)
		}
	})
}

func TestFailedDeliveryIsRepeatedWithItsID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, respond := range map[string]func(int, *http.Request) (int, error){
			"500":      func(int, *http.Request) (int, error) { return 500, nil },
			"redirect": func(int, *http.Request) (int, error) { return 302, nil },
			"error":    func(int, *http.Request) (int, error) { return 0, errors.New("refused") },
		} {
			n, r := registry(t, respond)
			add(t, r, hook)
			pass(100 * time.Millisecond)
			n.happen("kind", 1)
			pass(time.Minute)
			if len(n.attempts) != 3 {
				t.Fatalf("%s: %d attempts", name, len(n.attempts))
			}
			first := n.attempts[0]
			for i, after := range []time.Duration{500 * time.Millisecond, 1500 * time.Millisecond, 3500 * time.Millisecond} {
				a := n.attempts[i]
				if a.url != hook || a.body != first.body || a.header.Get("Heygen-Event-Id") != first.header.Get("Heygen-Event-Id") || a.after != after {
					t.Errorf("%s: attempt %d after %v is %v", name, i+1, a.after, a)
				}
			}
		}
	})
}

func TestDeliveryIsRepeatedUntilItSucceeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, func(attempt int, _ *http.Request) (int, error) { return []int{503, 204}[attempt-1], nil })
		add(t, r, hook)
		pass(100 * time.Millisecond)
		n.happen("kind", 1)
		pass(time.Minute)
		if len(n.attempts) != 2 {
			t.Errorf("%d attempts", len(n.attempts))
		}
	})
}

func TestAttemptEndsAfterTwoSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, hang)
		add(t, r, hook)
		pass(100 * time.Millisecond)
		n.happen("kind", 1)
		pass(time.Minute)
		var after []time.Duration
		for _, a := range n.attempts {
			after = append(after, a.after)
		}
		if want := []time.Duration{500 * time.Millisecond, 3500 * time.Millisecond, 7500 * time.Millisecond}; !slices.Equal(after, want) {
			t.Errorf("attempts after %v, want %v", after, want)
		}
	})
}

func TestFourDeliveriesAreInFlightAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, hang)
		for range 10 {
			add(t, r, hook)
		}
		pass(100 * time.Millisecond)
		n.happen("kind", 5)
		pass(10 * time.Minute)
		if n.maxInFlight != 4 || len(n.attempts) != 10*5*3 {
			t.Errorf("%d in flight, %d attempts", n.maxInFlight, len(n.attempts))
		}
	})
}

func TestEndpointThatHangsDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, func(n int, r *http.Request) (int, error) {
			if strings.HasSuffix(r.URL.Path, "hangs") {
				return hang(n, r)
			}
			return 200, nil
		})
		add(t, r, "http://127.0.0.1:1/hangs")
		add(t, r, "http://127.0.0.1:1/works")
		pass(100 * time.Millisecond)
		n.happen("kind", 20)
		pass(time.Second)
		works := 0
		for _, a := range n.attempts {
			if strings.HasSuffix(a.url, "works") {
				works++
			}
		}
		if works != 20 {
			t.Errorf("%d of 20 deliveries", works)
		}
	})
}

func TestEndpointReceivesItsTypesFromItsCreationOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, ok)
		add(t, r, "http://[::1]:1/all")
		pass(100 * time.Millisecond)
		n.happen("early", 1)
		pass(100 * time.Millisecond)
		add(t, r, "https://localhost:1/some", "early", "wanted")
		n.happen("wanted", 1)
		n.happen("other", 1)
		pass(time.Minute)
		var received []string
		for _, a := range n.attempts {
			var body struct {
				Type string `json:"event_type"`
			}
			if err := json.Unmarshal([]byte(a.body), &body); err != nil {
				t.Fatal(err)
			}
			received = append(received, a.url[strings.LastIndex(a.url, "/"):]+" "+body.Type)
		}
		slices.Sort(received)
		if want := []string{"/all early", "/all other", "/all wanted", "/some wanted"}; !slices.Equal(received, want) {
			t.Errorf("%q", received)
		}
	})
}

func TestNothingRunsWithoutEndpoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails if a goroutine is left at the end
		n := &network{respond: hang, start: time.Now()}
		r := webhooks.New(webhooks.Options{Events: n.ended, Transport: n})
		pass(time.Minute)
		e := add(t, r, hook)
		pass(100 * time.Millisecond)
		n.happen("kind", 3)
		pass(time.Second)
		if n.searches == 0 || len(n.attempts) != 1 {
			t.Fatalf("%d searches, %d attempts", n.searches, len(n.attempts))
		}
		if !r.Remove(e.ID) || r.Remove(e.ID) || len(r.Endpoints()) != 0 {
			t.Error("the endpoint is not removed once")
		}
		synctest.Wait()
		searches := n.searches
		if n.inFlight != 0 {
			t.Error("the delivery is not aborted")
		}
		pass(time.Minute)
		if n.searches != searches || len(n.attempts) != 1 {
			t.Errorf("%d searches, %d attempts after the removal", n.searches-searches, len(n.attempts))
		}
		add(t, r, hook)
		pass(100 * time.Millisecond)
		n.happen("kind", 1)
		pass(time.Second)
		if len(n.attempts) != 2 {
			t.Errorf("%d attempts with another endpoint", len(n.attempts))
		}
		r.Remove(r.Endpoints()[0].ID)
	})
}

func TestCloseAbortsDeliveries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, r := registry(t, hang)
		add(t, r, hook)
		pass(100 * time.Millisecond)
		n.happen("kind", 3)
		pass(time.Second)
		before := time.Now()
		r.Close()
		if n.inFlight != 0 || time.Since(before) != 0 || len(r.Endpoints()) != 0 {
			t.Errorf("%d in flight, closed after %v, %d endpoints", n.inFlight, time.Since(before), len(r.Endpoints()))
		}
		if _, err := r.Add(hook, nil); !errors.Is(err, webhooks.ErrClosed) {
			t.Errorf("error %v", err)
		}
		r.Close()
	})
}

func TestEndpointsHaveRandomSecrets(t *testing.T) {
	r := webhooks.New(webhooks.Options{})
	a, b := add(t, r, hook), add(t, r, hook, "kind")
	if a.Secret == b.Secret || !strings.HasPrefix(a.Secret, "whsec_") || len(a.Secret) < 26 || a.ID == b.ID || a.ID == "" {
		t.Errorf("%v %v", a, b)
	}
	if all := r.Endpoints(); len(all) != 2 || all[0].ID != a.ID || all[1].ID != b.ID {
		t.Errorf("%v", all)
	}
	for range 8 {
		add(t, r, hook)
	}
	if _, err := r.Add(hook, nil); !errors.Is(err, webhooks.ErrTooMany) {
		t.Errorf("error %v", err)
	}
	r.Close()
}

func TestOnlyLoopbackURLsAreAccepted(t *testing.T) {
	r := webhooks.New(webhooks.Options{})
	defer r.Close()
	for _, url := range []string{"http://127.0.0.1", "https://127.1.2.3:8443/a?b=c", "http://[::1]:1", "http://[::ffff:127.0.0.1]/", "http://LOCALHOST/"} {
		if _, err := r.Add(url, nil); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{
		"", "/hook", "127.0.0.1:80", "//127.0.0.1/", "ftp://127.0.0.1/", "file:///etc/hosts", "http:127.0.0.1", "http://", "http://%zz", "http://user@127.0.0.1/",
		"http://10.0.0.1/", "http://0.0.0.0/", "http://[::]/", "http://169.254.169.254/", "http://example.com/", "http://localhost.example.com/",
		"http://127.0.0.1.example.com/", "http://127.0.0.1@example.com/", "http://2130706433/", "http://127.1/", "http://127.0.0.1/" + strings.Repeat("a", 2048),
	} {
		if _, err := r.Add(url, nil); !errors.Is(err, webhooks.ErrURL) {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// The address is documentation's: nothing is sent to it even if it is dialed.
func TestOnlyLoopbackAddressesAreDialed(t *testing.T) {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://192.0.2.1:9/", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := webhooks.LoopbackTransport().RoundTrip(request)
	if err == nil {
		response.Body.Close()
	}
	if !errors.Is(err, webhooks.ErrURL) {
		t.Errorf("error %v", err)
	}
}
