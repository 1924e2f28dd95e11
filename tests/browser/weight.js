// Weighs every page of a built site as readers load it: node tests/browser/weight.js SITE_DIR
// The page with its style sheets and scripts, each compressed as hosts do it. Prints the heaviest page of each kind and
// fails where a report is heavier than 30 kilobytes; lists grow with the archive, and `onrecord check` looks after them.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Site } from './site.js';

const BUDGET = 30_000;
const site = new Site(process.argv[2]);
const known = new Map();
const pressed = path => known.get(path) ?? known.set(path, gzipSync(readFileSync(path), { level: 6 }).length).get(path);

const heaviest = new Map();
let reports = 0;
let heavy = 0;
for (const [address, { path }] of site.pages) {
  const html = readFileSync(`${site.folder}/${path}`, 'utf8');
  const beside = [...html.matchAll(/<link rel="stylesheet" href="([^"]*)"|<script src="([^"]*)"/g)].map(([, style, script]) => style ?? script);
  const bytes = gzipSync(html, { level: 6 }).length + beside.reduce((sum, file) => sum + pressed(site.file(file)), 0);
  const kind = html.includes('class="body"') ? 'report' : html.includes('class="phead"') ? 'person' : 'others';
  if (kind === 'report') {
    reports += 1;
    if (bytes > BUDGET) {
      heavy += 1;
      console.log(`${address} weighs ${bytes} bytes`);
    }
  }
  if (bytes > (heaviest.get(kind)?.[0] ?? 0)) heaviest.set(kind, [bytes, address]);
}
for (const [kind, [bytes, address]] of heaviest) console.log(`heaviest of ${kind}: ${bytes} bytes, ${address}`);
console.log(`${site.pages.size} pages, ${reports} reports, ${heavy} too heavy`);
process.exitCode = heavy || !reports ? 1 : 0;
