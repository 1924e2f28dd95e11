// Serves a built site as a strict host would: under its own root, with the strict policy, 404.html for what is not there.

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
};

// The address of the site on a free port of this machine, and how to stop.
export async function serve(site) {
  // A site that says what policy it needs is held to that.
  const own = join(site.folder, 'policy.txt');
  const policy = existsSync(own) ? readFileSync(own, 'utf8').trim() : POLICY;
  const send = async (path, status, response) => {
    const body = await readFile(path);
    const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    response.writeHead(status, { 'content-type': type, 'content-security-policy': policy }).end(body);
  };
  const server = createServer(async (request, response) => {
    try {
      const path = site.file(new URL(request.url, 'http://site').pathname);
      await send(path ?? join(site.folder, '404.html'), path ? 200 : 404, response);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, close: () => server.close() };
}
