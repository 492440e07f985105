package manifest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	// maxDocuments is several times what large clients have. A server that parses
	// them all at startup does so in seconds.
	maxDocuments = 10_000
	// maxSourceSize in bytes is several times the longest document of large clients.
	maxSourceSize = 100 << 10
	// maxNameLength allows for names that generators derive from directories.
	maxNameLength = 256
)

var (
	// validID matches ids that are safe in a JSON string and a log line: hex, base64
	// in both alphabets, and names with a version or a prefix.
	validID = regexp.MustCompile(`^[A-Za-z0-9_:.~+/=-]{1,128}$`)
	// validName matches a Name of the GraphQL specification.
	validName = regexp.MustCompile(`^[_A-Za-z][_0-9A-Za-z]*$`)
)

// documentSet collects valid documents with distinct ids.
type documentSet struct {
	documents []Document
	ids       map[string]struct{}
}

// add adds a document. It returns an error if the document is invalid, or its id is
// taken. The error does not identify the document: the caller does.
func (s *documentSet) add(d Document) error {
	_, duplicate := s.ids[d.ID]
	switch {
	case !validID.MatchString(d.ID):
		return errors.New("id must be 1 to 128 characters of A-Z a-z 0-9 _ : . ~ + / = -")
	case duplicate:
		return errors.New("duplicate id")
	case d.Name != "" && (len(d.Name) > maxNameLength || !validName.MatchString(d.Name)):
		return fmt.Errorf("name must be a GraphQL name of at most %d characters", maxNameLength)
	case strings.TrimSpace(d.Source) == "":
		return errors.New("document is empty")
	case len(d.Source) > maxSourceSize:
		return fmt.Errorf("document has %d bytes, more than the maximum of %d", len(d.Source), maxSourceSize)
	case !hashMatches(d):
		return fmt.Errorf("id must be `%s` and the document's SHA-256 in 64 lowercase hex digits", sha256Prefix)
	}
	s.ids[d.ID] = struct{}{}
	s.documents = append(s.documents, d)
	return nil
}

const sha256Prefix = "sha256:"

// hashMatches reports whether an id with the prefix contains the SHA-256 of the
// document, as GraphQL over HTTP (appendix A) requires. If not, the document is not
// the one that was hashed.
//
// An id of 64 hex digits without the prefix may be anything. Apollo's generator
// takes it from createOperationId, and GraphQL Code Generator from hashAlgorithm,
// which may hash a salt or the name with the document. Rejecting it would lock
// these clients out, and make nothing safer: the author of the manifest decides
// what is executed in any case.
func hashMatches(d Document) bool {
	hash, ok := strings.CutPrefix(d.ID, sha256Prefix)
	if !ok {
		return true
	}
	sum := sha256.Sum256([]byte(d.Source))
	return hash == hex.EncodeToString(sum[:])
}

func (s *documentSet) sorted() []Document {
	slices.SortFunc(s.documents, func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	return s.documents
}
