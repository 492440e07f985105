package metrics_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"heygen-graphql/internal/metrics"
)

func TestClientNamesHaveAtMost52Series(t *testing.T) {
	m := metrics.New(metrics.Options{})
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for i := range 50 {
				m.OperationOfClient(fmt.Sprint("app", i))
			}
		})
	}
	clients.Wait()
	for i := range 10_000 {
		m.OperationOfClient(fmt.Sprint("made-up", i))
		m.UntrustedDocument(fmt.Sprint("made-up too", i))
	}
	m.OperationOfClient("")
	m.UntrustedDocument("\xff is not UTF-8")
	m.OperationOfClient("app7")
	m.UntrustedDocument("app7")
	body := scrapeText(t, m)
	for series, want := range map[string]int{"operations_by_client_total{": 52, "untrusted_documents_total{": 52} {
		if n := strings.Count(body, "\nheygen_graphql_"+series); n != want {
			t.Errorf("%d series of %s, want %d", n, series, want)
		}
	}
	for _, line := range []string{
		`operations_by_client_total{client=""} 1`, `operations_by_client_total{client="app7"} 9`, `operations_by_client_total{client="other"} 10000`,
		`untrusted_documents_total{client="other"} 10001`, `untrusted_documents_total{client="app7"} 1`, `untrusted_documents_total{client=""} 0`,
	} {
		if !strings.Contains(body, "\nheygen_graphql_"+line+"\n") {
			t.Errorf("%s is missing", line)
		}
	}
}
