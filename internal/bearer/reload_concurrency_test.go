package bearer

import (
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

const stable, rotated = "stable-0123456789abcdef", "rotated-0123456789abcdef"

func replace(t *testing.T, path, content string) {
	if err := os.WriteFile(path+".new", []byte(content), 0o600); err != nil {
		t.Error(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Error(err)
	}
}

func requestWith(token string) *http.Request {
	return &http.Request{Header: http.Header{"Authorization": {"Bearer " + token}}}
}

func TestConcurrentRequestsDuringReload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	replace(t, path, stable)
	tokens, err := New(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	for round := range 20 {
		var wg sync.WaitGroup
		for range 2000 {
			wg.Go(func() {
				tokens.Valid(requestWith(rotated))
				if !tokens.Valid(requestWith(stable)) || tokens.Valid(requestWith(stable+"x")) {
					t.Error("the stable token is rejected, or an unknown one is accepted")
				}
			})
		}
		tokens.file.nextPoll.Store(0) // the next request polls
		switch round % 4 {
		case 0:
			replace(t, path, rotated+"\n"+stable)
			_ = tokens.Reload()
		case 1:
			replace(t, path, stable)
		case 2:
			replace(t, path, "bad")
		case 3:
			_ = tokens.Reload()
		}
		wg.Wait()
	}
	replace(t, path, stable)
	if err := tokens.Reload(); err != nil || tokens.Valid(requestWith(rotated)) || !tokens.Valid(requestWith(stable)) {
		t.Error(err)
	}
}

// A hanging disk blocks no request.
func TestValidDoesNotWaitForReload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	replace(t, path, stable)
	tokens, err := New(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	replace(t, path, rotated)
	tokens.file.mu.Lock() // as a load does
	tokens.file.nextPoll.Store(0)
	for range 10 {
		if !tokens.Valid(requestWith(stable)) || tokens.Valid(requestWith(rotated)) {
			t.Error("not the tokens before the change")
		}
	}
	tokens.file.mu.Unlock()
	tokens.file.nextPoll.Store(0)
	if tokens.Valid(requestWith(stable)) || !tokens.Valid(requestWith(rotated)) {
		t.Error("not the tokens after the change")
	}
}

func TestFileIsPolledAtMostOncePerSecond(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	replace(t, path, stable)
	tokens, err := New(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	tokens.file.nextPoll.Store(0)
	tokens.Valid(requestWith("no-token-at-all!")) // malformed, so it does not poll
	if tokens.file.nextPoll.Load() != 0 {
		t.Error("a malformed token polled the file")
	}
	tokens.Valid(requestWith(stable))
	if next := tokens.file.nextPoll.Load(); next < int64(pollInterval) {
		t.Errorf("next poll at %d", next)
	}
}
