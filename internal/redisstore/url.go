package redisstore

import (
	"errors"
	"net"
	"net/url"
	"slices"
	"strconv"

	"github.com/redis/rueidis"
)

// urlParameters are the parameters of a URL that have an effect.
var urlParameters = []string{"addr", "client_name", "db", "dial_timeout", "master_set", "protocol", "skip_verify", "write_timeout"}

// CheckURL returns an error if source is not the URL of a Redis server. The error is a
// sentence without any part of the URL, which may contain a password.
func CheckURL(source string) error {
	option, err := rueidis.ParseURL(source)
	if err != nil || option.InitAddress[0] == "" || option.Dialer.Timeout < 0 || option.ConnWriteTimeout < 0 || option.SelectDB < 0 {
		return errors.New("must be a URL such as redis://user:password@host:6379/0, or rediss:// for TLS")
	}
	u, err := url.Parse(source)
	if err != nil { // unreachable: ParseURL has parsed it
		return errors.New("must be a URL")
	}
	if !isPort(u.Port()) {
		return errors.New("the port must be between 1 and 65535")
	}
	for parameter := range u.Query() {
		if !slices.Contains(urlParameters, parameter) {
			return errors.New("a parameter is unknown: the URL may have addr, client_name, db, dial_timeout, master_set, protocol, skip_verify and write_timeout")
		}
	}
	for _, address := range u.Query()["addr"] {
		// Without a port, the client would take the host of the URL instead.
		if host, port, err := net.SplitHostPort(address); err != nil || host == "" || port == "" || !isPort(port) {
			return errors.New("the parameter addr must be host:port")
		}
	}
	return nil
}

// isPort reports whether a port is one, or empty.
func isPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}
