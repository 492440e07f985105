import { endpoint } from './fixtures';

// listGroupIds returns the ids of all groups from the sandbox's REST API, in HeyGen's order.
export async function listGroupIds() {
  const ids: string[] = [];
  const url = new URL('/sandbox/v3/avatars?limit=50', endpoint);
  for (let hasMore = true; hasMore; ) {
    const page = await (await fetch(url, { headers: { 'X-Api-Key': 'any' } })).json();
    ids.push(...page.data.map((group: { id: string }) => group.id));
    url.searchParams.set('token', page.next_token);
    hasMore = page.has_more;
  }
  return ids;
}
