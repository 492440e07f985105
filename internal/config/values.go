package config

import (
	"errors"
	"flag"
	"strconv"
	"strings"
	"unicode"
)

// envName returns the environment variable of a flag.
func envName(flagName string) string {
	return strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// expectedFormat describes the values that a flag accepts.
func expectedFormat(f *flag.Flag) string {
	switch f.Value.(flag.Getter).Get().(type) {
	case bool:
		return errBool.Error()
	case int:
		return "must be an integer"
	case byteSize:
		return errByteSize.Error()
	case trustedMode:
		return errTrustedMode.Error()
	default:
		return "must be a duration such as 15s or 1m30s"
	}
}

var errBool = errors.New("must be true or false")

// optionalBool is the value of a boolean flag whose default depends on other settings.
type optionalBool struct{ value, set bool }

func (b *optionalBool) Set(s string) error {
	value, err := strconv.ParseBool(s)
	if err != nil {
		return errBool
	}
	b.value, b.set = value, true
	return nil
}

func (b *optionalBool) Get() any         { return b.value }
func (b *optionalBool) IsBoolFlag() bool { return true } // -heygen-sandbox without a value is true
func (b *optionalBool) String() string {
	if !b.set {
		return ""
	}
	return strconv.FormatBool(b.value)
}

// splitList splits a list at commas and white space. It returns an empty list for a
// value without entries, which is likely a mistake if the value is not empty.
func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// trustedMode is the value of trusted-documents-only: false, true or log.
type trustedMode struct{ only, log bool }

var errTrustedMode = errors.New("must be true, false or log")

func (m *trustedMode) Set(s string) error {
	if s == "log" {
		*m = trustedMode{log: true}
		return nil
	}
	only, err := strconv.ParseBool(s)
	if err != nil {
		return errTrustedMode
	}
	*m = trustedMode{only: only}
	return nil
}

func (m *trustedMode) Get() any         { return *m }
func (m *trustedMode) IsBoolFlag() bool { return true } // without a value it is true
func (m *trustedMode) String() string {
	if m.log {
		return "log"
	}
	return strconv.FormatBool(m.only)
}
