package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestSIGHUPReloadsFilesAndKeepsPreviousOnError(t *testing.T) {
	dir := t.TempDir()
	manifest, tokens := filepath.Join(dir, "manifest.json"), filepath.Join(dir, "tokens")
	write := func(path, content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(manifest, `{"one": "{ __typename }"}`)
	write(tokens, "token-in-the-file\n")
	p, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "true", "CLIENT_TOKENS_FILE", tokens)
	reload := func(message string) {
		t.Helper()
		before := strings.Count(p.output(), message)
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		for range 2000 {
			if strings.Count(p.output(), message) > before {
				return
			}
			<-time.After(time.Millisecond)
		}
		t.Fatalf("no %q: %s", message, p.output())
	}
	expect := func(id, token, want string) {
		t.Helper()
		if _, body := send(t, "GET", p.url+"/graphql?documentId="+id, "", "Authorization", "Bearer "+token); !strings.Contains(body, want) {
			t.Errorf("%s: %s", id, body)
		}
	}
	expect("one", "token-in-the-file", `{"data":{"__typename":"Query"}}`)
	expect("two", "token-in-the-file", "DOCUMENT_NOT_TRUSTED")
	for _, invalid := range []string{`{`, `{"two": "{ nothing }"}`, `{}`} {
		write(manifest, invalid)
		reload("reload failed, keeping the previous documents")
		expect("one", "token-in-the-file", "__typename")
	}
	write(manifest, `{"two": "{ a: __typename }"}`)
	write(tokens, "token-of-tomorrow\n")
	reload("tokens reloaded")
	expect("two", "token-of-tomorrow", `{"data":{"a":"Query"}}`)
	expect("one", "token-of-tomorrow", "DOCUMENT_NOT_TRUSTED")
	expect("two", "token-in-the-file", "UNAUTHENTICATED")
	if !strings.Contains(p.output(), "TRUSTED_DOCUMENTS: "+manifest) {
		t.Error(p.output())
	}
}
