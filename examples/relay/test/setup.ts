import { cleanup, configure } from '@testing-library/react';
import { afterEach, expect } from 'vitest';
import { consoleErrors } from './console-errors';

// Testing Library's queries are slow in a list of hundreds of buttons.
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  expect(consoleErrors.splice(0)).toEqual([]);
});
