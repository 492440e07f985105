package complexity

// Introspection has limits of its own. The standard query nests deeper and has more
// fields than the limits for other fields may allow, and must succeed whatever
// they are. They are not configurable, as the tools that send it do not know them.
const (
	// maxIntrospectionFields counts merged fields. The standard query with every option
	// has 231, and 290 with __typename everywhere. As many aliases,
	// where they multiply most, make a response of 3.6 MB in 90 ms.
	maxIntrospectionFields = 400
	// maxIntrospectionDepth is that of graphql-js: with three nested lists the response
	// grows with the cube of the schema.
	maxIntrospectionDepth = 2
)

// IsIntrospectionField reports whether a field starts introspection.
func IsIntrospectionField(name string) bool { return name == "__schema" || name == "__type" }

// isIntrospectionList reports whether a field is a list that can lead from one type
// to others.
func isIntrospectionList(name string) bool {
	switch name {
	case "fields", "inputFields", "interfaces", "possibleTypes":
		return true
	}
	return false
}
