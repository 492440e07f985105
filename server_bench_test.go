package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkCachedPageByAcceptEncoding requests one cached page over loopback, as clients
// with different Accept-Encoding do. cpu-µs/op is the CPU time of the process for each
// request, that of the benchmark's client included.
func BenchmarkCachedPageByAcceptEncoding(b *testing.B) {
	p, err := start()
	if err != nil {
		b.Fatal(err)
	}
	defer p.stop()
	const query = `{avatarGroups(first:50){edges{cursor node{id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt}}pageInfo{hasNextPage endCursor}}}`
	for _, acceptEncoding := range []string{"identity", "gzip", "gzip, deflate, br, zstd", "identity, again"} {
		b.Run(strings.ReplaceAll(acceptEncoding, " ", ""), func(b *testing.B) {
			address, err := url.Parse(p.url)
			if err != nil {
				b.Fatal(err)
			}
			request := []byte("GET /graphql?query=" + url.QueryEscape(query) + " HTTP/1.1\r\nHost: " + address.Host + "\r\nAccept-Encoding: " + acceptEncoding + "\r\n\r\n")
			var length int64
			b.SetParallelism(16)
			before := cpuTime(b)
			b.RunParallel(func(pb *testing.PB) {
				conn, err := net.Dial("tcp", address.Host)
				if err != nil {
					b.Error(err)
					return
				}
				defer conn.Close()
				reader := bufio.NewReaderSize(conn, 64<<10)
				for pb.Next() {
					if _, err := conn.Write(request); err != nil {
						b.Error(err)
						return
					}
					response, err := http.ReadResponse(reader, nil)
					if err != nil {
						b.Error(err)
						return
					}
					n, err := io.Copy(io.Discard, response.Body)
					if err != nil || response.StatusCode != http.StatusOK {
						b.Error(response.Status, err)
						return
					}
					length = max(length, n)
				}
			})
			b.ReportMetric(float64(cpuTime(b)-before)/1000/float64(b.N), "cpu-µs/op")
			b.ReportMetric(float64(length), "bytes")
		})
	}
}

// cpuTime returns the CPU time of the process so far, in nanoseconds.
func cpuTime(b *testing.B) int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
