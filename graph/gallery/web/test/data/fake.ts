import { setMaxListeners } from 'node:events';
import { GraphQLClient } from '../../src/data/client';
import type { Character } from '../../src/data/characters';
import type { Look } from '../../src/data/looks';
import type { Voice } from '../../src/data/voices';

export interface FakeCall {
  url: string;
  headers: Headers;
  body: { documentId?: string; query?: string; variables: Record<string, any> };
  signal: AbortSignal | null | undefined;
  redirect: RequestRedirect | undefined;
  respond(body: unknown, init?: ResponseInit): void;
  /** Responds with an event stream and returns its controller. */
  stream(): ReadableStreamDefaultController<Uint8Array>;
  reject(error: unknown): void;
}

/** FakeFetch records requests, which the test responds to in any order, and aborts as fetch does. */
export class FakeFetch {
  calls: FakeCall[] = [];
  /** Responds to every request, if set. */
  handler: ((call: FakeCall) => void) | null = null;

  readonly fetch: typeof fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const signal = init?.signal;
      const aborted = () => new DOMException('This operation was aborted', 'AbortError');
      if (signal?.aborted) return reject(aborted());
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', () => reject(aborted()));
      const call: FakeCall = {
        url: String(url),
        headers: new Headers(init?.headers),
        body: JSON.parse(String(init?.body)),
        signal,
        redirect: init?.redirect,
        respond: (body, options) => resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), options)),
        stream: () => {
          let controller!: ReadableStreamDefaultController<Uint8Array>;
          const body = new ReadableStream<Uint8Array>({ start: (created) => void (controller = created) });
          signal?.addEventListener('abort', () => controller.error(aborted()));
          resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } }));
          return controller;
        },
        reject,
      };
      this.calls.push(call);
      this.handler?.(call);
    });

  /** The latest request. */
  get last(): FakeCall {
    return this.calls.at(-1)!;
  }

  client(): GraphQLClient {
    return new GraphQLClient({ endpoint: 'http://server.test/graphql', fetch: this.fetch });
  }
}

/** Waits until the code under test waits for the test: turns of the event loop, not time, as machines differ. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export const failure = (code: string, path?: (string | number)[]) => ({ message: `${code} occurred`, path, extensions: { code } });

/** Returns the page of a list that a request asks for. A cursor is the id of its item. */
export function pageOf<T extends { id: string }>(items: readonly T[], { first, after }: Record<string, any>) {
  const start = after ? items.findIndex(({ id }) => id === after) + 1 : 0;
  const nodes = items.slice(start, start + first);
  return { nodes, pageInfo: { hasNextPage: start + first < items.length, endCursor: nodes.at(-1)?.id ?? null } };
}

export const range = <T>(count: number, make: (i: number) => T, from = 0): T[] => Array.from({ length: count }, (_, i) => make(from + i));

export const character = (i: number | string): Character => ({
  id: `c${i}`,
  groupId: `group${i}`,
  name: `Character ${i}`,
  genderCategory: 'FEMALE',
  ownership: 'PUBLIC',
  status: null,
  looksCount: 1,
  previewImageUrl: null,
});

export const look = (i: number | string): Look => ({
  id: `l${i}`,
  lookId: `look${i}`,
  name: `Look ${i}`,
  avatarType: 'STUDIO_AVATAR',
  groupId: 'group1',
  tags: [],
  supportedApiEngines: ['avatar_iv'],
  previewImageUrl: null,
  previewVideoUrl: null,
  imageWidth: null,
  imageHeight: null,
  aspectRatio: null,
  preferredOrientation: null,
  defaultVoiceId: null,
  status: null,
  error: null,
  readiness: { state: 'READY', reason: null },
});

export const voice = (i: number | string): Voice => ({
  id: `v${i}`,
  voiceId: `voice${i}`,
  name: `Voice ${i}`,
  language: 'English',
  genderCategory: 'FEMALE',
  previewAudioUrl: null,
});
