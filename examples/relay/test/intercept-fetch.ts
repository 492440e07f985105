import { onTestFinished } from 'vitest';

export type Operation = { query: string; variables: Record<string, unknown>; signal?: AbortSignal | null };
type Payload = { data?: any; errors?: unknown[] };
type Options = {
  editRequest?: (operation: Operation) => Operation;
  editResponse?: (payload: Payload, operation: Operation) => Payload | Promise<Payload>;
};

// interceptFetch returns the operations sent until the test finishes, before editRequest. It can edit each request and
// each response.
export function interceptFetch({
  editRequest = (operation) => operation,
  editResponse = (payload) => payload,
}: Options = {}) {
  const operations: Operation[] = [];
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    const operation = JSON.parse(String(init!.body)) as Operation;
    operations.push({ ...operation, signal: init!.signal });
    const response = await realFetch(url, { ...init, body: JSON.stringify(editRequest(operation)) });
    const payload = await editResponse((await response.json()) as Payload, operation);
    return new Response(JSON.stringify(payload), { status: response.status });
  };
  onTestFinished(() => {
    globalThis.fetch = realFetch;
  });
  return operations;
}

// createGate returns a promise, to hold a response back, and the function that opens it.
export function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
