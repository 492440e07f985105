package bearer

import (
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

const kept, turning = "kept-0123456789abcdef", "turning-0123456789abcdef"

func rotate(t *testing.T, path, text string) {
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Error(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Error(err)
	}
}

func showing(token string) *http.Request {
	return &http.Request{Header: http.Header{"Authorization": {"Bearer " + token}}}
}

func TestThousandsAskWhileTheFileChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	rotate(t, path, kept)
	held, err := New(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	for round := range 20 {
		var all sync.WaitGroup
		for range 2000 {
			all.Go(func() {
				held.Valid(showing(turning))
				if !held.Valid(showing(kept)) || held.Valid(showing(kept+"x")) {
					t.Error("the token that stays is refused, or one is taken that never was")
				}
			})
		}
		held.file.next.Store(0) // the next request looks
		switch round % 4 {
		case 0:
			rotate(t, path, turning+"\n"+kept)
			_ = held.Reload()
		case 1:
			rotate(t, path, kept)
		case 2:
			rotate(t, path, "bad")
		case 3:
			_ = held.Reload()
		}
		all.Wait()
	}
	rotate(t, path, kept)
	if err := held.Reload(); err != nil || held.Valid(showing(turning)) || !held.Valid(showing(kept)) {
		t.Error(err)
	}
}

// A disk that hangs keeps nobody from being answered.
func TestNobodyWaitsForWhoReads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	rotate(t, path, kept)
	held, err := New(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	rotate(t, path, turning)
	held.file.mu.Lock() // as the one who reads does
	held.file.next.Store(0)
	for range 10 {
		if !held.Valid(showing(kept)) || held.Valid(showing(turning)) {
			t.Error("not by the tokens that are there")
		}
	}
	held.file.mu.Unlock()
	held.file.next.Store(0)
	if held.Valid(showing(kept)) || !held.Valid(showing(turning)) {
		t.Error("not by those that have come")
	}
}

func TestOneRequestInASecondLooks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	rotate(t, path, kept)
	held, err := New(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	held.file.next.Store(0)
	held.Valid(showing("no-token-at-all!")) // not a form that could be good: not worth a look
	if held.file.next.Load() != 0 {
		t.Error("it looked")
	}
	held.Valid(showing(kept))
	if next := held.file.next.Load(); next < int64(pause) {
		t.Errorf("the next one looks at %d", next)
	}
}
