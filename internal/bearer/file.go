package bearer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// mostBytes of a file: 100 of the longest tokens, and as many comments.
const mostBytes = 64 << 10

// visit hands what is in the file to a function, and clears it then, for there
// are tokens in it. It gives the stamp of the file that it opened: of a link, of
// what the link led to.
func visit(path string, with func(data []byte) error) (stamp, error) {
	info, err := os.Stat(path) // before it is opened, which would wait at a pipe
	if err != nil {
		return stamp{}, trouble(err)
	}
	if !info.Mode().IsRegular() {
		return stamp{info}, errors.New("it is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return stamp{info}, trouble(err)
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return stamp{}, trouble(err)
	}
	data := make([]byte, mostBytes+1) // one that grew would leave copies behind
	defer clear(data)
	n, err := io.ReadFull(f, data)
	if err == nil {
		return stamp{info}, fmt.Errorf("it has more than %d KiB", mostBytes>>10)
	}
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return stamp{info}, trouble(err)
	}
	return stamp{info}, with(data[:n])
}

// trouble says in our words why a file cannot be read.
func trouble(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("it does not exist")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("this process may not read it")
	default:
		return errors.New("it cannot be read")
	}
}

// parse gives the hashes of a file's tokens, if there is room for them.
func parse(data []byte, room int) ([]hash, error) {
	var hashes []hash
	number := 0
	for line := range bytes.Lines(data) {
		number++
		line = bytes.Trim(line, " \t\r\n")
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if err := check(line); err != nil {
			return nil, fmt.Errorf("line %d %w", number, err)
		}
		if len(hashes) == room {
			return nil, fmt.Errorf("with line %d there are more than %d tokens", number, mostTokens)
		}
		hashes = append(hashes, hashOf(line))
	}
	if len(hashes) == 0 {
		return nil, errors.New("there is no token in it")
	}
	return hashes, nil
}
