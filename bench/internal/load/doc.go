// Package load asks a server over and over and measures how long it takes. It
// speaks just enough HTTP/1.1 for that, over connections that are kept, because
// net/http would take as much of the machine as many a server does. It is no
// client for the world: there is no TLS, no redirect, and no second try.
//
//	result, err := load.Run(ctx, load.Options{Address: address, Requests: requests, Clients: 64, Time: time.Second})
package load
