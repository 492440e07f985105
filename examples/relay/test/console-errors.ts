import { vi } from 'vitest';

// consoleErrors collects the arguments of console.error and console.warn, where Relay, React and the page report
// problems.
export const consoleErrors: unknown[] = [];

for (const level of ['error', 'warn'] as const) {
  vi.spyOn(console, level).mockImplementation((...args) => void consoleErrors.push(...args));
}
