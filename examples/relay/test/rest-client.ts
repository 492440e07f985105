import { endpoint } from './app';

type Group = { id: string; name: string };
type Page = { data: Group[]; has_more: boolean; next_token: string | null };

// fetchGroups returns all groups from the sandbox's REST API, in HeyGen's order. HeyGen does not trim their names.
export async function fetchGroups() {
  const groups: Group[] = [];
  for (let token: string | null = ''; token !== null; ) {
    const url = new URL('/sandbox/v3/avatars?limit=50', endpoint);
    if (token) url.searchParams.set('token', token);
    const response = await fetch(url, { headers: { 'X-Api-Key': 'any' } });
    const page = (await response.json()) as Page;
    groups.push(...page.data.map((group) => ({ ...group, name: group.name.trim() })));
    token = page.has_more ? page.next_token : null;
  }
  return groups;
}

// toGroupIds converts global ids of groups to HeyGen's ids.
export async function toGroupIds(ids: string[]) {
  const groupIds: string[] = [];
  for (let i = 0; i < ids.length; i += 100) {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on AvatarGroup { groupId } } }',
        variables: { ids: ids.slice(i, i + 100) },
      }),
    });
    const { data } = (await response.json()) as { data: { nodes: { groupId: string }[] } };
    groupIds.push(...data.nodes.map(({ groupId }) => groupId));
  }
  return groupIds;
}

// searchNames returns the names of the groups that a search finds, without a client library.
export async function searchNames(search: string) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      query: 'query ($search: String) { avatarGroups(first: 100, search: $search) { nodes { name } } }',
      variables: { search },
    }),
  });
  const { data } = (await response.json()) as { data: { avatarGroups: { nodes: { name: string }[] } } };
  return data.avatarGroups.nodes.map(({ name }) => name);
}
