// A site of its own, and `onrecord serve` or `review` running in it.

import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// An empty site: where it lies, how files are put into it, and how it is taken away.
export function site() {
  const root = mkdtempSync(join(tmpdir(), 'onrecord-preview-'));
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return { root, put, remove: () => rmSync(root, { recursive: true, force: true }) };
}

// Starts it and waits until it is ready: the address it says to read at, and how to end it.
export async function start(binary, root, args) {
  const child = spawn(resolve(binary), [...args, '--port', '0'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise((ready, fail) => {
    let said = '';
    child.stdout.on('data', data => {
      said += data;
      const found = said.match(/http:\/\/\S+/);
      if (found) ready(found[0]);
    });
    child.on('exit', () => fail(new Error(`${args[0]} ended: ${said}`)));
  });
  const end = () => {
    child.removeAllListeners('exit');
    child.kill();
  };
  return { url, origin: new URL(url).origin, end };
}
