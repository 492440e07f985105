// A voice sample plays in the previews, and on a page of its own: the response contains it as a link.
export async function voiceSamples(graphiql, url, { requests, assert }) {
  const player = graphiql.page.locator('.previews audio');
  await player.waitFor();
  const loads = requests.filter((request) => request.url() === url);
  assert('a voice sample is not loaded before it is played', loads.length === 0);
  const previewDuration = await player.evaluate(play);
  assert(`it plays in the previews (${previewDuration} s)`, previewDuration > 0.5, url);

  const page = await graphiql.page.context().newPage();
  await page.goto(url);
  const pageDuration = await page.locator('video, audio').evaluate(play);
  assert(`and on a page of its own (${pageDuration} s)`, pageDuration > 0.5, url);
  await page.close();
}

// play plays a media element and returns its duration. It runs in the page.
async function play(player) {
  await player.play();
  return player.duration;
}
