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
	// pause is how long the file is not looked at after a look.
	pause = time.Second
	// grain is how coarse a file system's times can be (FAT's are): a change so soon
	// after another may have the same time.
	grain = 2 * time.Second
)

// file is the file of tokens, and what is known of it.
type file struct {
	path    string // empty: there is none
	logger  *slog.Logger
	started time.Time
	next    atomic.Int64 // nanoseconds after started at which it is looked at again

	mu      sync.Mutex // held while it is read
	seen    stamp      // of what was read last
	settled bool       // that was of use, and a change since then shows in the stamp
	told    complaint  // zero: nothing is wrong, or has been told
}

// complaint is what was told of a state of the file.
type complaint struct {
	of   stamp
	text string
}

// Reload reads the file now, whether it has changed or not; whoever else is
// reading it is waited for. With an error, which is for the caller to log, the
// tokens stay what they were. Without a file it does nothing.
func (t *Tokens) Reload() error {
	f := &t.file
	if f.path == "" {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	_, failed := t.read()
	if failed == nil {
		return nil
	}
	f.told = *failed
	return fmt.Errorf("token file %q: %s", f.path, failed.text)
}

// look reads the file if it has changed. One request does so in a second; those
// that come meanwhile go by the tokens that are there, and wait for nothing.
func (t *Tokens) look() {
	f := &t.file
	if f.path == "" {
		return
	}
	now, next := int64(time.Since(f.started)), f.next.Load()
	if now < next || !f.next.CompareAndSwap(next, now+int64(pause)) || !f.mu.TryLock() {
		return
	}
	defer f.mu.Unlock()
	if f.settled && f.seen.same(stampOf(f.path)) {
		return
	}
	complained := f.told.text != ""
	changed, failed := t.read()
	switch {
	case failed == nil && (changed || complained):
		f.logger.Info("token file reloaded", "file", f.path, "tokens", len(*t.good.Load()))
	case failed != nil && (failed.text != f.told.text || !failed.of.same(f.told.of)):
		f.told = *failed
		f.logger.Warn("token file rejected, keeping the previous tokens", "file", f.path, "reason", failed.text)
	}
}

// read reads the file and takes its tokens over, all or none. It tells whether
// that made a difference.
func (t *Tokens) read() (changed bool, failed *complaint) {
	f := &t.file
	var hashes []hash
	seen, err := visit(f.path, func(data []byte) (err error) {
		hashes, err = parse(data, mostTokens-len(t.own))
		return err
	})
	if err != nil {
		f.settled = false // it is tried at each look: that its rights change no stamp shows
		return false, &complaint{seen, err.Error()}
	}
	good := slices.Concat(t.own, hashes)
	changed = !slices.Equal(good, *t.good.Load())
	t.good.Store(&good)
	f.seen, f.settled, f.told = seen, time.Since(seen.info.ModTime()) > grain, complaint{}
	return changed, nil
}
