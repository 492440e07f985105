// Selection of the operation, and its variables.
const T = '{ __typename }';
const LIST = '{ nodes { id } }';
const TWO = 'query A { a: __typename } query B { b: __typename }';
const GROUPS = (value) => `{ avatarGroups(first: ${value}) ${LIST} }`;

const OPERATIONS = {
  'two and no name': { query: TWO },
  'two and a name': { query: TWO, operationName: '"B"' },
  'two and an unknown name': { query: TWO, operationName: '"C"' },
  'two and a name in different case': { query: TWO, operationName: '"b"' },
  'two and an empty name': { query: TWO, operationName: '""' },
  'two and a null name': { query: TWO, operationName: 'null' },
  'two and a space as name': { query: TWO, operationName: '" "' },
  'anonymous and an unknown name': { query: T, operationName: '"A"' },
  'anonymous and a null name': { query: T, operationName: 'null' },
  'one and no name': { query: `query A ${T}` },
  'one and its name': { query: `query A ${T}`, operationName: '"A"' },
  'one and an unknown name': { query: `query A ${T}`, operationName: '"B"' },
  'one and an empty name': { query: `query A ${T}`, operationName: '""' },
  'name of a fragment': { query: `query A { ...F } fragment F on Query ${T}`, operationName: '"F"' },
  'fragment with the name of the operation': { query: `query A { ...A } fragment A on Query ${T}`, operationName: '"A"' },
  'anonymous and named': { query: `${T} query A ${T}` },
  'anonymous and named, and its name': { query: `${T} query A ${T}`, operationName: '"A"' },
  'two anonymous': { query: `${T} ${T}` },
  'duplicate name': { query: `query A ${T} query A ${T}`, operationName: '"A"' },
  'another operation that is invalid': { query: `query A ${T} query B { nothing }`, operationName: '"A"' },
  'another operation with required variables': { query: `query A ${T} query B($v: ID!) { voice(id: $v) { id } }`, operationName: '"A"' },
};

