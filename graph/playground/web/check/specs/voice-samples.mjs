// The sample of a voice plays beside the pictures, and as a page of its own: it is a link in the JSON.
export async function samples(graphiql, url, { requests, claim }) {
  const player = graphiql.page.locator('.previews audio');
  await player.waitFor();
  const asked = requests.filter((request) => request.url() === url);
  claim('a sample is not loaded before it is played', asked.length === 0);
  const here = await player.evaluate(duration);
  claim(`beside the pictures it plays (${here} s)`, here > 0.5, url);

  const sample = await graphiql.page.context().newPage();
  await sample.goto(url);
  const there = await sample.locator('video, audio').evaluate(duration);
  claim(`and as a page of its own (${there} s)`, there > 0.5, url);
  await sample.close();
}

// duration plays, and so runs in the page.
async function duration(player) {
  await player.play();
  return player.duration;
}
