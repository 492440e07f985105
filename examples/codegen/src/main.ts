// Prints a page of characters, and then one of them with what a video is made with:
//
//   npm start
//   npm start -- group_monica
import { byReadiness, characterDetail, VoiceSample } from './character';
import { CharacterLine, characterPages } from './characters';
import { RequestError } from './errors';
import { endpoint } from './execute';
import { useFragment } from './gql';

async function main(chosen: string | undefined) {
  const first = await printPage();
  const id = chosen ?? first;
  if (id) await printCharacter(id);
}

/** Gives the id of the first character. */
async function printPage(): Promise<string | undefined> {
  console.log(`A page of characters, from ${endpoint}\n`);
  for await (const page of characterPages(10)) {
    for (const { name, looksCount, gender, groupId } of useFragment(CharacterLine, page)) {
      console.log(`  ${name.padEnd(14)}${looks(looksCount).padEnd(10)}${(gender || '–').padEnd(8)}${groupId}`);
    }
    return page[0]?.id; // whoever goes on here is given the next page
  }
  return undefined;
}

async function printCharacter(id: string) {
  const { character, problem } = await characterDetail(id);
  if (!character) throw new RequestError(`There is no character ${id}.`);
  const { ready, others } = byReadiness(character.looks);
  const voice = useFragment(VoiceSample, character.defaultVoice);

  console.log(`\n${character.name}, of ${character.createdAt.slice(0, 10)}: what a video is made with\n`);
  const line = (what: string, id: string, name: string) => console.log(`  ${what.padEnd(11)}${id.padEnd(34)}${name}`);
  for (const { lookId, name } of ready) line('ready', lookId, name);
  for (const { lookId, name, readiness } of others) line('not ready', lookId, `${name}: ${readiness.reason}`);
  if (voice) line('voice', voice.voiceId, `${voice.name ?? '–'}, ${voice.language ?? '–'}`);
  if (voice?.previewAudioUrl) line('', '', voice.previewAudioUrl);
  if (problem) console.error(`\nNot all of it: ${problem.message}`);
}

const looks = (n: number) => (n === 1 ? '1 look' : `${n} looks`);

try {
  await main(process.argv[2]);
} catch (error) {
  if (!(error instanceof RequestError)) throw error;
  console.error(error.message);
  if (error.cause) console.error('Does the server run? `go run .` in the root of the repository starts it.');
  process.exitCode = 1;
}
