import { voiceSamples } from './voice-samples.mjs';

const TABS = ['Characters', 'NextPage', 'Search', 'OneCharacter', 'Training'];

// The first visit opens the examples in tabs; each runs, and the Examples pane reopens them.
export async function examples(check) {
  const { baseURL, openPage, assert, screenshot } = check;
  const graphiql = await openPage();
  await graphiql.open();
  const tabs = await graphiql.tabTitles();
  assert(`the first visit opens ${TABS.join(', ')}`, `${tabs}` === `${TABS}`, `${tabs}`);

  const names = await fetchNames(baseURL);
  await graphiql.selectTab('NextPage');
  const initialPage = namesIn(await graphiql.response());
  assert('NextPage, unedited, returns the first page', `${initialPage}` === `${names.slice(0, 6)}`);

  await graphiql.selectTab('Characters');
  assert('Characters returns the first page', `${namesIn(await graphiql.response())}` === `${names.slice(0, 6)}`);
  await screenshot(graphiql.page, '1280');
  await graphiql.selectTab('NextPage');
  assert('the cursor of Characters is filled in', /"after": "\w/.test(await graphiql.content('variables')));
  assert('NextPage returns the next page', `${namesIn(await graphiql.response())}` === `${names.slice(6, 12)}`);
  await graphiql.selectTab('Characters');
  await graphiql.selectTab('NextPage');
  assert('its cursor is unchanged', `${namesIn(await graphiql.response())}` === `${names.slice(6, 12)}`);

  await search(graphiql, assert, screenshot);

  await graphiql.selectTab('OneCharacter');
  const { data, errors, extensions } = await graphiql.response();
  const [{ name, looks, defaultVoice }] = data.avatarGroups.nodes;
  const states = looks.nodes.map((look) => look.readiness.state);
  const ready = !errors && states.includes('READY');
  assert(`OneCharacter returns ${name}'s looks, ${states}, and the voice ${defaultVoice.name}`, ready);
  assert(`and its cost, ${JSON.stringify(extensions.cost)}`, extensions.cost.requested > 0);
  await screenshot(graphiql.page, 'one-character');
  await voiceSamples(graphiql, defaultVoice.previewAudioUrl, check);
  await assertTabsPersist(graphiql, assert, screenshot);
}

// Search returns what its variables select, with their counts: those of the example, then others.
async function search(graphiql, assert, screenshot) {
  await graphiql.selectTab('Search');
  const first = await graphiql.response();
  const { totalCount, facets, nodes, pageInfo } = first.data.avatarGroups;
  const startsWithMa = ({ name }) => name.split(' ').some((word) => fold(word).startsWith('ma'));
  const found = nodes.length === 6 && nodes.every((node) => startsWithMa(node) && node.genderCategory === 'FEMALE');
  assert(`Search returns the first page, ${namesIn(first)}`, found && pageInfo.hasNextPage);
  const count = (gender) => facets.gender.find(({ value }) => value === gender)?.count;
  const counts = JSON.stringify(facets.gender);
  assert(`and counts all ${totalCount}, by gender ${counts}`, count('FEMALE') === totalCount && count('MALE') > 0);
  await screenshot(graphiql.page, 'search');

  await graphiql.typeVariables('{ "search": "MONICA", "orderBy": { "field": "NAME", "direction": "DESC" } }');
  const sorted = namesIn(await graphiql.response());
  const descending = sorted.toSorted(new Intl.Collator('und').compare).reverse();
  const bothSpellings = sorted.includes('Monica') && sorted.includes('Mónica');
  assert(`other variables return ${sorted}`, bothSpellings && `${sorted}` === `${descending}`);
}

const fold = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

async function assertTabsPersist(graphiql, assert, screenshot) {
  await graphiql.selectTab('Characters');
  await graphiql.typeQuery('query Mine { __typename }');
  await graphiql.waitUntilParsed();
  await graphiql.storedData();
  await graphiql.reload();
  const tabs = await graphiql.tabTitles();
  assert(`the next visit restores the tabs, ${tabs}`, `${tabs}` === 'Mine,NextPage,Search,OneCharacter,Training');

  await graphiql.clickButton('Show Examples');
  const pane = graphiql.page.getByRole('region', { name: 'Examples' });
  await pane.getByRole('button', { name: /^OneCharacter/ }).click();
  await graphiql.waitUntilParsed();
  assert('an example that is open is selected', `${await graphiql.tabTitles()}` === `${tabs}`);
  await pane.getByRole('button', { name: /^Characters/ }).click();
  await graphiql.waitUntilParsed();
  const moreTabs = await graphiql.tabTitles();
  assert(`another opens in a new tab, ${moreTabs}`, `${moreTabs}` === `${[...tabs, 'Characters']}`);
  assert('and runs', namesIn(await graphiql.response()).length === 6);
  await screenshot(graphiql.page, 'examples');
}

const namesIn = ({ data, errors }) => (errors ? [] : data.avatarGroups.nodes.map(({ name }) => name));

// fetchNames returns the names of the first twelve characters, from the endpoint itself.
async function fetchNames(baseURL) {
  const response = await fetch(`${baseURL}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ avatarGroups(first: 12) { nodes { name } } }' }),
  });
  return namesIn(await response.json());
}
