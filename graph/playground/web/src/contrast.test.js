import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAccessibleColors } from './contrast.js';

test('withAccessibleColors preserves the other colors and rules of GraphiQL’s themes', () => {
  const theme = (base) => ({ base, colors: { focusBorder: '#1' }, rules: [{ token: 'a', foreground: '#2' }] });
  const { light, dark } = withAccessibleColors({ light: theme('vs'), dark: theme('vs-dark') });
  assert.equal(light.base, 'vs');
  assert.equal(light.colors.focusBorder, '#1');
  assert.deepEqual(light.rules.map(({ token }) => token), ['a', 'number']);
  assert.deepEqual(dark.rules.map(({ token }) => token), ['a', 'comment', 'string', 'string.value.json']);
  assert.ok(dark.colors['editorLineNumber.foreground']);
});
