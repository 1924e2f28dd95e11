// Prints what a search costs on a built site, as raw bytes: node tests/browser/bytes.js SITE_DIR QUERY...
// Pictures and the page itself are left out. Fails where a search reads 300 kB or more.

import { resolve } from 'node:path';
import { browser } from './browser.js';
import { serve } from './server.js';
import { Site } from './site.js';

const BUDGET = 300_000;
// Walking all pages, as the checks do, would take longer than all searches together.
const site = Object.assign(Object.create(Site.prototype), { folder: resolve(process.argv[2]), root: '/' });
const server = await serve(site);
const chromium = await browser(server);
let dear = 0;
console.log('| query | requests | bytes: words | lists, cards, people | reports | all | answer |\n| --- | --: | --: | --: | --: | --: | --- |');
for (const query of process.argv.slice(3)) {
  await chromium.open('/search/?' + query, {}, async page => {
    await page.waitForFunction(() => {
      const { textContent, dataset } = document.querySelector('#told');
      // What it says before the script comes, and while it looks, is no answer.
      return textContent && ![dataset.empty, dataset.slow].includes(textContent);
    });
    const { requests, ...sums } = await page.evaluate(() => {
      const sums = { words: 0, cards: 0, reports: 0, requests: 0 };
      for (const { name, decodedBodySize } of performance.getEntriesByType('resource')) {
        const path = new URL(name).pathname;
        if (!/\.(bin|json)$/.test(path)) continue;
        sums.requests += 1;
        sums[path.endsWith('.bin') ? 'words' : path.startsWith('/search/') ? 'cards' : 'reports'] += decodedBodySize;
      }
      return sums;
    });
    const all = Number((await page.locator('#find').getAttribute('data-bytes')) ?? 0);
    if (all >= BUDGET) dear += 1;
    const told = await page.locator('#told').textContent();
    console.log(`| \`${decodeURIComponent(query)}\` | ${requests} | ${sums.words} | ${sums.cards} | ${sums.reports} | ${all} | ${told} |`);
  });
}
await chromium.close();
server.close();
process.exitCode = dear ? 1 : 0;
