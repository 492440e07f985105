// Package model defines the types of the schema that HeyGen's API does not have:
// global ids, enums with an UNKNOWN for future values, scalars and connections.
// HeyGen's own structs are the GraphQL objects, so none is copied here.
//
// gqlgen.yml binds these types to the schema. The package makes no calls.
package model
