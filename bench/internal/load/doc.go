// Package load generates load and measures latencies. It implements the part of
// HTTP/1.1 that this needs, over persistent connections, because net/http's client
// would use as much CPU time as many of the servers. It is not a general client: it
// supports neither TLS nor redirects, and does not retry.
//
//	result, err := load.Run(ctx, load.Options{Address: address, Requests: requests, Clients: 64, Time: time.Second})
package load
