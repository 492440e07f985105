package config

import (
	"io"
	"strings"
	"testing"
)

func TestWrongRedisURLIsNamedWithoutItsText(t *testing.T) {
	for _, test := range []struct{ url, cacheBytes, want string }{
		{"localhost:6379", "", "must be a URL such as"},
		{"http://secret@redis:6379", "", "must be a URL such as"},
		{"redis://app:secret@redis:6379/none", "", "must be a URL such as"},
		{"redis://app:secret@redis:port", "", "must be a URL such as"},
		{"redis://app:secret@redis:6379?dial_timeout=soon", "", "must be a URL such as"},
		{"redis://app:secret@redis:6379", "0", "requires a cache"},
	} {
		_, err := Read(nil, env("REDIS_URL", test.url, "CACHE_BYTES", test.cacheBytes), io.Discard)
		if err == nil || !strings.HasPrefix(err.Error(), "REDIS_URL: "+test.want) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", test.url, err)
		}
	}
	for _, url := range []string{"redis://app:secret@redis:6379/1", "rediss://redis", "unix:///run/redis.sock", "redis://a:6379?addr=b:6379&master_set=main"} {
		if cfg, err := Read(nil, env("REDIS_URL", url), io.Discard); err != nil || cfg.RedisURL != url {
			t.Errorf("%s: %v", url, err)
		}
	}
}
