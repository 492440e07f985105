package main

import (
	"net/http"
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails if a server leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func BenchmarkStartToFirstResponse(b *testing.B) {
	for b.Loop() {
		p, err := start()
		if err != nil {
			b.Fatal(err)
		}
		res, err := http.Get(p.url + "/graphql?query={avatarGroups{nodes{id}}}")
		if err != nil || res.StatusCode != http.StatusOK {
			b.Fatal(res, err)
		}
		res.Body.Close()
		p.stop()
		<-p.exit
	}
}
