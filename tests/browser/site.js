// A built site: its files, its addresses, and one page of every kind to look at.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

// How each kind is told from its markup; of several pages the one with most of `rich` is looked at.
const KINDS = [
  ['home', page => page.address === page.root],
  ['not found', page => page.path === '404.html'],
  ['report', page => page.html.includes('class="body"'), /class="q /g],
  ['person', page => page.html.includes('class="phead"'), /class="ql/g],
  ['sections', page => page.path === 'sections/index.html'],
  ['people', page => page.path === 'people/index.html'],
  ['letter', page => /^people\/[^/]+\/index.html$/.test(page.path) && page.html.includes('class="letters"'), /<tr>/g],
  ['photos', page => page.path === 'photos/index.html'],
  ['credits', page => page.path === 'photos/credits/index.html'],
  ['photo', page => page.html.includes('class="single"'), /<dt>/g],
  ['dates', page => page.path === 'dates/index.html'],
  ['year', page => page.html.includes('class="months"'), /<b>/g],
  ['month', page => page.html.includes('class="monthly"'), /class="entry/g],
  ['day', page => /^\d{4}\/\d\d\/\d\d\/index.html$/.test(page.path), /class="entry/g],
  ['topics', page => page.path === 'topics/index.html'],
  ['timeline', page => page.path === 'timeline/index.html'],
  ['topic timeline', page => /^topics\/[^/]+\/timeline\//.test(page.path), /class="ev/g],
  ['sources', page => page.path === 'sources/index.html'],
  ['source', page => page.path.startsWith('sources/'), /class="entry/g],
  ['corrections', page => page.path === 'corrections/index.html'],
  ['quotation', page => page.path.startsWith('q/'), /class="conf/g],
  ['data', page => page.path === 'about/data/index.html'],
  ['topic', page => page.path.startsWith('topics/'), /class="entry/g],
  ['method', page => page.path === 'about/method/index.html'],
  ['search', page => page.path === 'search/index.html'],
  ['section', page => page.html.includes('class="days"'), /class="entry/g],
];

export class Site {
  constructor(folder) {
    this.folder = resolve(folder);
    const home = readFileSync(join(this.folder, 'index.html'), 'utf8');
    this.root = home.match(/<link rel="icon" href="([^"]*)icon\.svg"/)?.[1] ?? '/';
    this.pages = new Map();
    this.kinds = new Map();
    const most = new Map();
    for (const entry of readdirSync(this.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
      const path = relative(this.folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      const address = this.root + path.replace(/(^|\/)index\.html$/, '$1');
      const page = { path, address, root: this.root, html: readFileSync(join(this.folder, path), 'utf8') };
      const [kind, , rich] = KINDS.find(([, is]) => is(page)) ?? [];
      const worth = rich ? (page.html.match(rich) ?? []).length : 1;
      if (kind && worth > (most.get(kind) ?? -1)) {
        most.set(kind, worth);
        this.kinds.set(kind, address);
      }
      const ids = new Set([...page.html.matchAll(/\sid="([^"]*)"/g)].map(match => unescape(match[1])));
      const links = [...page.html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(match => unescape(match[1]));
      this.pages.set(address, { path, ids, links });
    }
  }

  // The file an address shows; undefined where there is none.
  file(address) {
    if (!address.startsWith(this.root)) return undefined;
    const path = join(this.folder, decodeURIComponent(address.slice(this.root.length)));
    if (!path.startsWith(this.folder)) return undefined;
    const file = address.endsWith('/') ? join(path, 'index.html') : path;
    return existsSync(file) && statSync(file).isFile() ? file : undefined;
  }
}

function unescape(text) {
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, entity => entities[entity]);
}
