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

// sound tells whether data is one JSON value in UTF-8, so that what reads it
// afterwards cannot fail. encoding/json puts U+FFFD in place of what is no
// character, and a text would no longer be the one that a client hashed.
func sound(data []byte) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return errors.New("it is empty")
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return errors.New("it begins with a byte order mark, which JSON does not have")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	var first json.RawMessage
	err := decoder.Decode(&first)
	if broken, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("it is not JSON: what stands at byte %d does not belong there", broken.Offset)
	}
	if err != nil {
		return errors.New("it is not JSON: it ends in the middle")
	}
	rest := bytes.TrimLeft(data[decoder.InputOffset():], space)
	if len(rest) != 0 {
		return fmt.Errorf("there is something behind the JSON value, at byte %d", len(data)-len(rest)+1)
	}
	if at := notUTF8(data); at >= 0 {
		return fmt.Errorf("it is not UTF-8 at byte %d", at+1)
	}
	if at := halfCharacter(data); at >= 0 {
		return fmt.Errorf("it has half of a surrogate pair at byte %d", at+1)
	}
	return nil
}

// notUTF8 is where data stops being UTF-8; -1: nowhere.
func notUTF8(data []byte) int {
	if utf8.Valid(data) { // which takes a tenth of the time
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

// halfCharacter is where an escape such as \ud83d stands without its other half;
// -1: nowhere. In JSON a backslash stands in strings only.
func halfCharacter(data []byte) int {
	const unit = len(`\u0000`)
	for i := 0; ; {
		next := bytes.IndexByte(data[i:], '\\')
		if next < 0 {
			return -1
		}
		i += next
		first, long := escaped(data[i:])
		if !long || !utf16.IsSurrogate(first) {
			i += 2 // with what it escapes, which may be a backslash
			continue
		}
		second, _ := escaped(data[i+unit:])
		if utf16.DecodeRune(first, second) == utf8.RuneError {
			return i
		}
		i += 2 * unit
	}
}

// escaped reads an escape of four hex digits; false: there is none.
func escaped(data []byte) (rune, bool) {
	if len(data) < len(`\u0000`) || data[0] != '\\' || data[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	return rune(unit), err == nil
}
