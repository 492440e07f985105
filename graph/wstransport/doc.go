// Package wstransport delivers streams over WebSockets. It implements the protocol
// graphql-transport-ws: any number of operations a socket. It knows neither HeyGen nor
// the executor.
package wstransport
