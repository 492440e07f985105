package httptransport

import (
	"encoding/json"
	"fmt"
	"strings"
)

// maxDocumentIDLength is in characters: more than the ids of any generator have,
// which are hashes.
const maxDocumentIDLength = 128

// DocumentID returns the id by which a request names its document: that of a
// trusted document, or the hash of a persisted query. "": it names none. If the
// request contradicts itself, problem says how.
func (r *Request) DocumentID() (id, problem string) {
	id = r.documentID
	if raw, ok := r.Extensions["persistedQuery"]; ok && raw != nil {
		persisted, isObject := raw.(map[string]any)
		hash, isString := persisted["sha256Hash"].(string)
		version, _ := persisted["version"].(json.Number)
		switch {
		case !isObject || !isString || hash == "":
			return "", "`extensions.persistedQuery` must be an object with a `sha256Hash`."
		case version != "1":
			return "", "`extensions.persistedQuery.version` must be 1."
		case id != "" && id != hash:
			return "", "`documentId` and `extensions.persistedQuery` identify different documents."
		}
		id = hash
	}
	switch {
	case len(id) > maxDocumentIDLength:
		return "", fmt.Sprintf("`documentId` or `extensions.persistedQuery.sha256Hash` must have at most %d characters.", maxDocumentIDLength)
	case r.documentID != "" && r.Query != "":
		return "", "Send `query` or `documentId`, not both."
	case id == "" && strings.TrimSpace(r.Query) == "":
		return "", "`query` is missing."
	}
	return id, ""
}
