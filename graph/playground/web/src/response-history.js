const MAX_ENTRIES = 20;

// ResponseHistory maps the latest responses to their operations. GraphiQL stores only a response's JSON, and the query
// beside it may have changed since it was run.
export class ResponseHistory {
  #operations = new Map(); // by the JSON that GraphiQL displays, oldest first

  // wrap returns a fetcher that records the responses of the given one.
  wrap(fetcher) {
    return async (params, options) => {
      const response = await fetcher(params, options);
      if (params.operationName !== 'IntrospectionQuery') this.#add(JSON.stringify(response, null, 2), params);
      return response;
    };
  }

  // operationOf returns the query and the operation name of a response's JSON, or undefined if it has no entry.
  operationOf(json) {
    return this.#operations.get(json);
  }

  // latest returns the last response to an operation of this name.
  latest(operationName) {
    const responses = [...this.#operations].filter(([, operation]) => operation.operationName === operationName);
    return responses.length > 0 ? JSON.parse(responses.at(-1)[0]) : undefined;
  }

  #add(json, { query, operationName }) {
    this.#operations.delete(json); // so that it becomes the last entry
    this.#operations.set(json, { query, operationName });
    if (this.#operations.size > MAX_ENTRIES) this.#operations.delete(this.#operations.keys().next().value);
  }
}
