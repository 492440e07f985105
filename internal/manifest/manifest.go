// Package manifest reads trusted documents: the list of GraphQL documents that a
// client's build writes, so that a server can execute those and no others.
//
// It supports the formats of the common generators: Apollo's
// generate-persisted-query-manifest, Relay's compiler (persistConfig.file) and the
// client preset of GraphQL Code Generator (persisted-documents.json). The last two
// write an object that maps ids to documents. The package does not know GraphQL:
// whether a document parses and is valid is up to the caller.
//
//	documents, err := manifest.Parse([]byte(`{"a1b2": "query Me { me { name } }"}`))
//	// documents[0] is {ID: "a1b2", Source: "query Me { me { name } }"}
package manifest

import (
	"errors"
	"fmt"
	"strings"
)

// Document is one entry of a manifest.
type Document struct {
	// ID is what a client sends instead of the source: 1 to 128 characters.
	ID string
	// Name is the operation name, if the manifest has it separately from the source, as
	// Apollo's does, or else empty.
	Name string
	// Source is the document as a client would send it: 1 byte to 100 KiB.
	Source string
}

// Parse returns the 1 to 10,000 documents of a manifest, sorted by id. It returns
// an error if any entry is invalid: one line with the entry and the reason. A
// server that skipped invalid entries would start, and then reject some of its
// clients' operations.
func Parse(data []byte) ([]Document, error) {
	if err := checkSyntax(data); err != nil {
		return nil, err
	}
	members, err := parseObject(data)
	if err != nil {
		return nil, err
	}
	s := documentSet{ids: map[string]struct{}{}}
	_, hasFormat := find(members, "format")
	_, hasOperations := find(members, "operations")
	switch {
	case hasFormat:
		err = s.addOperations(members)
	case hasOperations:
		err = fmt.Errorf("has `operations` but no `format`, which must be %q", apolloFormat)
	default:
		err = s.addSources(members)
	}
	if err == nil && len(s.documents) == 0 {
		// Such a server would reject every operation, and its operator would learn it from clients.
		err = errors.New("has no documents")
	}
	if err != nil {
		return nil, err
	}
	return s.sorted(), nil
}

// addSources adds the entries of an object that maps ids to documents.
func (s *documentSet) addSources(members []member) error {
	for _, m := range members {
		source, ok := parseString(m.value)
		if !ok {
			return fmt.Errorf("entry %s: expected a string, got %v", quote(m.name), kindOf(m.value))
		}
		if err := s.add(Document{ID: m.name, Source: source}); err != nil {
			return fmt.Errorf("entry %s: %w", quote(m.name), err)
		}
	}
	return nil
}

// Apollo's generators have written these since their first version.
const (
	apolloFormat  = "apollo-persisted-query-manifest"
	apolloVersion = "1"
)

// addOperations adds the entries of a manifest in Apollo's format. It ignores
// unknown members: Apollo's generators for other languages may add their own.
func (s *documentSet) addOperations(members []member) error {
	format, _ := find(members, "format")
	if name, ok := parseString(format); !ok || name != apolloFormat {
		return fmt.Errorf("`format` is %s, but must be %q", describe(format), apolloFormat)
	}
	version, ok := find(members, "version")
	if !ok {
		return fmt.Errorf("`version` is missing, but must be %s", apolloVersion)
	}
	if strings.TrimSpace(string(version)) != apolloVersion {
		return fmt.Errorf("`version` is %s, but must be %s", describe(version), apolloVersion)
	}
	list, ok := find(members, "operations")
	if !ok {
		return errors.New("`operations` is missing")
	}
	operations, err := parseArray(list)
	if err != nil {
		return fmt.Errorf("operations: %w", err)
	}
	for i, operation := range operations {
		d, err := parseOperation(operation.value)
		if err == nil {
			err = s.add(d)
		}
		switch {
		case err != nil && d.ID != "":
			return fmt.Errorf("operations[%d], id %s: %w", i, quote(d.ID), err)
		case err != nil:
			return fmt.Errorf("operations[%d]: %w", i, err)
		}
	}
	return nil
}

// parseOperation parses an operation in Apollo's format. With an error it still
// returns the id, if that could be read. It ignores the type, which the source
// contains as well.
func parseOperation(raw []byte) (d Document, err error) {
	members, err := parseObject(raw)
	if err != nil {
		return d, err
	}
	for _, field := range []struct {
		name string
		into *string
	}{{"id", &d.ID}, {"body", &d.Source}, {"name", &d.Name}} {
		raw, ok := find(members, field.name)
		if !ok {
			if field.name == "name" {
				continue
			}
			return d, fmt.Errorf("`%s` is missing", field.name)
		}
		value, ok := parseString(raw)
		if !ok {
			return d, fmt.Errorf("`%s`: expected a string, got %v", field.name, kindOf(raw))
		}
		*field.into = value
	}
	return d, nil
}
