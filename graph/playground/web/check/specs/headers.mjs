const SECRET = 'sk_secret';

// Headers are sent, and persisted only if the user turns that on.
export async function headers({ openPage, assert }) {
  const graphiql = await openPage();
  await graphiql.open();
  await assertNotPersisted(graphiql, assert);
  await assertPersistedIfEnabled(graphiql, assert);
}

async function assertNotPersisted(graphiql, assert) {
  const header = JSON.stringify({ 'X-Api-Key': SECRET });
  for (const tab of ['first', 'second']) {
    if (tab === 'second') await graphiql.clickButton('New tab');
    await graphiql.typeQuery(`query ${tab} { __typename }`);
    await graphiql.typeHeaders(header);
    const { request } = await graphiql.execute();
    assert(`the ${tab} tab’s header is sent`, request.headers()['x-api-key'] === SECRET);
  }
  const before = await graphiql.storedData();
  assert('the history contains the query', /queries.*query second/.test(before), before);
  assert('the storage contains no header', !before.includes(SECRET), before);
  await graphiql.reload();
  const after = await graphiql.storedData();
  const restored = (await graphiql.content('headers'))?.includes(SECRET);
  assert('nor after a reload', !after.includes(SECRET) && !restored, after);
}

async function assertPersistedIfEnabled(graphiql, assert) {
  await graphiql.typeHeaders(JSON.stringify({ 'X-Api-Key': SECRET }));
  await graphiql.setPersistHeaders(true);
  assert('“persist headers: on” stores them', (await graphiql.storedData()).includes(SECRET));
  await graphiql.reload();
  assert('a reload restores them', (await graphiql.content('headers')).includes(SECRET));
  await graphiql.execute();
  await graphiql.typeHeaders(JSON.stringify({ 'X-Api-Key': SECRET, late: true }));
  await graphiql.setPersistHeaders(false);
  const stored = await graphiql.storedData();
  assert('“off” removes them, from the history and from a pending write too', !stored.includes(SECRET), stored);
}
