// Looks at sites in other languages: node tongues.js FRENCH_SITE MIRRORED_SITE PLAIN_SITE
// The first is in French. The others have the same pages, the second from right to left: what stands so far from the
// left in one stands so far from the right in the other.

import { browser } from './browser.js';
import { checks } from './checks.js';
import { serve } from './server.js';
import { Site } from './site.js';
import * as access from './checks/access.js';
import * as french from './checks/french.js';
import * as links from './checks/links.js';
import * as mirrored from './checks/mirrored.js';

const { check, end } = checks();

// Opens a site, and closes it behind `look`.
async function at(folder, look) {
  const site = new Site(folder);
  const server = await serve(site);
  const chromium = await browser(server);
  try {
    await look({ site, chromium, check });
  } finally {
    await chromium.close();
    server.close();
  }
}

const [inFrench, fromRight, fromLeft] = process.argv.slice(2);
await at(inFrench, async place => {
  for (const group of [links, french, access]) await group.all(place);
});
await at(fromLeft, plain =>
  at(fromRight, async place => {
    await mirrored.all({ ...place, plain });
    await access.all(place);
  }));
end();
