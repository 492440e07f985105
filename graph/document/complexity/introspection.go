package complexity

// What introspection may ask for has bounds of its own: the standard query nests
// deeper, and has more fields, than what the limits for everything else allow, and
// must be answered whatever they are. They are no settings, as the tools that send
// it do not ask what ours are.
const (
	// maxIntrospectionFields is after fragments. The standard query with every
	// option has 231, with __typename everywhere 290. As many aliases where they are
	// written most often make an answer of 3.6 MB in 90 ms.
	maxIntrospectionFields = 400
	// maxIntrospectionDepth is that of graphql-js: with a third one inside of two,
	// the answer grows by the cube of the schema.
	maxIntrospectionDepth = 2
)

// IsIntrospectionField tells the fields by which introspection begins.
func IsIntrospectionField(field string) bool { return field == "__schema" || field == "__type" }

// isIntrospectionList tells the lists that may lead on from one type to others.
func isIntrospectionList(field string) bool {
	switch field {
	case "fields", "inputFields", "interfaces", "possibleTypes":
		return true
	}
	return false
}
