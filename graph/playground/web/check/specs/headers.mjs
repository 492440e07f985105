const SECRET = 'sk_secret';

// Headers are sent, and kept only by who asks for it.
export async function headers({ visitor, claim }) {
  const graphiql = await visitor();
  await graphiql.load();
  await keepsNone(graphiql, claim);
  await keepsThemIfAsked(graphiql, claim);
}

async function keepsNone(graphiql, claim) {
  const header = JSON.stringify({ 'X-Api-Key': SECRET });
  for (const tab of ['first', 'second']) {
    if (tab === 'second') await graphiql.press('New tab');
    await graphiql.typeQuery(`query ${tab} { __typename }`);
    await graphiql.typeHeaders(header);
    const { request } = await graphiql.run();
    claim(`the ${tab} tab’s header is sent`, request.headers()['x-api-key'] === SECRET);
  }
  const before = await graphiql.stored();
  claim('the history keeps the query', /queries.*query second/.test(before), before);
  claim('the storage holds no header', !before.includes(SECRET), before);
  await graphiql.reload();
  const after = await graphiql.stored();
  claim('nor after a reload', !after.includes(SECRET) && !(await graphiql.text('headers'))?.includes(SECRET), after);
}

async function keepsThemIfAsked(graphiql, claim) {
  await graphiql.typeHeaders(JSON.stringify({ 'X-Api-Key': SECRET }));
  await graphiql.persistHeaders(true);
  claim('“persist headers: on” keeps them', (await graphiql.stored()).includes(SECRET));
  await graphiql.reload();
  claim('they are back after a reload', (await graphiql.text('headers')).includes(SECRET));
  await graphiql.run();
  await graphiql.typeHeaders(JSON.stringify({ 'X-Api-Key': SECRET, late: true }));
  await graphiql.persistHeaders(false);
  const left = await graphiql.stored();
  claim('“off” forgets them, in the history and in a write under way too', !left.includes(SECRET), left);
}
