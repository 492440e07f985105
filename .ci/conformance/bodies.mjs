// Request bodies with the expected verdicts. A request is what JSON.parse accepts as UTF-8, and nothing else. Member names
// are case-sensitive. Of two members with the same name the second counts.
const EXECUTED = 'executed';
const REJECTED = 'rejected';
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
  ['plain', `{${Q}}`, EXECUTED, A],
  ['surrounding space', ` \r\n\t{ ${Q} }\n`, EXECUTED, A],
  ['surrounding no-break space', `\u00a0{${Q}}`, REJECTED],
  ['surrounding form feed', `\f{${Q}}`, REJECTED],
  ['escapes in a name', '{"qu\\u0065ry":"{ a: __typename }"}', EXECUTED, A],
  ['escapes in a string', '{"query":"\\u007b a: __typename \\u007D\\n"}', EXECUTED, A],
  ['escaped slash', `{${Q},"x":"\\/"}`, EXECUTED, A],

  // names
  ['Query', '{"Query":"{ a: __typename }"}', REJECTED],
  ['QUERY', '{"QUERY":"{ a: __typename }"}', REJECTED],
  ['query with a space', '{"query ":"{ a: __typename }"}', REJECTED],
  ['query with a long s', '{"variableſ":{"v":1},"query":"query($v: Int!) { a: __typename @skip(if: false) x: avatarGroups(first: $v) { nodes { id } } }"}', REJECTED],
  ['query, then Query', `{${Q},"Query":"{ b: __typename }"}`, EXECUTED, A],
  ['Query, then query', `{"Query":"{ b: __typename }",${Q}}`, EXECUTED, A],
  ['Query that is a number', `{"Query":1,${Q}}`, EXECUTED, A],
  ['Variables', '{"query":"query($v: Boolean!) { a: __typename @include(if: $v) }","Variables":{"v":true}}', REJECTED],
  ['OperationName', '{"query":"query A { a: __typename } query B { b: __typename }","OperationName":"A"}', REJECTED],
  ['operationname', '{"query":"query A { a: __typename } query B { b: __typename }","operationname":"A"}', REJECTED],
  ['operation_name', '{"query":"query A { a: __typename } query B { b: __typename }","operation_name":"A"}', REJECTED],
  ['Extensions that is a number', `{${Q},"Extensions":1}`, EXECUTED, A],
  ['__proto__ with a query', '{"__proto__":{"query":"{ a: __typename }"}}', REJECTED],
  ['empty name', `{"":1,${Q}}`, EXECUTED, A],

  // the same name twice
  ['query twice', `{${Q},${OTHER}}`, EXECUTED, B],
  ['query twice, the first a number', `{"query":1,${Q}}`, EXECUTED, A],
  ['query twice, the second a number', `{${Q},"query":1}`, REJECTED],
  ['query twice, the second null', `{${Q},"query":null}`, REJECTED],
  ['query twice, once escaped', `{${Q},"\\u0071uery":"{ b: __typename }"}`, EXECUTED, B],
  ['variables twice', '{"query":"query($v: Boolean!) { a: __typename @include(if: $v) b: __typename @skip(if: $v) }","variables":{"v":true},"variables":{"v":false}}', EXECUTED, B],
  ['variables twice, which are not merged', '{"query":"query($v: Boolean!, $w: Boolean!) { a: __typename @skip(if: $v) @skip(if: $w) }","variables":{"v":true},"variables":{"w":true}}', REJECTED],
  ['operationName twice', '{"query":"query A { a: __typename } query B { b: __typename }","operationName":"A","operationName":"B"}', EXECUTED, B],

  // one document
  ['empty', '', REJECTED],
  ['only space', ' \n', REJECTED],
  ['null', 'null', REJECTED],
  ['true', 'true', REJECTED],
  ['number', '1', REJECTED],
  ['string', '"x"', REJECTED],
  ['document as a string', '"{ a: __typename }"', REJECTED],
  ['document without JSON', '{ a: __typename }', REJECTED],
  ['form', 'query=%7B__typename%7D', REJECTED],
  ['empty array', '[]', REJECTED],
  ['array of requests', `[{${Q}},{${OTHER}}]`, REJECTED],
  ['array of one', `[{${Q}}]`, REJECTED],
  ['empty object', '{}', REJECTED],
  ['two documents', `{${Q}}{${OTHER}}`, REJECTED],
  ['two documents in lines', `{${Q}}\n{${OTHER}}\n`, REJECTED],
  ['two documents with a comma', `{${Q}},{${OTHER}}`, REJECTED],
  ['trailing null', `{${Q}} null`, REJECTED],
  ['trailing garbage', `{${Q}} x`, REJECTED],
  ['trailing brace', `{${Q}}}`, REJECTED],
  ['trailing NUL', `{${Q}}\u0000`, REJECTED],
  ['trailing control-Z', `{${Q}}\u001a`, REJECTED],
  ['leading garbage', `x{${Q}}`, REJECTED],
  ['leading guard against JSON hijacking', `)]}'\n{${Q}}`, REJECTED],
  ['unclosed', `{${Q}`, REJECTED],
  ['unclosed string', '{"query":"{ a: __typename }', REJECTED],

  // syntax
  ['trailing comma', `{${Q},}`, REJECTED],
  ['leading comma', `{,${Q}}`, REJECTED],
  ['two commas', `{${Q},,"x":1}`, REJECTED],
  ['no comma', `{${Q} "x":1}`, REJECTED],
  ['no colon', `{"query" "{ a: __typename }"}`, REJECTED],
  ['equals sign', `{"query"="{ a: __typename }"}`, REJECTED],
  ['trailing comma in variables', `{${Q},"variables":{"v":1,}}`, REJECTED],
  ['trailing comma in an array', `{${Q},"x":[1,]}`, REJECTED],
  ['single quotes', "{'query':'{ a: __typename }'}", REJECTED],
  ['name without quotes', '{query:"{ a: __typename }"}', REJECTED],
  ['name that is a number', `{${Q},1:1}`, REJECTED],
  ['comment', `{/* x */${Q}}`, REJECTED],
  ['comment to the end of the line', `{${Q} // x\n}`, REJECTED],
  ['line break in a string', '{"query":"{ a:\n__typename }"}', REJECTED],
  ['tab in a string', '{"query":"{ a:\t__typename }"}', REJECTED],
  ['NUL in a string', `{${Q},"x":"\u0000"}`, REJECTED],
  ['DEL in a string', `{${Q},"x":"\u007f"}`, EXECUTED, A],
  ['line separator in a string', `{${Q},"x":"\u2028"}`, EXECUTED, A],
  ['lone surrogate, escaped', `{${Q},"x":"\\ud800"}`, EXECUTED, A],
  ['unknown escape', `{${Q},"x":"\\x41"}`, REJECTED],
  ['JavaScript escape', `{${Q},"x":"\\u{41}"}`, REJECTED],
  ['truncated escape', `{${Q},"x":"\\u00"}`, REJECTED],
  ['escaped line break', `{${Q},"x":"\\\n"}`, REJECTED],
  ...['NaN', 'Infinity', '-Infinity', '01', '-01', '+1', '.5', '1.', '1e', '-', '0x1', '1_000', '1n', 'undefined', 'None', 'True', 'NULL', 'nul', "'x'", '', '--1', '1 2'].map((value) => [
    `value ${value || 'missing'}`,
    `{${Q},"x":${value}}`,
    REJECTED,
  ]),
  ...['-0', '1E5', '1e+5', '0.0', '1e400', '-1e-400', '123456789012345678901234567890', '[[],{}]', '""'].map((value) => [`value ${value}`, `{${Q},"x":${value}}`, EXECUTED, A]),

  // UTF-8
  ['byte order mark', `\ufeff{${Q}}`, REJECTED],
  ['UTF-16', Buffer.from(`{${Q}}`, 'utf16le'), REJECTED],
  ['UTF-16 with byte order mark', Buffer.from(`\ufeff{${Q}}`, 'utf16le'), REJECTED],
  ['Latin-1', Buffer.from(`{${Q},"x":"é"}`, 'latin1'), REJECTED],
  ['invalid byte in the query', bytes('{"query":"{ a: __typename # ', [0xff], '\\n}"}'), REJECTED],
  ['invalid byte in a name', bytes(`{${Q},"`, [0x80], '":1}'), REJECTED],
  ['invalid byte in a variable', bytes(`{${Q},"variables":{"v":"`, [0xc3, 0x28], '"}}'), REJECTED],
  ['truncated character', bytes(`{${Q},"x":"`, [0xf0, 0x9f, 0x98], '"}'), REJECTED],
  ['overlong encoding', bytes(`{${Q},"x":"`, [0xc1, 0xa1], '"}'), REJECTED],
  ['lone surrogate as bytes', bytes(`{${Q},"x":"`, [0xed, 0xa0, 0x80], '"}'), REJECTED],
  ['beyond Unicode', bytes(`{${Q},"x":"`, [0xf4, 0x90, 0x80, 0x80], '"}'), REJECTED],
  ['trailing invalid byte', bytes(`{${Q}}`, [0xff]), REJECTED],
  ['all planes', `{${Q},"x":"é漢😀\u{10ffff}"}`, EXECUTED, A],

  // size
  ['1 MiB', sized(1 << 20), EXECUTED, A], // the default of MAX_BODY
  ['1 MiB and a byte', sized((1 << 20) + 1), REJECTED],
  ['5,000 nested arrays', nested(5_000), EXECUTED, A],
  ['20,000 nested arrays', nested(20_000), EXECUTED, A],
  ['20,000 unclosed arrays', `{${Q},"x":${'['.repeat(20_000)}`, REJECTED],
];

export const bodyCases = BODIES.map(([id, body, verdict, data]) => ({ id: `body: ${id}`, body, want: { verdict, data, errors: [] } }));
