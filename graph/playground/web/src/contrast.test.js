import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from './contrast.js';

test('the themes keep what is GraphiQL’s beside the colours that are replaced', () => {
  const theme = (base) => ({ base, colors: { focusBorder: '#1' }, rules: [{ token: 'a', foreground: '#2' }] });
  const { light, dark } = readable({ light: theme('vs'), dark: theme('vs-dark') });
  assert.equal(light.base, 'vs');
  assert.equal(light.colors.focusBorder, '#1');
  assert.deepEqual(light.rules.map(({ token }) => token), ['a', 'number']);
  assert.deepEqual(dark.rules.map(({ token }) => token), ['a', 'comment', 'string', 'string.value.json']);
  assert.ok(dark.colors['editorLineNumber.foreground']);
});
