// Whatever a response contains, the page still works, and shows the previews that it can.
export async function resilience({ openPage, consoleErrors, assert }) {
  const graphiql = await openPage();
  await graphiql.open();
  await assertResponseClosesDialog(graphiql, assert);
  await assertNonStringsAreIgnored(graphiql, assert);
  await assertUnparsableQuery(graphiql, assert);
  await assertErrorIsContained(graphiql, consoleErrors, assert);
}

// The dialog is modal, so the request was in flight before it opened.
async function assertResponseClosesDialog(graphiql, assert) {
  const { page } = graphiql;
  await graphiql.execute();
  const preview = page.getByRole('button', { name: /^Preview of/ }).first();
  await preview.waitFor();
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const late = { data: null, errors: [{ message: 'late' }] };
  const restore = await graphiql.rewriteResponses(() => released.then(() => late));
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await preview.click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  release();
  await page.locator('.previews').waitFor({ state: 'detached' });
  await restore();
  await graphiql.execute();
  await preview.waitFor();
  assert('the next response closes the dialog, which does not reopen', (await dialog.count()) === 0);
}

async function assertNonStringsAreIgnored(graphiql, assert) {
  let n;
  const restore = await graphiql.rewriteResponses((response) => {
    const [first, second] = response.data.avatarGroups.nodes.filter(({ previewImageUrl }) => previewImageUrl);
    first.name = { of: 'mine' };
    second.previewImageUrl = [second.previewImageUrl];
    n = response.data.avatarGroups.nodes.filter(({ previewImageUrl }) => typeof previewImageUrl === 'string').length;
    return response;
  });
  await graphiql.execute();
  await restore();
  const { page } = graphiql;
  await page.locator('.previews li', { hasText: /^avatarGroups\.nodes\[\d\]$/ }).waitFor();
  assert(`a name or URL that is not a string is ignored, ${n} previews remain`, (await count(page)) === n);
}

async function assertUnparsableQuery(graphiql, assert) {
  const { page } = graphiql;
  await graphiql.typeQuery('{avatarGroups(first:1after:null){nodes{name previewImageUrl}}}');
  const { data } = await graphiql.response();
  await page.locator('.previews').waitFor({ state: 'detached' });
  const containers = await page.locator('.graphiql-container').count();
  assert('a query that graphql-js cannot parse has a response without previews', data && containers === 1);
}

// Only the previews use URL.canParse, so that breaking it breaks them alone.
async function assertErrorIsContained(graphiql, consoleErrors, assert) {
  const { page } = graphiql;
  await graphiql.selectTab('NextPage');
  await page.evaluate(() => {
    URL.canParse = () => {
      throw new Error('broken');
    };
  });
  const before = consoleErrors.length;
  const logged = page.waitForEvent('console', (message) => message.type() === 'error');
  const { json } = await graphiql.execute();
  await logged;
  const errors = consoleErrors.splice(before).join();
  assert('an error of the previews is logged to the console', /broken/.test(errors), errors);
  const containers = await page.locator('.graphiql-container').count();
  assert('GraphiQL still works', /"avatarGroups"/.test(json) && containers === 1 && (await count(page)) === 0);
}

const count = (page) => page.locator('.previews li').count();
