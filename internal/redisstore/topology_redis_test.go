//go:build redis

package redisstore_test

import (
	"fmt"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// startNode starts a redis-server on a TCP port of its own, as nodes of a cluster and servers
// that a Sentinel watches need one, and returns its port. It ends with the test.
func startNode(t *testing.T, arguments ...string) string {
	t.Helper()
	port := freePort(t)
	arguments = append(arguments, "--port", port, "--bind", "127.0.0.1", "--dir", t.TempDir())
	node := exec.Command("redis-server", arguments...)
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		node.Process.Kill()
		node.Wait()
	})
	eventually(t, "start of redis-server", func() bool { return strings.Contains(cli(t, port, "PING"), "PONG") })
	return port
}

// freePort returns a port. The bus of a cluster uses the one above by 10000, which must exist.
func freePort(t *testing.T) string {
	t.Helper()
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if port := l.Addr().(*net.TCPAddr).Port; port+10_000 <= math.MaxUint16 {
			return strconv.Itoa(port)
		}
	}
}

func cli(t *testing.T, port string, arguments ...string) string {
	t.Helper()
	out, _ := exec.Command("redis-cli", append([]string{"-h", "127.0.0.1", "-p", port}, arguments...)...).CombinedOutput()
	return string(out)
}

// useAll uses everything that replicas share, through two stores.
func useAll(t *testing.T, url string) {
	t.Helper()
	one, two := openUp(t, options(url)), openUp(t, options(url))
	for n := range byte(20) { // tenants of several nodes
		a, b := tenant(t, one, [32]byte{n}), tenant(t, two, [32]byte{n})
		put(t, a, record(groups, "data"))
		if got, ok := b.Load(t.Context(), groups); !ok || string(got.Data) != "data" {
			t.Errorf("tenant %d: %v", n, ok)
		}
		release, _, err := b.AcquireSlot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		release()
		a.Invalidate(t.Context(), "")
		if _, ok := b.Load(t.Context(), groups); ok {
			t.Errorf("tenant %d: an invalidated record is loaded", n)
		}
	}
	one.StoreDocument(t.Context(), hashOf("{me}"), "{me}")
	if source, ok := two.LoadDocument(t.Context(), hashOf("{me}")); !ok || source != "{me}" {
		t.Errorf("document %q", source)
	}
	limits := one.RateLimitStore()
	if set, err := limits.SetIfNotExistsWithTTL(t.Context(), "caller", 1, time.Minute); err != nil || !set {
		t.Errorf("%t, %v", set, err)
	}
	if swapped, err := two.RateLimitStore().CompareAndSwapWithTTL(t.Context(), "caller", 1, 2, time.Minute); err != nil || !swapped {
		t.Errorf("%t, %v", swapped, err)
	}
}

func TestReplicasShareARealCluster(t *testing.T) {
	create := []string{"--cluster", "create"}
	var first string
	for range 3 {
		port := startNode(t, "--cluster-enabled", "yes", "--save", "")
		create = append(create, "127.0.0.1:"+port)
		if first == "" {
			first = port
		}
	}
	if out := cli(t, first, append(create, "--cluster-yes")...); !strings.Contains(out, "All 16384 slots covered") {
		t.Fatal(out)
	}
	for _, address := range create[2:] {
		_, port, _ := net.SplitHostPort(address)
		eventually(t, "cluster", func() bool { return strings.Contains(cli(t, port, "CLUSTER", "INFO"), "cluster_state:ok") })
	}
	useAll(t, "redis://"+create[2]+"?addr="+create[3])
}

func TestReplicasFollowASentinelToTheNewMaster(t *testing.T) {
	master := startNode(t, "--save", "")
	replica := startNode(t, "--save", "", "--replicaof", "127.0.0.1 "+master)
	eventually(t, "replication", func() bool { return strings.Contains(cli(t, replica, "INFO", "replication"), "master_link_status:up") })
	configuration := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("sentinel monitor main 127.0.0.1 %s 1\nsentinel down-after-milliseconds main 500\nsentinel failover-timeout main 2000\n", master)
	if err := os.WriteFile(configuration, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	sentinel := startNode(t, configuration, "--sentinel")
	eventually(t, "Sentinel to find the replica", func() bool { return strings.Contains(cli(t, sentinel, "SENTINEL", "REPLICAS", "main"), replica) })
	url := "redis://127.0.0.1:" + sentinel + "?master_set=main"
	useAll(t, url)
	s := openUp(t, options(url))
	// Until Sentinel knows the state of the replica, it responds NOGOODSLAVE.
	eventually(t, "Sentinel to start the failover", func() bool { return strings.Contains(cli(t, sentinel, "SENTINEL", "FAILOVER", "main"), "OK") })
	eventually(t, "failover", func() bool { return strings.Contains(cli(t, replica, "INFO", "replication"), "role:master") })
	one := tenant(t, s, alice)
	eventually(t, "record at the new master", func() bool {
		if _, lease := one.Acquire(t.Context(), groups, accept); lease != nil {
			lease.Release(t.Context(), record(groups, "data"))
		}
		_, ok := one.Load(t.Context(), groups)
		return ok && strings.Contains(cli(t, replica, "KEYS", "*:gen"), "gen")
	})
}
