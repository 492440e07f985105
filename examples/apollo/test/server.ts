import { vi } from 'vitest';

export const endpoint = process.env.GRAPHQL_URL ?? 'http://127.0.0.1:8080/graphql';

// A cursor as a server without CURSOR_SECRET gives it out, of a place that HeyGen has forgotten since.
export const EXPIRED_CURSOR = 'HBfTfAcCCjOTsgDmDyO0YdHJR2senVcACLkOJkCNNmZvcmdvdHRlbtLKGXX0yfF5';

export type Asked = { operationName: string; query: string; variables: Record<string, unknown> };

type Edit = (body: Asked) => Asked | Promise<Asked>;

// listen counts what the server is asked, and lets a test ask it something else: then the answer is real, too.
export function listen() {
  const asked: Asked[] = [];
  const edits: Edit[] = [];
  const server = { asked, answered: 0, editNext: (edit: Edit) => edits.push(edit) };
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body = JSON.parse(init.body as string) as Asked;
    asked.push(body);
    const answer = await fetch(url, { ...init, body: JSON.stringify((await edits.shift()?.(body)) ?? body) });
    server.answered++;
    return answer;
  });
  return server;
}

// restIds walks HeyGen's own list, which stands behind the sandbox's GraphQL.
export async function restIds() {
  const ids: string[] = [];
  const url = new URL('/sandbox/v3/avatars?limit=50', endpoint);
  for (let more = true; more; ) {
    const page = await (await fetch(url, { headers: { 'X-Api-Key': 'any' } })).json();
    ids.push(...page.data.map((group: { id: string }) => group.id));
    url.searchParams.set('token', page.next_token);
    more = page.has_more;
  }
  return ids;
}
