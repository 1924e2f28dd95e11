// Runs every check on every kind of page and prints `N passed, N failed`.

import { browser } from './browser.js';
import { checks } from './checks.js';
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
const { check, end } = checks();

try {
  for (const group of [links, marks, scriptless, keys, search, layout, access]) {
    await group.all({ site, chromium, check });
  }
} finally {
  await chromium.close();
  server.close();
}
console.log(`${site.kinds.size} kinds of page, ${site.pages.size} pages`);
end();
