// Package manifest reads the list of GraphQL documents that a client's build has
// written down, so that a server can run those and no others.
//
// It knows the files of the common generators: Apollo's
// generate-persisted-query-manifest, Relay's compiler (persistConfig.file) and
// the client preset of GraphQL Code Generator (persisted-documents.json). The
// last two are an object of texts by their ids. It is not about GraphQL: whether a
// text can be parsed, and fits a schema, is for others to find out.
//
//	documents, err := manifest.Parse([]byte(`{"a1b2": "query Me { me { name } }"}`))
//	// documents[0] is {ID: "a1b2", Text: "query Me { me { name } }"}
package manifest

import (
	"errors"
	"fmt"
	"strings"
)

// Document is one entry of a manifest.
type Document struct {
	// ID is what a client sends in place of the text: 1 to 128 characters.
	ID string
	// Name is the operation's, where the manifest has it beside the text, as
	// Apollo's does. Empty: it does not say.
	Name string
	// Text is the document: 1 byte to 100 KiB, as a client would send it.
	Text string
}

// Parse gives the documents of a manifest, sorted by their ids: 1 to 10,000. A
// manifest that is not wholly as it should be is refused, in one line that names
// the entry and what is wrong with it. A server that left out what it could not
// use would start, and then refuse some of its clients' operations.
func Parse(data []byte) ([]Document, error) {
	if err := sound(data); err != nil {
		return nil, err
	}
	all, err := members(data)
	if err != nil {
		return nil, err
	}
	s := shelf{ids: map[string]struct{}{}}
	_, named := find(all, "format")
	_, listed := find(all, "operations")
	switch {
	case named:
		err = s.addOperations(all)
	case listed:
		err = fmt.Errorf("it has `operations` and no `format`, which must be %q", apolloFormat)
	default:
		err = s.addTexts(all)
	}
	if err == nil && len(s.documents) == 0 {
		// It would refuse everything, and its owner would hear of it from the callers.
		err = errors.New("it has no documents")
	}
	if err != nil {
		return nil, err
	}
	return s.sorted(), nil
}

// addTexts takes the entries of an object of texts by their ids.
func (s *shelf) addTexts(all []member) error {
	for _, m := range all {
		body, ok := text(m.value)
		if !ok {
			return fmt.Errorf("entry %s: it is %v where a text is expected", quoted(m.name), kindOf(m.value))
		}
		if err := s.add(Document{ID: m.name, Text: body}); err != nil {
			return fmt.Errorf("entry %s: %w", quoted(m.name), err)
		}
	}
	return nil
}

// What Apollo's generators have written since their first version.
const (
	apolloFormat  = "apollo-persisted-query-manifest"
	apolloVersion = "1"
)

// addOperations takes the entries of Apollo's form. Members that it does not
// know are let be: Apollo's generators for other languages may add their own.
func (s *shelf) addOperations(all []member) error {
	format, _ := find(all, "format")
	if name, ok := text(format); !ok || name != apolloFormat {
		return fmt.Errorf("its `format` is %s, and only %q is known", shown(format), apolloFormat)
	}
	version, ok := find(all, "version")
	if !ok {
		return fmt.Errorf("it has no `version`, which must be %s", apolloVersion)
	}
	if strings.TrimSpace(string(version)) != apolloVersion {
		return fmt.Errorf("its `version` is %s, and only %s is known", shown(version), apolloVersion)
	}
	list, ok := find(all, "operations")
	if !ok {
		return errors.New("it has no `operations`")
	}
	operations, err := elements(list)
	if err != nil {
		return fmt.Errorf("operations: %w", err)
	}
	for i, operation := range operations {
		d, err := document(operation.value)
		if err == nil {
			err = s.add(d)
		}
		switch {
		case err != nil && d.ID != "":
			return fmt.Errorf("operations[%d], id %s: %w", i, quoted(d.ID), err)
		case err != nil:
			return fmt.Errorf("operations[%d]: %w", i, err)
		}
	}
	return nil
}

// document reads an operation of Apollo's form; the id is there with an error too, if
// it could be read. The type is not looked at: the text says it as well.
func document(raw []byte) (d Document, err error) {
	all, err := members(raw)
	if err != nil {
		return d, err
	}
	for _, want := range []struct {
		name string
		into *string
	}{{"id", &d.ID}, {"body", &d.Text}, {"name", &d.Name}} {
		value, there := find(all, want.name)
		if !there {
			if want.name == "name" {
				continue
			}
			return d, fmt.Errorf("it has no `%s`", want.name)
		}
		got, ok := text(value)
		if !ok {
			return d, fmt.Errorf("its `%s` is %v where a text is expected", want.name, kindOf(value))
		}
		*want.into = got
	}
	return d, nil
}
