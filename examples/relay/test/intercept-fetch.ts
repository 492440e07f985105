import { onTestFinished } from 'vitest';

export type Sent = { query: string; variables: Record<string, unknown> };
type Answer = { data?: any; errors?: unknown[] };
type Change = {
  request?: (sent: Sent) => Sent;
  answer?: (answer: Answer, sent: Sent) => Answer | Promise<Answer>;
};

// wire lists the operations that are sent until the test is over, and changes them, or their answers, on their way.
export function wire({ request = (sent) => sent, answer = (given) => given }: Change = {}) {
  const sent: Sent[] = [];
  const plain = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    const operation = JSON.parse(String(init!.body)) as Sent;
    sent.push(operation);
    const response = await plain(url, { ...init, body: JSON.stringify(request(operation)) });
    const changed = await answer((await response.json()) as Answer, operation);
    return new Response(JSON.stringify(changed), { status: response.status });
  };
  onTestFinished(() => {
    globalThis.fetch = plain;
  });
  return sent;
}

// hold is for an answer to wait for, until it is let go.
export function hold() {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  return { held, letGo };
}
