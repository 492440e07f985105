// createFetcher returns a GraphiQL fetcher that sends operations to url by POST: this API has queries only.
export function createFetcher(url) {
  return async (params, { headers = {} } = {}) => {
    const allHeaders = new Headers({
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
    });
    for (const [name, value] of Object.entries(headers)) allHeaders.set(name, value);

    const response = await fetch(url, { method: 'POST', headers: allHeaders, body: JSON.stringify(params) });
    const body = await response.text();
    try {
      return JSON.parse(body);
    } catch {
      // For example a proxy's error page, whose status is more useful than "unexpected token <".
      throw new Error(`HTTP ${response.status} ${response.statusText}: ${body.slice(0, 500)}`);
    }
  };
}
