package manifest

import "heygen-graphql/internal/regularfile"

// maxFileSize is 32 MiB. Relay's compiler never removes an entry from its file, so
// a file can be large though few of its documents are in use.
const maxFileSize = 32 << 20

// Read parses the manifest at path, a regular file of at most 32 MiB or a symbolic
// link to one. It returns the errors of [Parse], or the reason why the file cannot
// be read. They do not contain the path: the caller adds it.
func Read(path string) ([]Document, error) {
	data, _, err := regularfile.Read(path, maxFileSize)
	if err != nil {
		return nil, err
	}
	return Parse(data)
}
