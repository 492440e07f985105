import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

// serve serves the files of a folder on a free loopback port until close is called. edit returns what is served instead
// of the source of a page.
export async function serve(folder, edit = (page) => page) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    // Browsers request it if a page has no icon, and log an error if it is missing.
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    const path = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    try {
      let body = await readFile(path);
      if (extname(path) === '.html') body = edit(String(body));
      response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
