// Package regularfile reads small files that a setting names. Its errors contain
// neither the path nor text of the operating system: they follow the name of the
// setting in messages and logs.
//
//	data, info, err := regularfile.Read("/etc/heygen-graphql/tokens", 64<<10)
//	// err may be "does not exist"
package regularfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// minBuffer is the minimum size in bytes of the buffer that a file is read into.
const minBuffer = 64 << 10

// Read returns the content of a regular file of at most maxSize bytes, and its
// [fs.FileInfo]; it follows symbolic links. It returns an error if there is no such
// file, if it is larger, or if it cannot be read. The FileInfo is nil if it is
// unknown.
//
// The content of a file of up to 64 KiB is in memory once, so that a caller can
// clear it, whatever else writes to the file. A larger one is too, unless it grows
// while it is read.
func Read(path string, maxSize int64) ([]byte, fs.FileInfo, error) {
	info, err := os.Stat(path) // before opening, which would block on a named pipe
	if err != nil {
		return nil, nil, describe(err)
	}
	if !info.Mode().IsRegular() {
		return nil, info, errors.New("is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, info, describe(err)
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, nil, describe(err)
	}
	size := min(max(info.Size(), minBuffer), maxSize) + 1
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead)) // ReadFrom grows a buffer with less than MinRead free
	if _, err := b.ReadFrom(io.LimitReader(f, maxSize+1)); err != nil {
		clear(b.Bytes())
		return nil, info, describe(err)
	}
	if int64(b.Len()) > maxSize {
		clear(b.Bytes())
		return nil, info, fmt.Errorf("is larger than %s", formatSize(maxSize))
	}
	return b.Bytes(), info, nil
}

func describe(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("does not exist")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("permission denied")
	default:
		return errors.New("cannot be read")
	}
}

func formatSize(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}
