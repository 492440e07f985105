// Package httptransport is GraphQL over HTTP: it parses requests, negotiates the
// media type, admits a bounded number of requests, and writes responses. It knows
// neither HeyGen nor the schema, and does not execute anything.
//
//	request, err := httptransport.Parse(w, r, 1<<20)
//	httptransport.Write(w, httptransport.MediaTypeJSON, http.StatusOK, response)
package httptransport
