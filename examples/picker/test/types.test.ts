// @vitest-environment node
import { expect, test } from 'vitest';
import copy from '../picker.d.ts?raw';

test('picker.d.ts is the server’s', async () => {
  const response = await fetch(new URL('/picker.d.ts', import.meta.env.VITE_GRAPHQL_URL));
  expect(copy).toBe(await response.text());
});
