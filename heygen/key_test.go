package heygen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

func TestKeyCannotBePrinted(t *testing.T) {
	for _, key := range []heygen.Key{heygen.NewKey(secret), heygen.NewBearer(secret)} {
		expectHidden(t, key)
	}
}

func expectHidden(t *testing.T, key heygen.Key) {
	hidden := struct{ k heygen.Key }{key} // fmt calls no method on an unexported field
	client := newClient(t, always(200, "{}"))
	for verb := range strings.SplitSeq("v +v #v s q x X d o b t e p T c U", " ") {
		for _, holder := range []any{key, &key, hidden, &hidden, []heygen.Key{key}, heygen.Options{Key: key}, client, *client} {
			if printed := fmt.Sprintf("%"+verb, holder); strings.Contains(printed, secret) || strings.Contains(printed, fmt.Sprintf("%x", secret)) {
				t.Errorf("%%%s of %T prints the key", verb, holder)
			}
		}
	}
	for _, holder := range []any{key, hidden, struct{ K heygen.Key }{key}, map[string]any{"k": key}} {
		printed, err := json.Marshal(holder)
		if err != nil || strings.Contains(string(printed), secret) {
			t.Errorf("JSON of %T: %s, %v", holder, printed, err)
		}
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("start", "key", key, "options", heygen.Options{Key: key}, "client", client)
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log contains the key: %s", &log)
	}
	if !strings.Contains(log.String(), "key=[key]") {
		t.Errorf("the log does not show that there is a key: %s", &log)
	}
}

func TestKeyPrintsWhetherItIsSet(t *testing.T) {
	for want, key := range map[string]heygen.Key{"[key]": heygen.NewKey(secret), "[no key]": {}} {
		var text, structured bytes.Buffer
		withoutTime := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}
		slog.New(slog.NewTextHandler(&text, withoutTime)).Info("start", "key", key)
		slog.New(slog.NewJSONHandler(&structured, withoutTime)).Info("start", "key", key)
		asJSON, err := json.Marshal(map[string]heygen.Key{"key": key})
		asText, _ := key.MarshalText()
		quoted := want
		if key.IsZero() { // slog's text handler quotes a space
			quoted = `"[no key]"`
		}
		for at, got := range map[string][2]string{
			"Sprint":        {fmt.Sprint(key), want},
			"%q":            {fmt.Sprintf("%q", key), want},
			"%+v in a list": {fmt.Sprintf("%+v", []heygen.Key{key}), "[" + want + "]"},
			"String":        {key.String(), want},
			"text":          {string(asText), want},
			"JSON":          {string(asJSON), `{"key":"` + want + `"}`},
			"text log":      {text.String(), "level=INFO msg=start key=" + quoted + "\n"},
			"JSON log":      {structured.String(), `{"level":"INFO","msg":"start","key":"` + want + "\"}\n"},
		} {
			if got[0] != got[1] || err != nil {
				t.Errorf("%s: %s, want %s (%v)", at, got[0], got[1], err)
			}
		}
	}
}

func TestIsZeroOnlyOfAnEmptyKey(t *testing.T) {
	for _, wrap := range []func(string) heygen.Key{heygen.NewKey, heygen.NewBearer} {
		if !wrap("").IsZero() || wrap("x").IsZero() {
			t.Error("IsZero is wrong")
		}
	}
}

func TestHashIdentifiesTheKey(t *testing.T) {
	seen := map[[32]byte]string{}
	for name, hash := range map[string][32]byte{
		"a key":          heygen.NewKey(secret).Hash([]byte("s")),
		"another":        heygen.NewKey(secret + "x").Hash([]byte("s")),
		"none":           heygen.Key{}.Hash([]byte("s")),
		"as a token":     heygen.NewBearer(secret).Hash([]byte("s")),
		"another secret": heygen.NewKey(secret).Hash([]byte("t")),
	} {
		if seen[hash] != "" {
			t.Errorf("%s and %s have the same hash", name, seen[hash])
		}
		seen[hash] = name
	}
	if same := heygen.NewKey(secret); seen[same.Hash([]byte("s"))] != "a key" {
		t.Error("two hashes of one key differ")
	}
}

func TestNewRejectsAKeyThatIsInvalidInAHeader(t *testing.T) {
	for _, c := range []string{" ", "\n", "\r", "\t", "\x00", "\x7f", "é", "\u200b", "\xff"} {
		for _, key := range []string{c, "sk_V2_" + c + "secret", "sk_V2_secret" + c, c + "sk_V2_secret"} {
			_, err := heygen.New(heygen.Options{Key: heygen.NewKey(key)})
			if err == nil || !strings.Contains(err.Error(), "Key") || strings.Contains(err.Error(), "secret") {
				t.Errorf("%q: %v", key, err)
			}
		}
	}
	if _, err := heygen.New(heygen.Options{Key: heygen.NewKey("!sk_V2~")}); err != nil {
		t.Error(err)
	}
}

func TestKeyHashIsThatOfTheClientsKey(t *testing.T) {
	client := newClient(t, always(200, "{}"))
	key := heygen.NewKey("another")
	if other := client.WithKey(key); other.KeyHash([]byte("s")) != key.Hash([]byte("s")) || other.KeyHash([]byte("s")) == client.KeyHash([]byte("s")) {
		t.Error("another hash")
	}
}
