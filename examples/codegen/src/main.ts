// Prints a page of characters, then the looks and the voice of one of them:
//
//   npm start
//   npm start -- group_monica
//   npm start -- --search monica
//   npm start -- --watch be193b409d6da152852bdee8d38f6039   (follow the training of a character)
import { parseArgs } from 'node:util';
import { fetchCharacter, partitionByReadiness, VoiceSample } from './character';
import { CharacterItem, characterPages } from './characters';
import { RequestError } from './errors';
import { endpoint } from './execute';
import { useFragment } from './gql';
import { watchTraining } from './training';

async function main(args: string[]) {
  const options = { search: { type: 'string' }, watch: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.watch) return printTraining(values.watch);
  const firstId = await printFirstPage(values.search);
  const id = positionals[0] ?? firstId;
  if (id) await printCharacter(id);
}

/** Returns the id of the first character. */
async function printFirstPage(search?: string): Promise<string | undefined> {
  console.log(`The first characters of ${endpoint}\n`);
  for await (const { characters, totalCount } of characterPages(10, search)) {
    for (const { name, looksCount, genderCategory, groupId } of useFragment(CharacterItem, characters)) {
      const columns = [name.padEnd(22), formatLooks(looksCount).padEnd(9), genderCategory.toLowerCase().padEnd(8), groupId];
      console.log(`  ${columns.join(' ')}`);
    }
    if (totalCount !== null) console.log(`\n  ${characters.length} of ${totalCount} that match`);
    return characters[0]?.id; // without this return, the loop would fetch the next page
  }
  if (search) console.log('  No characters match.');
  return undefined;
}

async function printCharacter(id: string) {
  const { character, error } = await fetchCharacter(id);
  if (!character) throw new RequestError(`Character ${id} does not exist.`);
  const { ready, notReady } = partitionByReadiness(character.looks);
  const voice = useFragment(VoiceSample, character.defaultVoice);

  console.log(`\n${character.name}, created ${character.createdAt.slice(0, 10)}: looks and voice\n`);
  const printRow = (label: string, value: string, text: string) =>
    console.log(`  ${label.padEnd(11)}${value.padEnd(34)}${text}`);
  for (const { lookId, name } of ready) printRow('ready', lookId, name);
  for (const { lookId, name, readiness } of notReady) printRow('not ready', lookId, `${name}: ${readiness.reason}`);
  if (voice) printRow('voice', voice.voiceId, `${voice.name ?? '–'}, ${voice.language ?? '–'}`);
  if (voice?.previewAudioUrl) printRow('', '', voice.previewAudioUrl);
  if (error) console.error(`\nSome fields failed: ${error.message}`);
}

/** Prints the status of a character, and each change until its training ends. */
async function printTraining(id: string) {
  for await (const character of watchTraining(id)) {
    if (!character) throw new RequestError(`Character ${id} does not exist.`);
    const { name, status, error } = character;
    console.log(`${name}: ${[status ?? 'not available', error?.message].filter(Boolean).join(', ')}`);
  }
}

const formatLooks = (count: number) => (count === 1 ? '1 look' : `${count} looks`);

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RequestError)) throw error;
  console.error(error.message);
  if (error.cause) console.error('Is the server running? Start it with `go run .` in the root of the repository.');
  process.exitCode = 1;
}
