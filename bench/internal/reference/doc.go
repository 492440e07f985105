// Package reference provides servers that do less work than any GraphQL server must.
// Their cost is a lower bound for the others.
package reference
