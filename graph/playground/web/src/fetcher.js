// createFetcher sends GraphiQL's operations to url, by POST: this API has queries only.
export function createFetcher(url) {
  return async (params, { headers = {} } = {}) => {
    const all = new Headers({
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
    });
    for (const [name, value] of Object.entries(headers)) all.set(name, value);

    const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(params) });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      // A proxy's error page, say. Its status tells more than "unexpected token <".
      throw new Error(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
    }
  };
}
