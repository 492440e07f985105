package manifest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// mostBytes of a file. Relay's compiler never takes an entry out of its file
// again, so one can be large though few of its documents are in use.
const mostBytes = 32 << 20

// Read parses a manifest's file: a regular one, or a link to such, of at most
// 32 MiB. Errors are those of [Parse] and what is wrong with the file, and do
// not name it: the caller knows from which setting it has it.
func Read(path string) ([]Document, error) {
	data, err := content(path)
	if err != nil {
		return nil, err
	}
	return Parse(data)
}

func content(path string) ([]byte, error) {
	info, err := os.Stat(path) // before it is opened, which would wait at a pipe
	if err != nil {
		return nil, trouble(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, trouble(err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err != nil {
		return nil, trouble(err)
	}
	if len(data) > mostBytes {
		return nil, fmt.Errorf("it has more than %d MiB", mostBytes>>20)
	}
	return data, nil
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
