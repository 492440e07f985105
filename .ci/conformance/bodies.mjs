// Bodies that are JSON or are not, with what must become of them: what JSON.parse takes of UTF-8 is a request, and nothing
// else is. Members are known by their exact names, and of two of the same name the second counts.
const TAKEN = 'executed';
const REFUSED = 'refused';
const Q = '"query":"{ a: __typename }"';
const OTHER = '"query":"{ b: __typename }"';
const A = { a: 'Query' };
const B = { b: 'Query' };

const bytes = (...parts) => Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : Buffer.from(p))));
const sized = (size) => {
  const [head, tail] = [`{${Q},"variables":{"v":"`, '"}}'];
  return head + 'x'.repeat(size - head.length - tail.length) + tail;
};
const nested = (levels) => `{${Q},"extensions":{"x":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

const BODIES = [
  ['plain', `{${Q}}`, TAKEN, A],
  ['space around', ` \r\n\t{ ${Q} }\n`, TAKEN, A],
  ['no-break space around', `\u00a0{${Q}}`, REFUSED],
  ['form feed around', `\f{${Q}}`, REFUSED],
  ['escapes in a name', '{"qu\\u0065ry":"{ a: __typename }"}', TAKEN, A],
  ['escapes in a string', '{"query":"\\u007b a: __typename \\u007D\\n"}', TAKEN, A],
  ['escaped slash', `{${Q},"x":"\\/"}`, TAKEN, A],

  // names
  ['Query', '{"Query":"{ a: __typename }"}', REFUSED],
  ['QUERY', '{"QUERY":"{ a: __typename }"}', REFUSED],
  ['query with a space', '{"query ":"{ a: __typename }"}', REFUSED],
  ['query with a long s', '{"variableſ":{"v":1},"query":"query($v: Int!) { a: __typename @skip(if: false) x: avatarGroups(first: $v) { nodes { id } } }"}', REFUSED],
  ['query, then Query', `{${Q},"Query":"{ b: __typename }"}`, TAKEN, A],
  ['Query, then query', `{"Query":"{ b: __typename }",${Q}}`, TAKEN, A],
  ['Query that is a number', `{"Query":1,${Q}}`, TAKEN, A],
  ['Variables', '{"query":"query($v: Boolean!) { a: __typename @include(if: $v) }","Variables":{"v":true}}', REFUSED],
  ['OperationName', '{"query":"query A { a: __typename } query B { b: __typename }","OperationName":"A"}', REFUSED],
  ['operationname', '{"query":"query A { a: __typename } query B { b: __typename }","operationname":"A"}', REFUSED],
  ['operation_name', '{"query":"query A { a: __typename } query B { b: __typename }","operation_name":"A"}', REFUSED],
  ['Extensions that is a number', `{${Q},"Extensions":1}`, TAKEN, A],
  ['__proto__ with a query', '{"__proto__":{"query":"{ a: __typename }"}}', REFUSED],
  ['empty name', `{"":1,${Q}}`, TAKEN, A],

  // the same name twice
  ['query twice', `{${Q},${OTHER}}`, TAKEN, B],
  ['query twice, the first a number', `{"query":1,${Q}}`, TAKEN, A],
  ['query twice, the second a number', `{${Q},"query":1}`, REFUSED],
  ['query twice, the second null', `{${Q},"query":null}`, REFUSED],
  ['query twice, once escaped', `{${Q},"\\u0071uery":"{ b: __typename }"}`, TAKEN, B],
  ['variables twice', '{"query":"query($v: Boolean!) { a: __typename @include(if: $v) b: __typename @skip(if: $v) }","variables":{"v":true},"variables":{"v":false}}', TAKEN, B],
  ['variables twice, which do not add up', '{"query":"query($v: Boolean!, $w: Boolean!) { a: __typename @skip(if: $v) @skip(if: $w) }","variables":{"v":true},"variables":{"w":true}}', REFUSED],
  ['operationName twice', '{"query":"query A { a: __typename } query B { b: __typename }","operationName":"A","operationName":"B"}', TAKEN, B],

  // one document
  ['empty', '', REFUSED],
  ['space alone', ' \n', REFUSED],
  ['null', 'null', REFUSED],
  ['true', 'true', REFUSED],
  ['number', '1', REFUSED],
  ['string', '"x"', REFUSED],
  ['document as a string', '"{ a: __typename }"', REFUSED],
  ['document as it is', '{ a: __typename }', REFUSED],
  ['form', 'query=%7B__typename%7D', REFUSED],
  ['empty array', '[]', REFUSED],
  ['array of requests', `[{${Q}},{${OTHER}}]`, REFUSED],
  ['array of one', `[{${Q}}]`, REFUSED],
  ['empty object', '{}', REFUSED],
  ['two documents', `{${Q}}{${OTHER}}`, REFUSED],
  ['two documents in lines', `{${Q}}\n{${OTHER}}\n`, REFUSED],
  ['two documents with a comma', `{${Q}},{${OTHER}}`, REFUSED],
  ['null behind', `{${Q}} null`, REFUSED],
  ['garbage behind', `{${Q}} x`, REFUSED],
  ['brace behind', `{${Q}}}`, REFUSED],
  ['NUL behind', `{${Q}}\u0000`, REFUSED],
  ['control-Z behind', `{${Q}}\u001a`, REFUSED],
  ['garbage in front', `x{${Q}}`, REFUSED],
  ['guard against JSON hijacking in front', `)]}'\n{${Q}}`, REFUSED],
  ['not closed', `{${Q}`, REFUSED],
  ['string not closed', '{"query":"{ a: __typename }', REFUSED],

  // syntax
  ['trailing comma', `{${Q},}`, REFUSED],
  ['leading comma', `{,${Q}}`, REFUSED],
  ['two commas', `{${Q},,"x":1}`, REFUSED],
  ['no comma', `{${Q} "x":1}`, REFUSED],
  ['no colon', `{"query" "{ a: __typename }"}`, REFUSED],
  ['equals sign', `{"query"="{ a: __typename }"}`, REFUSED],
  ['trailing comma in variables', `{${Q},"variables":{"v":1,}}`, REFUSED],
  ['trailing comma in an array', `{${Q},"x":[1,]}`, REFUSED],
  ['single quotes', "{'query':'{ a: __typename }'}", REFUSED],
  ['name without quotes', '{query:"{ a: __typename }"}', REFUSED],
  ['name that is a number', `{${Q},1:1}`, REFUSED],
  ['comment', `{/* x */${Q}}`, REFUSED],
  ['comment to the end of the line', `{${Q} // x\n}`, REFUSED],
  ['line break in a string', '{"query":"{ a:\n__typename }"}', REFUSED],
  ['tab in a string', '{"query":"{ a:\t__typename }"}', REFUSED],
  ['NUL in a string', `{${Q},"x":"\u0000"}`, REFUSED],
  ['DEL in a string', `{${Q},"x":"\u007f"}`, TAKEN, A],
  ['line separator in a string', `{${Q},"x":"\u2028"}`, TAKEN, A],
  ['half a surrogate pair, escaped', `{${Q},"x":"\\ud800"}`, TAKEN, A],
  ['unknown escape', `{${Q},"x":"\\x41"}`, REFUSED],
  ['escape of JavaScript', `{${Q},"x":"\\u{41}"}`, REFUSED],
  ['escape that is cut off', `{${Q},"x":"\\u00"}`, REFUSED],
  ['escaped line break', `{${Q},"x":"\\\n"}`, REFUSED],
  ...['NaN', 'Infinity', '-Infinity', '01', '-01', '+1', '.5', '1.', '1e', '-', '0x1', '1_000', '1n', 'undefined', 'None', 'True', 'NULL', 'nul', "'x'", '', '--1', '1 2'].map((value) => [
    `value ${value || 'left out'}`,
    `{${Q},"x":${value}}`,
    REFUSED,
  ]),
  ...['-0', '1E5', '1e+5', '0.0', '1e400', '-1e-400', '123456789012345678901234567890', '[[],{}]', '""'].map((value) => [`value ${value}`, `{${Q},"x":${value}}`, TAKEN, A]),

  // UTF-8
  ['byte order mark', `\ufeff{${Q}}`, REFUSED],
  ['UTF-16', Buffer.from(`{${Q}}`, 'utf16le'), REFUSED],
  ['UTF-16 with its mark', Buffer.from(`\ufeff{${Q}}`, 'utf16le'), REFUSED],
  ['Latin-1', Buffer.from(`{${Q},"x":"é"}`, 'latin1'), REFUSED],
  ['stray byte in the query', bytes('{"query":"{ a: __typename # ', [0xff], '\\n}"}'), REFUSED],
  ['stray byte in a name', bytes(`{${Q},"`, [0x80], '":1}'), REFUSED],
  ['stray byte in a variable', bytes(`{${Q},"variables":{"v":"`, [0xc3, 0x28], '"}}'), REFUSED],
  ['character that is cut off', bytes(`{${Q},"x":"`, [0xf0, 0x9f, 0x98], '"}'), REFUSED],
  ['character in too many bytes', bytes(`{${Q},"x":"`, [0xc1, 0xa1], '"}'), REFUSED],
  ['half a surrogate pair as bytes', bytes(`{${Q},"x":"`, [0xed, 0xa0, 0x80], '"}'), REFUSED],
  ['beyond Unicode', bytes(`{${Q},"x":"`, [0xf4, 0x90, 0x80, 0x80], '"}'), REFUSED],
  ['stray byte behind', bytes(`{${Q}}`, [0xff]), REFUSED],
  ['all planes', `{${Q},"x":"é漢😀\u{10ffff}"}`, TAKEN, A],

  // size
  ['1 MiB', sized(1 << 20), TAKEN, A], // as many bytes as the server reads
  ['1 MiB and a byte', sized((1 << 20) + 1), REFUSED],
  ['5,000 arrays in each other', nested(5_000), TAKEN, A],
  ['20,000 arrays in each other', nested(20_000), TAKEN, A],
  ['20,000 arrays that are not closed', `{${Q},"x":${'['.repeat(20_000)}`, REFUSED],
];

export const bodyCases = BODIES.map(([id, body, verdict, data]) => ({ id: `body: ${id}`, body, want: { verdict, data, errors: [] } }));
