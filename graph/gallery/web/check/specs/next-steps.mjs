import { graphql } from '../gallery-page.mjs';

// With a chosen look the page has all that a video needs. What can be copied contains the look's id, and never the
// character's, with which HeyGen makes no video.
export async function nextSteps({ baseURL, openPage, assert }) {
  const gallery = await openPage();
  const { page } = gallery;
  await gallery.allowClipboard();
  await gallery.open();
  await gallery.chooseOffice();
  const { voiceId } = await gallery.picker.evaluate((picker) => picker.selection);
  const copied = {};
  for (const name of ['avatar_id', 'voice_id', 'the command', 'the query']) {
    const button = page.getByRole('button', { name: `Copy ${name}`, exact: true });
    await button.click();
    await page.waitForFunction((b) => b.textContent === 'Copied', await button.elementHandle());
    copied[name] = await gallery.clipboard();
  }
  assert(`avatar_id is copied: ${copied.avatar_id}`, copied.avatar_id === 'monica_office');
  assert(`so is voice_id: ${copied.voice_id}`, copied.voice_id === voiceId);
  const command = copied['the command'];
  const isCurl = /^curl -X POST https:\/\/api\.heygen\.com\/v3\/videos/.test(command) && !/sk_/.test(command);
  const body = JSON.parse(/-d '([^]*)'$/.exec(command)[1]);
  assert('the command makes a video with both', isCurl && body.avatar_id === 'monica_office' && body.voice_id === voiceId, command);
  const { avatarLook, voice } = await graphql(baseURL, copied['the query']);
  const valid = avatarLook.lookId === 'monica_office' && voice.voiceId === voiceId && avatarLook.readiness.state === 'READY';
  assert(`the query is valid: ${avatarLook.name}, ${voice.name}`, valid);
  const groupId = Object.entries(copied).filter(([, text]) => text.includes('group_monica'));
  assert('none of it contains a character’s id', groupId.length === 0, JSON.stringify(groupId));
  const notes = await page.locator('.next-steps .notes').innerText();
  assert(`the page says that the ids are invented: ${notes}`, /sandbox invents/.test(notes));
  const announced = await page.locator('.next-steps [role="status"]').innerText();
  assert(`copying is announced: ${announced}`, announced === 'Copied the query.');

  await page.getByRole('button', { name: 'Embed…' }).click();
  await page.getByRole('button', { name: 'Copy the HTML' }).click();
  await page.waitForTimeout(100);
  const html = await gallery.clipboard();
  const complete = /<script type="module" src="http:\/\/[^"]+\/picker-[0-9a-f]{16}\.js" integrity="sha384-[^"]+" crossorigin="anonymous">/.test(html);
  assert('the HTML to embed has the script’s hash', complete && html.includes('<heygen-avatar-picker'), html);
}
