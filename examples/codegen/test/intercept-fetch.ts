import { afterEach, beforeEach, vi } from 'vitest';
import { endpoint } from '../src/execute';

/** What has been asked of the server in this test: the bodies of its requests, and how to change the next ones. */
export const asked: { variables: Record<string, unknown> }[] = [];
let change: (body: any, n: number) => void;

/** Changes the body of this test's requests before they are sent; n counts them from 1. */
export function changing(how: typeof change) {
  change = how;
}

beforeEach(() => {
  asked.length = 0;
  change = () => {};
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    if (input !== endpoint) return real(input, init);
    const body = JSON.parse(String(init?.body));
    asked.push(body);
    change(body, asked.length);
    return real(input, { ...init, body: JSON.stringify(body) });
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** The ids of all groups, as HeyGen's own REST API lists them. */
export async function groupIdsByREST(): Promise<string[]> {
  const ids: string[] = [];
  let token = '';
  do {
    const url = new URL(`/sandbox/v3/avatars?limit=50&token=${encodeURIComponent(token)}`, endpoint);
    const response = await fetch(url, { headers: { 'X-Api-Key': 'any' } });
    const page: any = await response.json();
    ids.push(...page.data.map((group: { id: string }) => group.id));
    token = page.has_more ? page.next_token : '';
  } while (token !== '');
  return ids;
}

/**
 * A cursor of `avatarGroups` whose place is gone: it names a character that there has never been, and is signed as
 * servers without a CURSOR_SECRET sign.
 */
export const EXPIRED = 'EBfTfAcAAWqDe5oSZ5dwdzaqbLs';
