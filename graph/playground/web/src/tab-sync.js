// State that is copied from tab to tab. fillCursor and addTo return an editor's new content, or undefined if unchanged.

// fillCursor sets the cursor in variables that the user has not edited.
export function fillCursor(variables, endCursor) {
  const current = parseObject(variables);
  const unedited = current && Object.keys(current).join() === 'after' && current.after === null;
  return endCursor && unedited ? format({ after: endCursor }) : undefined;
}

const API_KEY = 'X-Api-Key';
const AUTHORIZATION = 'Authorization';

// CredentialSync copies the authentication header of one tab to the others, so that the user enters it once. The header
// stays available after its tab is closed, and is stored in memory only.
export class CredentialSync {
  #accepted;
  #header;
  #source; // the id of the tab that the header is from

  // If callers bring their own HeyGen API key, a bearer token of HeyGen's is accepted too.
  constructor(name) {
    this.#accepted = name === API_KEY ? [API_KEY, AUTHORIZATION] : [name];
  }

  // observe reads the headers of the active tab. If the user deletes the header in its source tab, it is dropped.
  observe({ id, headers }) {
    const header = findHeader(parseObject(headers ?? ''), this.#accepted);
    if (!header && this.#source !== id) return;
    this.#header = header;
    this.#source = header && id;
  }

  // addTo returns a tab's headers with the credential. It adds none beside another: the server rejects two.
  addTo(headers) {
    const current = headers.trim() === '' ? {} : parseObject(headers);
    if (!current || !this.#header || findHeader(current, [API_KEY, AUTHORIZATION])) return undefined;
    return format({ ...current, [this.#header[0]]: this.#header[1] });
  }
}

function findHeader(headers, names) {
  const lower = names.map((name) => name.toLowerCase());
  return Object.entries(headers ?? {}).find(([key]) => lower.includes(key.toLowerCase()));
}

const format = (value) => JSON.stringify(value, null, 2);

// parseObject returns undefined if json is not a JSON object.
function parseObject(json) {
  try {
    const value = JSON.parse(json);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
