const MAX_ENTRIES = 20;

// ResponseHistory maps the latest responses to their operations. GraphiQL stores only a response's JSON, and the query
// beside it may have changed since it was run.
export class ResponseHistory {
  #operations = new Map(); // by the JSON that GraphiQL displays, oldest first

  // wrap returns a fetcher that records the responses of the given one.
  wrap(fetcher) {
    return async (params, options) => {
      const response = await fetcher(params, options);
      if (response?.[Symbol.asyncIterator]) return this.#wrapResults(response[Symbol.asyncIterator](), params);
      if (params.operationName !== 'IntrospectionQuery') this.#add(response, params);
      return response;
    };
  }

  // #wrapResults returns an iterable that records each result of a subscription when it is read. It is no generator: the
  // return method of one would wait for the next result, and a stopped subscription would stay connected until then.
  #wrapResults(iterator, params) {
    return {
      next: async () => {
        const result = await iterator.next();
        if (!result.done) this.#add(result.value, params);
        return result;
      },
      return: () => iterator.return(),
      [Symbol.asyncIterator]() {
        return this;
      },
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

  #add(response, { query, operationName }) {
    const json = JSON.stringify(response, null, 2);
    this.#operations.delete(json); // so that it becomes the last entry
    this.#operations.set(json, { query, operationName });
    if (this.#operations.size > MAX_ENTRIES) this.#operations.delete(this.#operations.keys().next().value);
  }
}
