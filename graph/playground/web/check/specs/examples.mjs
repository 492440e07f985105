import { samples } from './voice-samples.mjs';

const TABS = ['Characters', 'NextPage', 'OneCharacter'];

// The first visit opens tabs that teach; each runs, and there is a way back to them.
export async function examples(check) {
  const { base, visitor, claim, shot } = check;
  const graphiql = await visitor();
  await graphiql.load();
  const tabs = await graphiql.tabs();
  claim(`the first visit opens ${TABS.join(', ')}`, `${tabs}` === `${TABS}`, `${tabs}`);

  const all = await names(base);
  await graphiql.turnTo('NextPage');
  const opened = given(await graphiql.answer());
  claim('NextPage runs as it opens, and gives the first page', `${opened}` === `${all.slice(0, 6)}`);

  await graphiql.turnTo('Characters');
  claim('Characters runs, and gives it too', `${given(await graphiql.answer())}` === `${all.slice(0, 6)}`);
  await shot(graphiql.page, '1280');
  await graphiql.turnTo('NextPage');
  claim('the cursor of Characters is filled in', /"after": "\w/.test(await graphiql.text('variables')));
  claim('NextPage gives the next page', `${given(await graphiql.answer())}` === `${all.slice(6, 12)}`);
  await graphiql.turnTo('Characters');
  await graphiql.turnTo('NextPage');
  claim('and keeps its cursor', `${given(await graphiql.answer())}` === `${all.slice(6, 12)}`);

  await graphiql.turnTo('OneCharacter');
  const { data, errors, extensions } = await graphiql.answer();
  const [{ name, looks, defaultVoice }] = data.avatarGroups.nodes;
  const states = looks.nodes.map((look) => look.readiness.state);
  const ready = !errors && states.includes('READY');
  claim(`OneCharacter gives ${name}'s looks, ${states}, and the voice ${defaultVoice.name}`, ready);
  claim(`and its cost, ${JSON.stringify(extensions.cost)}`, extensions.cost.requested > 0);
  await shot(graphiql.page, 'one-character');
  await samples(graphiql, defaultVoice.previewAudioUrl, check);
  await keepsTabs(graphiql, claim, shot);
}

async function keepsTabs(graphiql, claim, shot) {
  await graphiql.turnTo('Characters');
  await graphiql.typeQuery('query Mine { __typename }');
  await graphiql.settled();
  await graphiql.stored();
  await graphiql.reload();
  const tabs = await graphiql.tabs();
  claim(`the next visit finds the tabs that were left, ${tabs}`, `${tabs}` === 'Mine,NextPage,OneCharacter');

  await graphiql.press('Show Examples');
  const pane = graphiql.page.getByRole('region', { name: 'Examples' });
  await pane.getByRole('button', { name: /^OneCharacter/ }).click();
  await graphiql.settled();
  claim('an example that is open is turned to', `${await graphiql.tabs()}` === `${tabs}`);
  await pane.getByRole('button', { name: /^Characters/ }).click();
  await graphiql.settled();
  const more = await graphiql.tabs();
  claim(`another is opened beside them, ${more}`, `${more}` === `${[...tabs, 'Characters']}`);
  claim('and runs', given(await graphiql.answer()).length === 6);
  await shot(graphiql.page, 'examples');
}

const given = ({ data, errors }) => (errors ? [] : data.avatarGroups.nodes.map(({ name }) => name));

// names are those of the first characters, from the endpoint itself.
async function names(base) {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ avatarGroups(first: 12) { nodes { name } } }' }),
  });
  return given(await response.json());
}
