import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type FieldNode, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { embedSnippet, lookQuery, notes, quoteShell, quoteString, videoCommand } from '../../src/gallery/snippets';
import type { AvatarSelection } from '../../src/picker';

const SELECTION: AvatarSelection = {
  lookId: 'monica_office',
  lookName: 'Monica, office',
  groupId: 'group_monica',
  groupName: 'Monica',
  voiceId: 'voice_calm',
  voiceName: 'Calm',
  orientation: 'landscape',
  engines: ['avatar_iv'],
  avatarType: 'STUDIO_AVATAR',
  ready: true,
  width: 1920,
  height: 1080,
};

const HOSTILE = [
  "it's",
  `'; rm -rf ~ #`,
  '$(id)`id`${HOME}!!',
  '"}) { __typename } #',
  'a\\',
  '\\u0027\\n',
  'line\nbreak\r\t\u0000\u001b[31m',
  '\u202Eevil\u2066\u200B\uFEFF',
  '\u2028\u2029\u0085',
  '日本語 🎬',
  '</script><script>alert(1)</script>',
  '-d @/etc/passwd',
  '*?[a]{b,c}~&|;<>()',
];

const schema = buildSchema(
  readdirSync('../..')
    .filter((name) => name.endsWith('.graphqls'))
    .map((name) => readFileSync(`../../${name}`, 'utf8'))
    .join('\n'),
);

// words returns the arguments that a shell passes to curl.
function words(command: string): string[] {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${command}`;
  const output = execFileSync('/bin/sh', ['-c', script], { env: { HEYGEN_API_KEY: 'the key', HOME: '/home' }, encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

describe('quoteShell', () => {
  it.each(HOSTILE.filter((value) => !value.includes('\0')))('makes one literal word of %j', (value) => {
    expect(words(`curl ${quoteShell(value)}`)).toEqual([value]);
  });
});

describe('quoteString', () => {
  it.each(HOSTILE)('is JSON of %j, without invisible characters', (value) => {
    expect(JSON.parse(quoteString(value))).toBe(value);
    expect(quoteString(value)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it('replaces lone surrogates, which GraphQL has no literal for', () => {
    expect(JSON.parse(quoteString('a\uD800b'))).toBe('a\uFFFDb');
  });
});

describe('videoCommand', () => {
  it('is a request of HeyGen’s create-video API', () => {
    expect(videoCommand(SELECTION)).toBe(
      [
        'curl -X POST https://api.heygen.com/v3/videos \\',
        '  -H "X-Api-Key: $HEYGEN_API_KEY" \\',
        "  -H 'Content-Type: application/json' \\",
        "  -d '{",
        '    "type": "avatar",',
        '    "avatar_id": "monica_office",',
        '    "voice_id": "voice_calm",',
        '    "script": "Hello!"',
        "  }'",
      ].join('\n'),
    );
  });

  it.each(HOSTILE)('sends the id %j as it is', (id) => {
    const args = words(videoCommand({ ...SELECTION, lookId: id, voiceId: id }));
    expect(args.slice(0, -1)).toEqual([
      ...['-X', 'POST', 'https://api.heygen.com/v3/videos'],
      ...['-H', 'X-Api-Key: the key', '-H', 'Content-Type: application/json', '-d'],
    ]);
    expect(JSON.parse(args.at(-1)!)).toEqual({ type: 'avatar', avatar_id: id, voice_id: id, script: 'Hello!' });
  });

  it('has a placeholder for a voice that is not there', () => {
    expect(videoCommand({ ...SELECTION, voiceId: null })).toContain('"voice_id": "YOUR_VOICE_ID"');
  });
});

describe('lookQuery', () => {
  const ids = (source: string) => {
    const [operation] = parse(source).definitions as [OperationDefinitionNode];
    return (operation.selectionSet.selections as FieldNode[]).map((field) => {
      const value = field.arguments![0]!.value;
      return [field.name.value, value.kind === Kind.STRING && value.value];
    });
  };

  it.each([...HOSTILE, 'monica_office'])('is valid for the id %j', (id) => {
    const source = lookQuery({ ...SELECTION, lookId: id, voiceId: id });
    expect(validate(schema, parse(source))).toEqual([]);
    expect(ids(source)).toEqual([
      ['avatarLook', id],
      ['voice', id],
    ]);
  });

  it('selects no voice if there is none', () => {
    const source = lookQuery({ ...SELECTION, voiceId: null });
    expect(validate(schema, parse(source))).toEqual([]);
    expect(ids(source)).toEqual([['avatarLook', 'monica_office']]);
  });
});

describe('every text to copy', () => {
  it('has no group id, which makes no video', () => {
    expect(lookQuery(SELECTION) + videoCommand(SELECTION)).not.toContain(SELECTION.groupId);
  });
});

describe('notes', () => {
  it('are none for a ready look with a voice', () => {
    expect(notes(SELECTION, false)).toEqual([]);
  });

  it('name what is missing', () => {
    const list = notes({ ...SELECTION, ready: false, voiceId: null }, true);
    expect(list).toEqual(['noteNotReady', 'noteNoVoice', 'noteSandbox']);
  });
});

describe('embedSnippet', () => {
  const script = 'https://avatars.example/picker-1a2b.js';

  it('is three lines, and leaves the default endpoint out', () => {
    const snippet = embedSnippet({ script, integrity: 'sha384-x', endpoint: 'https://avatars.example/graphql' });
    expect(snippet.split('\n')).toEqual([
      `<script type="module" src="${script}" integrity="sha384-x" crossorigin="anonymous"></script>`,
      '<heygen-avatar-picker id="avatar"></heygen-avatar-picker>',
      '<script>avatar.addEventListener("avatar-select", (event) => console.log(event.detail.lookId))</script>',
    ]);
  });

  it('escapes another endpoint', () => {
    const snippet = embedSnippet({ script, integrity: '', endpoint: 'https://avatars.example/api?a="b"&c' });
    expect(snippet).toContain('endpoint="https://avatars.example/api?a=&quot;b&quot;&amp;c"');
    expect(snippet).not.toContain('integrity');
  });
});
