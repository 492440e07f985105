import { vi } from 'vitest';

export type GraphQLRequest = { operationName: string; query: string; variables: Record<string, unknown> };

type Edit = (request: GraphQLRequest) => GraphQLRequest | Promise<GraphQLRequest>;

// interceptFetch records the requests to the server and counts those that have ended. A test can edit the next request
// to cause an error, so that the response is the server's own and not a mock.
export function interceptFetch() {
  const requests: GraphQLRequest[] = [];
  const edits: Edit[] = [];
  const server = { requests, endedCount: 0, editNext: (edit: Edit) => edits.push(edit) };
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = JSON.parse(init.body as string) as GraphQLRequest;
    requests.push(request);
    try {
      const edited = (await edits.shift()?.(request)) ?? request;
      return await fetch(url, { ...init, body: JSON.stringify(edited) });
    } finally {
      server.endedCount++;
    }
  });
  return server;
}
