// Whatever an answer holds, the page stays, and shows what it can of it.
export async function survives({ visitor, complaints, claim }) {
  const graphiql = await visitor();
  await graphiql.load();
  await closesLarge(graphiql, claim);
  await takesStrings(graphiql, claim);
  await takesAnyQuery(graphiql, claim);
  await losesPicturesAlone(graphiql, complaints, claim);
}

// The dialog covers the page: an answer that comes while it is open was under way before.
async function closesLarge(graphiql, claim) {
  const { page } = graphiql;
  await graphiql.run();
  const picture = page.getByRole('button', { name: /^Preview of/ }).first();
  await picture.waitFor();
  let give;
  const late = new Promise((resolve) => (give = resolve));
  const restore = await graphiql.answerWith(() => late.then(() => ({ data: null, errors: [{ message: 'late' }] })));
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await picture.click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  give();
  await page.locator('.previews').waitFor({ state: 'detached' });
  await restore();
  await graphiql.run();
  await picture.waitFor();
  claim('a picture that is shown large goes with its answer, and does not come back', (await dialog.count()) === 0);
}

async function takesStrings(graphiql, claim) {
  let n;
  const restore = await graphiql.answerWith((answer) => {
    const [first, second] = answer.data.avatarGroups.nodes.filter(({ previewImageUrl }) => previewImageUrl);
    first.name = { of: 'mine' };
    second.previewImageUrl = [second.previewImageUrl];
    n = answer.data.avatarGroups.nodes.filter(({ previewImageUrl }) => typeof previewImageUrl === 'string').length;
    return answer;
  });
  await graphiql.run();
  await restore();
  const { page } = graphiql;
  await page.locator('.previews li', { hasText: /^avatarGroups\.nodes\[\d\]$/ }).waitFor();
  claim(`what is no string is neither name nor address, ${n} pictures stay`, (await pictures(page)) === n);
}

async function takesAnyQuery(graphiql, claim) {
  const { page } = graphiql;
  await graphiql.typeQuery('{avatarGroups(first:1after:null){nodes{name previewImageUrl}}}');
  const { data } = await graphiql.answer();
  await page.locator('.previews').waitFor({ state: 'detached' });
  const there = await page.locator('.graphiql-container').count();
  claim('a query that graphql-js cannot read has an answer without pictures', data && there === 1);
}

// What must not happen is made to: of all that is on the page only the pictures use URL.canParse.
async function losesPicturesAlone(graphiql, complaints, claim) {
  const { page } = graphiql;
  await graphiql.turnTo('NextPage');
  await page.evaluate(() => {
    URL.canParse = () => {
      throw new Error('broken');
    };
  });
  const before = complaints.length;
  const said = page.waitForEvent('console', (message) => message.type() === 'error');
  const { text } = await graphiql.run();
  await said;
  const all = complaints.splice(before).join();
  claim('pictures that cannot be shown are said in the console', /broken/.test(all), all);
  const there = await page.locator('.graphiql-container').count();
  claim('and leave GraphiQL alone', /"avatarGroups"/.test(text) && there === 1 && (await pictures(page)) === 0);
}

const pictures = (page) => page.locator('.previews li').count();
