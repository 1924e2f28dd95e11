// Runs every check on every kind of page and prints `N passed, N failed`.

import { browser } from './browser.js';
import { serve } from './server.js';
import { Site } from './site.js';
import * as access from './checks/access.js';
import * as keys from './checks/keys.js';
import * as layout from './checks/layout.js';
import * as links from './checks/links.js';
import * as marks from './checks/marks.js';
import * as scriptless from './checks/scriptless.js';
import * as search from './checks/search.js';

const site = new Site(process.argv[2]);
const server = await serve(site);
const chromium = await browser(server);
let passed = 0;
let failed = 0;

async function check(name, look) {
  let clock;
  const late = new Promise((_, fail) => (clock = setTimeout(() => fail(new Error('took over two minutes')), 120_000)));
  try {
    await Promise.race([look(), late]);
    passed += 1;
  } catch (fault) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${String(fault.message ?? fault).replaceAll('\n', '\n  ')}`);
  } finally {
    clearTimeout(clock);
  }
}

try {
  for (const checks of [links, marks, scriptless, keys, search, layout, access]) {
    await checks.all({ site, chromium, check });
  }
} finally {
  await chromium.close();
  server.close();
}
console.log(`${site.kinds.size} kinds of page, ${site.pages.size} pages`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
