package gqlgen

// Resolver has what the resolvers need.
type Resolver struct{ heygen *client }
