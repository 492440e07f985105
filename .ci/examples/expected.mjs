// A search that finds more than one page of 50 characters, and less than two.
const SEARCH = 'a';

// fetchExpected returns what the examples must show, fetched without a client library: the names of all characters from
// the REST list, without the white space that customers typed before and after some, the names that a search finds, and
// one character.
export async function fetchExpected(endpoint) {
  const groups = [];
  for (let token = ''; token !== null; ) {
    const url = new URL('/sandbox/v3/avatars?limit=50', endpoint);
    if (token) url.searchParams.set('token', token);
    const page = await json(await fetch(url, { headers: { 'X-Api-Key': 'any' } }));
    groups.push(...page.data.map((g) => ({ ...g, name: g.name.trim() })));
    token = page.has_more ? page.next_token : null;
  }
  // The test finds its button by its name, which must not be part of another name.
  const unambiguous = groups.filter((g) => groups.filter((other) => other.name.includes(g.name)).length === 1);
  const selected = unambiguous.find((g) => g.looks_count >= 3 && g.default_voice_id);
  const { avatarGroup, avatarGroups } = await query(
    endpoint,
    `query ($id: ID!, $search: String) {
      avatarGroup(id: $id) { id groupId name status defaultVoice { name } looks(first: 3) { nodes { name } } }
      avatarGroups(first: 100, search: $search) { nodes { name } }
    }`,
    { id: selected.id, search: SEARCH },
  );
  return {
    names: groups.map((g) => g.name),
    character: avatarGroup,
    search: { text: SEARCH, names: avatarGroups.nodes.map((g) => g.name) },
  };
}

export async function query(endpoint, query, variables) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await json(response)).data;
}

async function json(response) {
  if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
  return response.json();
}
