// Package webhooks delivers events to webhook endpoints, as HeyGen does: signed, and repeated until the endpoint's response
// is 2xx. It connects to loopback addresses only, so that a sandbox that is served to others cannot be used to send requests
// elsewhere.
//
// Without endpoints there is no goroutine and no timer.
package webhooks
