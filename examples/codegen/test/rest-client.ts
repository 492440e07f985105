import { endpoint } from '../src/execute';

/** Returns the ids of all groups from the sandbox's REST API, in HeyGen's order. */
export async function fetchGroupIds(): Promise<string[]> {
  const ids: string[] = [];
  let token = '';
  do {
    const url = new URL('/sandbox/v3/avatars?limit=50', endpoint);
    if (token) url.searchParams.set('token', token);
    const response = await fetch(url, { headers: { 'X-Api-Key': 'any' } });
    const page: any = await response.json();
    ids.push(...page.data.map((group: { id: string }) => group.id));
    token = page.has_more ? page.next_token : '';
  } while (token !== '');
  return ids;
}
