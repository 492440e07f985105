// Package broadcast executes a subscription once for all of its subscribers.
package broadcast
