import { vi } from 'vitest';

// Relay, React and the page itself complain on the console, and nowhere else. What they say is kept here instead.
export const complaints: unknown[] = [];

for (const level of ['error', 'warn'] as const) {
  vi.spyOn(console, level).mockImplementation((...said) => void complaints.push(...said));
}
