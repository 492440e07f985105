import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

// withServers builds the server and calls use with start, which starts a server with the given settings and returns its
// URL. It stops all of them when use returns.
export async function withServers(use) {
  const folder = await mkdtemp(join(tmpdir(), 'heygen-graphql-'));
  const binary = join(folder, 'heygen-graphql');
  const children = [];
  const start = (settings) => {
    const env = { LISTEN_ADDR: '127.0.0.1:0', ...settings };
    const child = spawn(binary, [], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    children.push({ child, exited: new Promise((resolve) => child.once('exit', resolve)) });
    return waitForURL(child);
  };
  try {
    await promisify(execFile)('go', ['build', '-o', binary, '.'], { cwd: ROOT });
    await use(start);
  } finally {
    for (const { child, exited } of children) {
      child.kill();
      await exited;
    }
    await rm(folder, { recursive: true });
  }
}

// waitForURL waits for the log line that contains the server's URL.
async function waitForURL(child) {
  const log = [];
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    const url = /graphiql=(http\S+)\//.exec(line)?.[1];
    if (url) {
      child.stderr.resume(); // otherwise the log would fill the pipe
      return url;
    }
  }
  throw new Error(`the server did not start:\n${log.join('\n')}`);
}
