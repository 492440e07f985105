// Package jsonscan scans JSON in one pass and without reflection: it finds the
// values of the keys that its caller names, and reads them.
//
// It is a fast path and not a decoder. It accepts no document that encoding/json
// rejects, and rejects many that encoding/json accepts: keys in another letter
// case or with escapes, duplicate keys, deep nesting, values of an unexpected type.
// A caller reads these with encoding/json, which also makes the error messages.
package jsonscan
