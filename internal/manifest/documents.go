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
	// mostDocuments is several times what large clients have. A server that parses
	// them all at its start does so in seconds.
	mostDocuments = 10_000
	// mostText in bytes is several times the longest document of large clients.
	mostText = 100 << 10
	// mostName is for names that generators put together from folders.
	mostName = 256
)

var (
	// idForm is what can stand in a JSON string and a line of a log: hex, base64 in
	// both alphabets, and names with a version or a prefix.
	idForm = regexp.MustCompile(`^[A-Za-z0-9_:.~+/=-]{1,128}$`)
	// nameForm is GraphQL's.
	nameForm = regexp.MustCompile(`^[_A-Za-z][_0-9A-Za-z]*$`)
)

// shelf gathers documents, each of them checked.
type shelf struct {
	documents []Document
	ids       map[string]struct{}
}

// add takes a document. Its errors do not name it: the caller does.
func (s *shelf) add(d Document) error {
	_, taken := s.ids[d.ID]
	switch {
	case !idForm.MatchString(d.ID):
		return errors.New("its id is not 1 to 128 characters out of A-Z a-z 0-9 _ : . ~ + / = -")
	case taken:
		return errors.New("its id is there twice")
	case d.Name != "" && (len(d.Name) > mostName || !nameForm.MatchString(d.Name)):
		return fmt.Errorf("its name is not a GraphQL name of at most %d characters", mostName)
	case strings.TrimSpace(d.Text) == "":
		return errors.New("its text is empty")
	case len(d.Text) > mostText:
		return fmt.Errorf("its text has %d bytes, and %d is the most", len(d.Text), mostText)
	case !honest(d):
		return fmt.Errorf("what follows `%s` in its id is not the SHA-256 of its text in 64 hex digits, lower case", hashed)
	}
	s.ids[d.ID] = struct{}{}
	s.documents = append(s.documents, d)
	return nil
}

const hashed = "sha256:"

// honest holds an id with the prefix to what it says: GraphQL over HTTP (appendix
// A) has it name the SHA-256 of the text, so the text is not the one that was hashed.
//
// An id of 64 hex digits alone promises nothing. Apollo's generator takes it from
// createOperationId, and GraphQL Code Generator from hashAlgorithm, which may hash
// a salt or the name with the text. To refuse it would lock these clients out, and
// make nothing safer: who writes the manifest decides what is run in any case.
func honest(d Document) bool {
	hash, promised := strings.CutPrefix(d.ID, hashed)
	if !promised {
		return true
	}
	sum := sha256.Sum256([]byte(d.Text))
	return hash == hex.EncodeToString(sum[:])
}

func (s *shelf) sorted() []Document {
	slices.SortFunc(s.documents, func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	return s.documents
}
