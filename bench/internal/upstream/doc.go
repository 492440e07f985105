// Package upstream stands in for HeyGen's REST API where the cost of others is
// measured: its own is next to nothing. What it answers is rendered beforehand,
// or once, and written as it is. It is no model of HeyGen's behaviour: it refuses
// nothing, forgets nothing, and its lists stand still.
//
//	catalogue := upstream.New(600)
//	server := upstream.Serve(listener, catalogue)
//	defer server.Close()
package upstream
