package bearer

import (
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// pollInterval is the minimum time between two checks of the file.
	pollInterval = time.Second
	// mtimeGranularity is the coarsest resolution of modification times in a file
	// system (FAT's): two changes within it may have the same time.
	mtimeGranularity = 2 * time.Second
)

// tokenFile is the state of Options.File.
type tokenFile struct {
	path     string // empty: no file
	logger   *slog.Logger
	started  time.Time
	nextPoll atomic.Int64 // nanoseconds after started

	mu            sync.Mutex  // held while the file is read
	version       fileVersion // of the last successful load
	mtimeReliable bool        // a later change of the file changes its version
	lastFailure   loadFailure // zero: the last load succeeded
}

// loadFailure is the reason why a version of the file was rejected.
type loadFailure struct {
	version fileVersion
	reason  string
}

func (f loadFailure) equal(other loadFailure) bool {
	return f.reason == other.reason && f.version.equal(other.version)
}

// Reload loads the file even if it appears unchanged. It waits for a load that is
// in progress. It returns an error if the file is invalid; the active tokens stay
// then. Logging the error is up to the caller. Without a file it does nothing.
func (t *Tokens) Reload() error {
	f := &t.file
	if f.path == "" {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := t.load(); err != nil {
		return fmt.Errorf("token file %q: %w", f.path, err)
	}
	return nil
}

// reloadIfChanged loads the file if it has changed, at most once a second. It does
// not block other requests: they use the active tokens meanwhile.
func (t *Tokens) reloadIfChanged() {
	f := &t.file
	if f.path == "" {
		return
	}
	now, next := int64(time.Since(f.started)), f.nextPoll.Load()
	if now < next || !f.nextPoll.CompareAndSwap(next, now+int64(pollInterval)) || !f.mu.TryLock() {
		return
	}
	defer f.mu.Unlock()
	if f.mtimeReliable && f.version.equal(versionOf(f.path)) {
		return
	}
	previous := f.lastFailure
	changed, err := t.load()
	switch {
	case err == nil && (changed || previous.reason != ""):
		f.logger.Info("token file reloaded", "file", f.path, "tokens", len(*t.active.Load()))
	case err != nil && !f.lastFailure.equal(previous):
		f.logger.Warn("token file rejected, keeping the previous tokens", "file", f.path, "reason", err.Error())
	}
}

// load reads the file and activates its tokens, all or none. It reports whether
// the active tokens have changed. The caller must hold mu.
func (t *Tokens) load() (changed bool, err error) {
	f := &t.file
	var hashes []hash
	version, err := readFile(f.path, func(data []byte) (err error) {
		hashes, err = parseTokens(data, maxClientTokens-len(t.static))
		return err
	})
	if err != nil {
		f.mtimeReliable = false // retry at each poll: a change of permissions does not change the version
		f.lastFailure = loadFailure{version, err.Error()}
		return false, err
	}
	active := slices.Concat(t.static, hashes)
	changed = !slices.Equal(active, *t.active.Load())
	t.active.Store(&active)
	f.version, f.mtimeReliable, f.lastFailure = version, time.Since(version.info.ModTime()) > mtimeGranularity, loadFailure{}
	return changed, nil
}
