// What goes along from tab to tab. Either gives the new text of an editor, or undefined when it is to stay as it is.

// followingVariables puts the cursor into variables that nobody has touched.
export function followingVariables(text, endCursor) {
  const variables = read(text);
  const untouched = variables && Object.keys(variables).join() === 'after' && variables.after === null;
  return endCursor && untouched ? write({ after: endCursor }) : undefined;
}

const KEY = 'X-Api-Key';
const TOKEN = 'Authorization';

// Credential is the header that says who asks, as a tab had it last: without it every tab would have to be given the
// key again. It outlives its tab, and is kept in memory alone.
export class Credential {
  #taken;
  #entry;
  #holder; // the id of the tab that has it

  // Where callers bring keys of their own, a token of HeyGen's is taken too.
  constructor(name) {
    this.#taken = name === KEY ? [KEY, TOKEN] : [name];
  }

  // see looks at the headers of the tab that is open. One that is taken out there is forgotten.
  see({ id, headers }) {
    const entry = entryOf(read(headers ?? ''), this.#taken);
    if (!entry && this.#holder !== id) return;
    this.#entry = entry;
    this.#holder = entry && id;
  }

  // addedTo gives a tab's headers with it. Beside another credential it would have the server refuse both.
  addedTo(text) {
    const headers = text.trim() === '' ? {} : read(text);
    if (!headers || !this.#entry || entryOf(headers, [KEY, TOKEN])) return undefined;
    return write({ ...headers, [this.#entry[0]]: this.#entry[1] });
  }
}

function entryOf(headers, names) {
  const lower = names.map((name) => name.toLowerCase());
  return Object.entries(headers ?? {}).find(([key]) => lower.includes(key.toLowerCase()));
}

const write = (value) => JSON.stringify(value, null, 2);

function read(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
