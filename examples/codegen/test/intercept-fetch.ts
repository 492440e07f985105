import { afterEach, beforeEach, vi } from 'vitest';
import { endpoint } from '../src/execute';

/** The bodies of the requests that the current test has sent to the endpoint. */
export const requests: { variables: Record<string, unknown> }[] = [];
let edit: (body: any, count: number) => void;

/** Edits the body of each request in the current test before it is sent. count starts at 1. */
export function editRequests(newEdit: typeof edit) {
  edit = newEdit;
}

beforeEach(() => {
  requests.length = 0;
  edit = () => {};
  const realFetch = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    if (input !== endpoint) return realFetch(input, init);
    const body = JSON.parse(String(init?.body));
    requests.push(body);
    edit(body, requests.length);
    return realFetch(input, { ...init, body: JSON.stringify(body) });
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});
