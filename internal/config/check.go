package config

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// check checks the settings, also against each other, and returns the complete Config.
func (v *flagValues) check() (Config, error) {
	for _, check := range []func() error{v.checkListenAddr, v.checkTimeouts, v.checkAuth, v.checkCallers, v.Cache.check, v.checkRedis, v.Limits.check, v.Live.check, v.Log.check, v.checkRanges, v.checkWarm, v.checkUpstream} {
		if err := check(); err != nil {
			return Config{}, err
		}
	}
	return v.Config, nil
}

func (v *flagValues) checkListenAddr() error {
	if !isHostPort(v.ListenAddr) {
		return errors.New("LISTEN_ADDR: must be host:port, such as 127.0.0.1:8080")
	}
	return nil
}

func isHostPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	_, invalid := strconv.ParseUint(port, 10, 16)
	return err == nil && invalid == nil
}

func (v *flagValues) checkTimeouts() error {
	for _, timeout := range []struct {
		setting string
		value   time.Duration
	}{{"HEYGEN_ATTEMPT_TIMEOUT", v.AttemptTimeout}, {"OPERATION_TIMEOUT", v.OperationTimeout}, {"DRAIN_TIMEOUT", v.DrainTimeout}} {
		if timeout.value <= 0 || timeout.value > time.Hour {
			return errors.New(timeout.setting + ": must be more than 0 and at most 1h")
		}
	}
	return nil
}

func (v *flagValues) checkRanges() error {
	if v.DrainDelay < 0 || v.DrainDelay > time.Hour {
		return errors.New("DRAIN_DELAY: must be between 0 and 1h")
	}
	for _, limit := range []struct {
		setting         string
		value, min, max int
	}{{"HEYGEN_MAX_CONCURRENT", v.MaxConcurrent, 1, 1000}, {"HEYGEN_RETRIES", v.Retries, 0, 10}, {"MAX_OPERATIONS", v.MaxOperations, 1, 1_000_000}, {"SANDBOX_GROUPS", v.SandboxGroups, 0, 100_000}} {
		if limit.value < limit.min || limit.value > limit.max {
			return fmt.Errorf("%s: must be between %d and %d", limit.setting, limit.min, limit.max)
		}
	}
	if v.SandboxTraining < 0 || v.SandboxTraining > 24*time.Hour {
		return errors.New("SANDBOX_TRAINING_DURATION: must be between 0 and 24h")
	}
	if n := len(v.CursorSecret); n > 0 && n < 16 {
		return errors.New("CURSOR_SECRET: must have at least 16 characters")
	}
	return nil
}

// checkCatalogues checks that a search of groups may read as many as it is allowed to:
// before it is executed, its cost is the number of pages of the longest list. If MAX_COST is
// not set, checkCatalogues raises it by the additional pages. If only MAX_COST is set and is
// too small, searches are rejected as too complex. If CACHE_BYTES is not set,
// checkCatalogues raises it, so that longer lists fit in the cache. set holds the flags that
// are not at their defaults.
func (v *flagValues) checkCatalogues(set map[string]bool) error {
	pages := func(items int) int { return (items + heygen.MaxPageSize - 1) / heygen.MaxPageSize }
	items, cost := v.Cache.CatalogueMaxItems, &v.Limits.document.Cost
	if more := min(items, maxCatalogueItems) - catalogue.DefaultMaxItems; !set["cache-bytes"] && more > 0 {
		v.Cache.MaxBytes += byteSize(more) * cacheBytesPerItem
	}
	switch more := pages(items) - pages(catalogue.DefaultMaxItems); {
	case !set["max-cost"] && more > 0:
		*cost += more
	case set["max-cost"] && set["catalogue-max-items"] && pages(items) > *cost:
		return fmt.Errorf("CATALOGUE_MAX_ITEMS: reading %d groups takes %d calls to HeyGen, more than MAX_COST allows: set it to at most %d, or MAX_COST to at least %d",
			items, pages(items), *cost*heygen.MaxPageSize, pages(items))
	}
	return nil
}

// checkWarm checks that there is a key to read catalogues with.
func (v *flagValues) checkWarm() error {
	if v.Cache.CatalogueWarm && v.Auth.Passthrough {
		return errors.New("CATALOGUE_WARM: requires HEYGEN_AUTH=server: with passthrough the server has no key of its own")
	}
	return nil
}

// checkUpstream decides between HeyGen and the sandbox, and whether the credentials
// allow the address.
func (v *flagValues) checkUpstream() error {
	if v.APIKey = heygen.NewKey(v.apiKey); !v.APIKey.Valid() {
		return errors.New("HEYGEN_API_KEY: must contain only visible ASCII characters (check for a space or a line break)")
	}
	host, _, _ := net.SplitHostPort(v.ListenAddr)
	loopback := heygen.IsLoopback(host)
	v.Sandbox = loopback && v.apiKey == "" && v.BaseURL == "" && !v.Auth.Passthrough
	if v.sandbox.set {
		v.Sandbox = v.sandbox.value
	}
	protected := v.Auth.Passthrough || v.Auth.requiresToken() || v.Auth.anonymous
	switch {
	case v.Sandbox && v.BaseURL != "":
		return errors.New("HEYGEN_SANDBOX: cannot be true if HEYGEN_BASE_URL is set: unset one of them")
	case !v.Sandbox && v.apiKey == "" && !v.Auth.Passthrough:
		return errors.New("HEYGEN_API_KEY: is missing (HEYGEN_SANDBOX=true and HEYGEN_AUTH=passthrough work without it)")
	case !loopback && !protected:
		return errors.New("LISTEN_ADDR: on a non-loopback address every caller could use the server's key: set CLIENT_TOKENS or JWKS_URL, or ALLOW_ANONYMOUS=true to allow that")
	}
	v.Auth.LoopbackOnly = loopback && !v.Sandbox && !protected
	if v.BaseURL == "" {
		v.BaseURL = heygen.DefaultBaseURL
	}
	base, err := heygen.ParseBaseURL(v.BaseURL)
	if err != nil {
		return errors.New("HEYGEN_BASE_URL: " + err.Error())
	}
	v.BaseURL = base
	return nil
}
