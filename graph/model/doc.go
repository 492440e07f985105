// Package model is what the schema has and HeyGen has not: global ids, enums with
// an UNKNOWN for values to come, scalars, the types of connections, and which Go
// type each of them is. HeyGen's own structs are the objects; none is copied here.
//
// Everything in it is named in gqlgen.yml, and asks nobody for anything.
package model
