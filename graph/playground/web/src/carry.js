// What goes along from tab to tab. Both give the new text of an editor, or undefined when it is to stay as it is.

// followingVariables puts the cursor into variables that nobody has touched.
export function followingVariables(text, endCursor) {
  const variables = read(text);
  const untouched = variables && Object.keys(variables).join() === 'after' && variables.after === null;
  return endCursor && untouched ? write({ after: endCursor }) : undefined;
}

// headersWithCredential adds the credential of another tab's headers, if that has one and this has none: without it
// every tab would have to be given the key again.
export function headersWithCredential(text, others, name) {
  const headers = text.trim() === '' ? {} : read(text);
  const credential = entry(read(others ?? ''), name);
  if (!headers || !credential || entry(headers, name)) return undefined;
  return write({ ...headers, [credential[0]]: credential[1] });
}

const entry = (headers, name) =>
  Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase());

const write = (value) => JSON.stringify(value, null, 2);

function read(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
