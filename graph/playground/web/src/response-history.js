const KEPT = 20;

// Answers remembers which operation each of the latest answers belongs to: GraphiQL keeps an answer's text alone, and
// the query beside it may be another by the time it is looked at.
export class Answers {
  #operations = new Map(); // by the text that GraphiQL shows

  // remembering wraps a fetcher.
  remembering(fetcher) {
    return async (params, options) => {
      const answer = await fetcher(params, options);
      if (params.operationName !== 'IntrospectionQuery') this.#keep(JSON.stringify(answer, null, 2), params);
      return answer;
    };
  }

  // operationOf gives the query and the operation's name behind a text; undefined when it is no answer.
  operationOf(text) {
    return this.#operations.get(text);
  }

  // latest gives the last answer to an operation of this name.
  latest(operationName) {
    const texts = [...this.#operations].filter(([, operation]) => operation.operationName === operationName);
    return texts.length > 0 ? JSON.parse(texts.at(-1)[0]) : undefined;
  }

  #keep(text, { query, operationName }) {
    this.#operations.delete(text); // so that it becomes the last
    this.#operations.set(text, { query, operationName });
    if (this.#operations.size > KEPT) this.#operations.delete(this.#operations.keys().next().value);
  }
}
