// Package ssetransport delivers streams as Server-Sent Events. It implements the
// distinct connections mode of the GraphQL over Server-Sent Events protocol: one
// operation a response. It knows neither HeyGen nor the executor.
package ssetransport
