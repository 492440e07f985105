package bearer

import (
	"bytes"
	"errors"
	"fmt"

	"heygen-graphql/internal/regularfile"
)

// maxFileSize in bytes is enough for 100 tokens of maximum length, and as many
// comments.
const maxFileSize = 64 << 10

// readFile calls parse with the content of the file, and clears the content
// afterwards, since it contains tokens. It returns the version of the file that it
// opened; for a symbolic link, that of the link's target.
func readFile(path string, parse func(data []byte) error) (fileVersion, error) {
	data, info, err := regularfile.Read(path, maxFileSize)
	defer clear(data)
	if err == nil {
		err = parse(data)
	}
	return fileVersion{info}, err
}

// parseTokens returns the hashes of the tokens in a file. It returns an error if
// there are none or more than limit.
func parseTokens(data []byte, limit int) ([]hash, error) {
	var hashes []hash
	number := 0
	for line := range bytes.Lines(data) {
		number++
		line = bytes.Trim(line, " \t\r\n")
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if err := validate(line); err != nil {
			return nil, fmt.Errorf("token on line %d %w", number, err)
		}
		if len(hashes) == limit {
			return nil, fmt.Errorf("has more than %d tokens at line %d", maxClientTokens, number)
		}
		hashes = append(hashes, hashOf(line))
	}
	if len(hashes) == 0 {
		return nil, errors.New("has no tokens")
	}
	return hashes, nil
}
