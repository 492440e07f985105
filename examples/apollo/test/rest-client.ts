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

// searchGroupIds returns the ids of the groups that a search finds, without a client library.
export async function searchGroupIds(search: string) {
  const query = 'query ($search: String) { avatarGroups(first: 100, search: $search) { nodes { groupId } } }';
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables: { search } }),
  });
  const { data } = await response.json();
  return data.avatarGroups.nodes.map(({ groupId }: { groupId: string }) => groupId) as string[];
}