const VARIABLES = {
  'undefined': { query: GROUPS('$v') },
  'undefined in a directive': { query: '{ __typename @include(if: $v) }' },
  'undefined in a fragment': { query: `{ ...F } fragment F on Query ${GROUPS('$v')}` },
  'defined in the other operation': { query: `query A($v: Int) ${GROUPS('$v')} query B ${GROUPS('$v')}`, operationName: '"A"' },
  'unused': { query: `query($v: Int) ${T}` },
  'unused with a value of the wrong type': { query: `query($v: Int) ${T}`, variables: '{"v":"x"}' },
  'used in a fragment': { query: `query($v: Int) { ...F } fragment F on Query ${GROUPS('$v')}`, variables: '{"v":1}' },
  'duplicate': { query: `query($v: Int, $v: Int) ${GROUPS('$v')}` },
  'duplicate with different types': { query: `query($v: Int, $v: String) ${GROUPS('$v')}` },
  'names that differ in case': { query: `query($v: Int, $V: Int) { a: avatarGroups(first: $v) ${LIST} b: avatarGroups(first: $V) ${LIST} }`, variables: '{"v":1,"V":2}' },
  'passed in different case': { query: `query($v: Int!) ${GROUPS('$v')}`, variables: '{"V":1}' },
  'passed with the dollar sign': { query: `query($v: Int!) ${GROUPS('$v')}`, variables: '{"$v":1}' },
  'passed but not declared': { query: T, variables: '{"v":1}' },
  'duplicate in JSON': { query: `query($v: Int!) ${GROUPS('$v')}`, variables: '{"v":"x","v":1}' },
  'called __proto__': { query: `query($__proto__: Int!) ${GROUPS('$__proto__')}`, variables: '{"__proto__":1}' },
  'called constructor': { query: `query($constructor: Int) ${GROUPS('$constructor')}` },
  'of an unknown type': { query: `query($v: Nothing) ${GROUPS('$v')}` },
  'of an object type': { query: `query($v: AvatarGroup) ${GROUPS('$v')}` },
  'of an interface': { query: `query($v: Node) ${GROUPS('$v')}` },
  'of a type in different case': { query: `query($v: int) ${GROUPS('$v')}` },
  'of an unclosed list type': { query: `query($v: [Int) ${GROUPS('$v')}` },
  'of a type with two exclamation marks': { query: `query($v: Int!!) ${GROUPS('$v')}` },
  'without a type': { query: `query($v) ${GROUPS('$v')}` },
  'Int for an ID': { query: 'query($v: Int!) { voice(id: $v) { id } }', variables: '{"v":1}' },
  'ID for an Int': { query: `query($v: ID) ${GROUPS('$v')}`, variables: '{"v":1}' },
  'String for an ID': { query: 'query($v: String!) { voice(id: $v) { id } }', variables: '{"v":"1"}' },
  'ID for a String': { query: 'query($v: ID!) { __type(name: $v) { name } }', variables: '{"v":"Query"}' },
  'String for an enum': { query: `query($v: String) { avatarGroups(ownership: $v) ${LIST} }`, variables: '{"v":"PUBLIC"}' },
  'another enum': { query: `query($v: VoiceType) { avatarGroups(ownership: $v) ${LIST} }`, variables: '{"v":"PUBLIC"}' },
  'Float for an Int': { query: `query($v: Float) ${GROUPS('$v')}`, variables: '{"v":1}' },
  'DateTime for a String': { query: `query($v: DateTime!) { __type(name: $v) { name } }`, variables: '{"v":"2024-03-25T16:00:00Z"}' },
  'nullable for non-null': { query: 'query($v: ID) { voice(id: $v) { id } }', variables: '{"v":"1"}' },
  'nullable with a default for non-null': { query: 'query($v: ID = "1") { voice(id: $v) { id } }' },
  'nullable with a default for non-null, null passed': { query: 'query($v: ID = "1") { voice(id: $v) { id } }', variables: '{"v":null}' },
  'nullable with a default of null for non-null': { query: 'query($v: ID = null) { voice(id: $v) { id } }', variables: '{"v":"1"}' },
  'nullable for an argument with a default': { query: `query($v: VoiceType) { voices(first: 1, type: $v) ${LIST} }` },
  'null for an argument with a default': { query: `query($v: VoiceType) { voices(first: 1, type: $v) ${LIST} }`, variables: '{"v":null}' },
  'nullable for a directive': { query: 'query($v: Boolean) { __typename @include(if: $v) }', variables: '{"v":true}' },
  'nullable with a default for a directive, null passed': { query: 'query($v: Boolean = true) { __typename @include(if: $v) }', variables: '{"v":null}' },
  'nullable with a default for a directive below a list, null passed': { query: 'query($v: Boolean = true) { avatarGroups(first: 1) { nodes { id @include(if: $v) } } }', variables: '{"v":null}' },
  'list for a single value': { query: `query($v: [Int]) ${GROUPS('$v')}`, variables: '{"v":[1]}' },
  'single value for a list': { query: 'query($v: ID!) { nodes(ids: $v) { id } }', variables: '{"v":"1"}' },
  'single value in a list': { query: 'query($v: ID!) { nodes(ids: ["1", $v]) { id } }', variables: '{"v":"2"}' },
  'list of nullable for a list of non-null': { query: 'query($v: [ID]!) { nodes(ids: $v) { id } }', variables: '{"v":["1"]}' },
  'nullable list with a default for a list, null passed': { query: 'query($v: [ID!] = ["1"]) { nodes(ids: $v) { id } }', variables: '{"v":null}' },
  'default that is a variable': { query: `query($v: Int, $w: Int = $v) ${GROUPS('$w')}` },
  'default of a non-null variable': { query: `query($v: Int! = 2) ${GROUPS('$v')}` },
  'null for a non-null variable with a default': { query: `query($v: Int! = 2) ${GROUPS('$v')}`, variables: '{"v":null}' },
  'value over a default': { query: `query($v: Int = 2) ${GROUPS('$v')}`, variables: '{"v":1}' },
  'below a field': { query: 'query($v: Int) { avatarGroups(first: 2) { nodes { looks(first: $v) { nodes { id } } } } }', variables: '{"v":1}' },
  'nullable with a default for a directive of a nested fragment, null passed': { query: 'query($v: Boolean = true) { avatarGroups(first: 1) { nodes { ... @skip(if: $v) { id } } } }', variables: '{"v":null}' },
};

// Request parameters other than the document. graphql-js does not check them: graphql-http does.
const PARAMETERS = ['variables', 'extensions', 'operationName', 'query'];
const VALUES = ['null', '{}', '[]', '[{}]', '""', '"x"', '"{}"', '0', '1', 'true', 'false'];
const REQUESTS = Object.fromEntries(
  PARAMETERS.flatMap((name) => VALUES.map((value) => [`${name} ${value}`, { body: name === 'query' ? `{"query":${value}}` : `{"query":"${T}","${name}":${value}}` }])),
);
Object.assign(REQUESTS, {
  'unknown members': { body: `{"query":"${T}","id":1,"documentId":null,"docs":{}}` },
  'extensions of an unknown kind': { body: `{"query":"${T}","extensions":{"x":{"y":[1]}}}` },
  'everything null': { body: '{"query":null,"variables":null,"operationName":null,"extensions":null}' },
  'everything but the query null': { body: `{"query":"${T}","variables":null,"operationName":null,"extensions":null}` },
  'no query': { body: '{"variables":{}}' },
});

const named = (kind, table) => Object.entries(table).map(([id, parts]) => ({ id: `${kind}: ${id}`, ...parts }));
export const operationCases = [...named('operation', OPERATIONS), ...named('variable', VARIABLES), ...named('request', REQUESTS)];
