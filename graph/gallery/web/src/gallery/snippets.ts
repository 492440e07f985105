import type { AvatarSelection } from '../picker';
import type { MessageKey } from './messages';

export const VOICE_PLACEHOLDER = 'YOUR_VOICE_ID';

// Characters that are invisible, or that change the direction of the text around them.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

// quoteString returns value as a string literal of JSON, which is one of GraphQL, too.
export function quoteString(value: string): string {
  return JSON.stringify(value.replace(LONE_SURROGATE, '\uFFFD')).replace(INVISIBLE, escapeCodeUnits);
}

function escapeCodeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}

// quoteShell returns value as one word of a POSIX shell.
export function quoteShell(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

// quoteAttribute returns value as an attribute value of HTML.
export function quoteAttribute(value: string): string {
  return `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`;
}

// lookQuery returns a GraphQL document that selects the look, and the chosen voice.
export function lookQuery({ lookId, voiceId }: AvatarSelection): string {
  const lines = [
    'query Look {',
    `  avatarLook(id: ${quoteString(lookId)}) {`,
    '    lookId',
    '    name',
    '    previewImageUrl',
    '    readiness { state reason }',
    '  }',
  ];
  if (voiceId) {
    lines.push(`  voice(id: ${quoteString(voiceId)}) {`, '    voiceId', '    name', '    language', '    previewAudioUrl', '  }');
  }
  return [...lines, '}'].join('\n');
}

// videoCommand returns a curl command that makes a video with the look.
export function videoCommand({ lookId, voiceId }: AvatarSelection): string {
  const body = [
    '{',
    '    "type": "avatar",',
    `    "avatar_id": ${quoteString(lookId)},`,
    `    "voice_id": ${quoteString(voiceId ?? VOICE_PLACEHOLDER)},`,
    '    "script": "Hello!"',
    '  }',
  ].join('\n');
  return [
    'curl -X POST https://api.heygen.com/v3/videos',
    '-H "X-Api-Key: $HEYGEN_API_KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${quoteShell(body)}`,
  ].join(' \\\n  ');
}

// notes returns the messages that say why HeyGen would reject the command, if it would.
export function notes({ ready, voiceId }: AvatarSelection, sandbox: boolean): MessageKey[] {
  const list: MessageKey[] = [];
  if (!ready) list.push('noteNotReady');
  if (!voiceId) list.push('noteNoVoice');
  if (sandbox) list.push('noteSandbox');
  return list;
}

// embedSnippet returns the three lines of HTML that put the picker into a page. The endpoint is set if it is not the
// default of the origin that serves the script.
export function embedSnippet(o: { script: string; integrity: string; endpoint: string }): string {
  const isDefault = o.endpoint === new URL('/graphql', o.script).href;
  const endpoint = isDefault ? '' : ` endpoint=${quoteAttribute(o.endpoint)}`;
  const integrity = o.integrity ? ` integrity=${quoteAttribute(o.integrity)}` : '';
  return [
    `<script type="module" src=${quoteAttribute(o.script)}${integrity} crossorigin="anonymous"></script>`,
    `<heygen-avatar-picker id="avatar"${endpoint}></heygen-avatar-picker>`,
    '<script>avatar.addEventListener("avatar-select", (event) => console.log(event.detail.lookId))</script>',
  ].join('\n');
}
