package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestOnSIGHUPFilesAreReadAgainAndABadOneChangesNothing(t *testing.T) {
	dir := t.TempDir()
	manifest, tokens := filepath.Join(dir, "manifest.json"), filepath.Join(dir, "tokens")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(manifest, `{"one": "{ __typename }"}`)
	write(tokens, "token-in-the-file\n")
	p, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "true", "CLIENT_TOKENS_FILE", tokens)
	hup := func(says string) {
		t.Helper()
		before := strings.Count(p.output(), says)
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		for range 2000 {
			if strings.Count(p.output(), says) > before {
				return
			}
			<-time.After(time.Millisecond)
		}
		t.Fatalf("not %q: %s", says, p.output())
	}
	runs := func(id, token, want string) {
		t.Helper()
		if _, body := send(t, "GET", p.url+"/graphql?documentId="+id, "", "Authorization", "Bearer "+token); !strings.Contains(body, want) {
			t.Errorf("%s: %s", id, body)
		}
	}
	runs("one", "token-in-the-file", `{"data":{"__typename":"Query"}}`)
	runs("two", "token-in-the-file", "DOCUMENT_NOT_TRUSTED")
	for _, bad := range []string{`{`, `{"two": "{ nothing }"}`, `{}`} {
		write(manifest, bad)
		hup("reload failed, keeping the previous documents")
		runs("one", "token-in-the-file", "__typename")
	}
	write(manifest, `{"two": "{ a: __typename }"}`)
	write(tokens, "token-of-tomorrow\n")
	hup("tokens reloaded")
	runs("two", "token-of-tomorrow", `{"data":{"a":"Query"}}`)
	runs("one", "token-of-tomorrow", "DOCUMENT_NOT_TRUSTED")
	runs("two", "token-in-the-file", "UNAUTHENTICATED")
	if !strings.Contains(p.output(), "TRUSTED_DOCUMENTS: "+manifest) {
		t.Error(p.output())
	}
}
