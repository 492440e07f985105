// All features work without a mouse.
export async function keyboard({ openPage, assert }) {
  const graphiql = await openPage();
  const { page } = graphiql;
  await graphiql.open();
  await page.locator('.graphiql-query-editor .view-lines').click();
  const { json } = await graphiql.execute(() => page.keyboard.press('ControlOrMeta+Enter'));
  assert('Ctrl-Enter runs the query', /"avatarGroups"/.test(json));

  const summary = page.locator('.previews summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.locator('.previews:not([open])').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.previews li').first().waitFor();
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => document.activeElement.querySelector('img')?.alt);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert(`the previews open, get the focus and enlarge (${focused})`, /^Preview of /.test(focused));
  await page.keyboard.press('Enter'); // the focused button is Close
  await dialog.waitFor({ state: 'detached' });
  assert('and close', true);

  await page.getByRole('button', { name: 'Show Examples' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Examples' }).getByRole('button', { name: /^NextPage/ }).focus();
  await page.keyboard.press('Enter');
  await graphiql.waitUntilParsed();
  assert('an example is selected', /^# The page after a cursor/.test(await graphiql.content('query')));
}
