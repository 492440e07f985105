import { cleanup, configure } from '@testing-library/react';
import { afterEach, expect } from 'vitest';
import { complaints } from './console-errors';

// Hundreds of buttons take a while to find their names in.
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  expect(complaints.splice(0)).toEqual([]);
});
