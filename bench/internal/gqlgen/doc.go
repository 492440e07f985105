// Package gqlgen serves the compared schema as gqlgen's tutorial does it: generated
// models, the example server, dataloaders for single resources. It is what this project
// would be without any optimization.
package gqlgen

//go:generate go tool gqlgen generate
