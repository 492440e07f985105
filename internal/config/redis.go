package config

import (
	"errors"
	"flag"

	"heygen-graphql/internal/redisstore"
)

func (v *flagValues) defineRedis(flags *flag.FlagSet) {
	flags.StringVar(&v.RedisURL, "redis-url", "", "`URL` of a Redis or Valkey server that replicas share, such as redis://user:password@host:6379/0, or rediss:// for TLS; the server works without it when it is down (other users of the machine can read flags: prefer the environment variable; default: replicas share nothing)")
}

func (v *flagValues) checkRedis() error {
	if v.RedisURL == "" {
		return nil
	}
	if err := redisstore.CheckURL(v.RedisURL); err != nil {
		return errors.New("REDIS_URL: " + err.Error())
	}
	if v.Cache.MaxBytes == 0 {
		return errors.New("REDIS_URL: requires a cache: set CACHE_BYTES to at least 1MiB")
	}
	return nil
}
