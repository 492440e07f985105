package gqlgen

// Resolver holds the dependencies of the resolvers.
type Resolver struct{ heygen *client }
