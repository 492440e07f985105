// Package upstream simulates HeyGen's REST API at negligible cost, so that the cost
// of its clients can be measured. Responses are rendered in advance, or once, and
// written unchanged. It is not a model of HeyGen's behavior: it has no rate limit, its
// page tokens do not expire, and its lists do not change.
//
//	catalogue := upstream.New(600)
//	server := upstream.Serve(listener, catalogue)
//	defer server.Close()
package upstream
