// Package wstransport delivers streams over WebSockets.
package wstransport
