package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// TrustedDocument is a document that callers may name by its id.
type TrustedDocument struct{ ID, Source string }

// trusted are the documents of a manifest. They are read once, all together.
type trusted struct {
	byID   map[string]*document
	byHash map[textHash]*document
}

// SetTrustedDocuments replaces the documents that callers may name instead of sending their
// text. Each must fit the schema and the limits; else the ones before stay, and
// the error names the first that does not.
func (h *Handler) SetTrustedDocuments(documents []TrustedDocument) error {
	all := &trusted{map[string]*document{}, map[textHash]*document{}}
	for _, d := range documents {
		hash := textHash(sha256.Sum256([]byte(d.Source)))
		doc, errs := h.api.check(d.Source, hash)
		switch {
		case len(errs) > 0:
			return fmt.Errorf("the document %s cannot be run: %s", d.ID, errcode.TruncateMessage(errs[0].Message))
		case all.byID[d.ID] != nil:
			return fmt.Errorf("two documents are called %s", d.ID)
		}
		all.byID[d.ID], all.byHash[hash] = doc, doc
	}
	h.api.trusted.Store(all)
	return nil
}

// find gives the document that a request brings, or names.
func (h *handler) find(p *params) (*document, gqlerror.List) {
	trusted := h.trusted.Load()
	id, refusal := p.named()
	switch {
	case refusal != "":
		return nil, gqlerror.List{errcode.New(nil, errcode.BadUserInput, refusal)}
	case p.Query == "":
		return h.named(trusted, id)
	}
	hash := textHash(sha256.Sum256([]byte(p.Query)))
	known := trusted.byID[id]
	if known == nil || known.hash != hash {
		if known = trusted.byHash[hash]; known == nil && h.TrustedOnly {
			return nil, gqlerror.List{errNotTrusted()}
		}
		if id != "" && id != hash.String() {
			return nil, gqlerror.List{errcode.New(nil, errcode.BadUserInput, "`extensions.persistedQuery.sha256Hash` is not the SHA-256 hash of `query`.")}
		}
	}
	if known != nil {
		return known, nil
	}
	return h.read(p.Query, hash)
}

// named gives a document that is known by its id, or by its hash.
func (h *handler) named(trusted *trusted, id string) (*document, gqlerror.List) {
	bare := strings.TrimPrefix(id, "sha256:")
	for _, name := range []string{id, bare} {
		if doc := trusted.byID[name]; doc != nil {
			return doc, nil
		}
	}
	if hash, ok := readHash(bare); ok {
		if doc := trusted.byHash[hash]; doc != nil {
			return doc, nil
		}
		if doc := h.documents.get(hash); doc != nil && !h.TrustedOnly && !h.DisableAPQ {
			return doc, nil
		}
	}
	if h.TrustedOnly {
		return nil, gqlerror.List{errNotTrusted()}
	}
	// Apollo's clients go by this message, and send the text then.
	return nil, gqlerror.List{errcode.New(nil, errcode.PersistedQueryNotFound, "PersistedQueryNotFound")}
}

func readHash(text string) (hash textHash, ok bool) {
	if len(text) != hex.EncodedLen(len(hash)) { // Decode would write beyond it
		return hash, false
	}
	_, err := hex.Decode(hash[:], []byte(text))
	return hash, err == nil
}

func errNotTrusted() *gqlerror.Error {
	return errcode.New(nil, errcode.DocumentNotTrusted, "This server runs the documents of its manifest alone, and this is none of them.")
}

// longestID is more than any generator's ids have: they are hashes.
const longestID = 128

// named is the id by which a request names its document; "": it names none.
func (p *params) named() (id, refusal string) {
	id = p.documentID
	if raw, given := p.Extensions["persistedQuery"]; given && raw != nil {
		persisted, ok := raw.(map[string]any)
		hash, isText := persisted["sha256Hash"].(string)
		version, _ := persisted["version"].(json.Number)
		switch {
		case !ok || !isText || hash == "":
			return "", "`extensions.persistedQuery` must be an object with a `sha256Hash`."
		case version != "1":
			return "", "`extensions.persistedQuery.version` must be 1."
		case id != "" && id != hash:
			return "", "`documentId` and `extensions.persistedQuery` name two documents."
		}
		id = hash
	}
	switch {
	case len(id) > longestID:
		return "", fmt.Sprintf("`documentId` or `extensions.persistedQuery.sha256Hash` must have at most %d characters.", longestID)
	case p.documentID != "" && p.Query != "":
		return "", "Send `query` or `documentId`, not both."
	case id == "" && strings.TrimSpace(p.Query) == "":
		return "", "`query` is missing."
	}
	return id, ""
}
