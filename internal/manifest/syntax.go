package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// checkSyntax returns an error unless data is one JSON value in UTF-8, so that
// parsing it afterwards cannot fail. encoding/json replaces invalid characters by
// U+FFFD, and the document would no longer be the one that a client hashed.
func checkSyntax(data []byte) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return errors.New("is empty")
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return errors.New("begins with a byte order mark, which JSON does not allow")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	var first json.RawMessage
	err := decoder.Decode(&first)
	if syntaxErr, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("invalid JSON: syntax error at byte %d", syntaxErr.Offset)
	}
	if err != nil {
		return errors.New("invalid JSON: unexpected end of file")
	}
	rest := bytes.TrimLeft(data[decoder.InputOffset():], whitespace)
	if len(rest) != 0 {
		return fmt.Errorf("invalid JSON: data after the first value, at byte %d", len(data)-len(rest)+1)
	}
	if i := invalidUTF8(data); i >= 0 {
		return fmt.Errorf("invalid UTF-8 at byte %d", i+1)
	}
	if i := unpairedSurrogate(data); i >= 0 {
		return fmt.Errorf("invalid JSON: unpaired surrogate at byte %d", i+1)
	}
	return nil
}

// invalidUTF8 returns the index of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) { // takes a tenth of the time
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// unpairedSurrogate returns the index of the first escape, such as \ud83d, that is
// half of a surrogate pair, or -1. In JSON backslashes occur only in strings.
func unpairedSurrogate(data []byte) int {
	const escapeLength = len(`\u0000`)
	for i := 0; ; {
		next := bytes.IndexByte(data[i:], '\\')
		if next < 0 {
			return -1
		}
		i += next
		first, ok := parseUnicodeEscape(data[i:])
		if !ok || !utf16.IsSurrogate(first) {
			i += 2 // skips the escaped character, which may be a backslash
			continue
		}
		second, _ := parseUnicodeEscape(data[i+escapeLength:])
		if utf16.DecodeRune(first, second) == utf8.RuneError {
			return i
		}
		i += 2 * escapeLength
	}
}

// parseUnicodeEscape parses a prefix such as \u00e9. It returns false if there is
// none.
func parseUnicodeEscape(data []byte) (rune, bool) {
	if len(data) < len(`\u0000`) || data[0] != '\\' || data[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	return rune(unit), err == nil
}
