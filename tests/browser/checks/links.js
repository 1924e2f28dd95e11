// Every link inside the site leads to a file, and every anchor to an id.

export async function all({ site, check }) {
  await check('links and anchors resolve', () => {
    const lost = new Map();
    for (const [address, page] of site.pages) {
      for (const link of page.links) {
        const to = new URL(link, 'http://site' + address);
        if (to.origin !== 'http://site') continue;
        const shown = to.pathname.replace(/\/index\.html$/, '/');
        const anchor = decodeURIComponent(to.hash.slice(1));
        const known = site.pages.get(decodeURI(shown)) ?? site.pages.get(shown);
        const found = known ? !anchor || known.ids.has(anchor) : site.file(to.pathname) !== undefined;
        if (!found) lost.set(to.pathname + to.hash, [...(lost.get(to.pathname + to.hash) ?? []), address]);
      }
    }
    if (lost.size) {
      const lines = [...lost].slice(0, 20).map(([to, from]) => `${to} from ${from[0]} and ${from.length - 1} more`);
      throw new Error(`${lost.size} lead nowhere:\n${lines.join('\n')}`);
    }
  });
}
