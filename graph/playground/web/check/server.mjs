import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

// withServers builds the server. use gets start, which starts one with settings and gives its address; when use is done
// all of them are ended.
export async function withServers(use) {
  const folder = await mkdtemp(join(tmpdir(), 'heygen-graphql-'));
  const binary = join(folder, 'heygen-graphql');
  const children = [];
  const start = (settings) => {
    const env = { LISTEN_ADDR: '127.0.0.1:0', ...settings };
    const child = spawn(binary, [], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    children.push({ child, ended: new Promise((resolve) => child.once('exit', resolve)) });
    return addressOf(child);
  };
  try {
    await promisify(execFile)('go', ['build', '-o', binary, '.'], { cwd: ROOT });
    await use(start);
  } finally {
    for (const { child, ended } of children) {
      child.kill();
      await ended;
    }
    await rm(folder, { recursive: true });
  }
}

// addressOf waits for the line of the log that names it.
async function addressOf(child) {
  const log = [];
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    const address = /graphiql=(http\S+)\//.exec(line)?.[1];
    if (address) {
      child.stderr.resume(); // or its log would fill the pipe
      return address;
    }
  }
  throw new Error(`the server did not start:\n${log.join('\n')}`);
}
