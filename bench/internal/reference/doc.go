// Package reference holds the servers that do less than any GraphQL server has to:
// what they cost is the floor under the others.
package reference
