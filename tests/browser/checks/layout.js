// Widths, schemes and pictures, on every kind of page.

import { must } from '../browser.js';

export async function all({ site, chromium, check }) {
  for (const [kind, address] of site.kinds) {
    await check(`${kind}: nothing to complain of`, () =>
      chromium.open(address, {}, async page => {
        await check(`${kind}: pictures keep their place and are there`, () => pictures(page));
        for (const width of [768, 390, 320]) {
          await check(`${kind}: no sideways scroll at ${width} px`, () => fits(page, width));
        }
        await check(`${kind}: the dark scheme applies`, () => dark(page));
      }));
  }
}

async function pictures(page) {
  const faults = await page.evaluate(async () => {
    const faults = [];
    for (const image of document.images) {
      for (const name of ['width', 'height', 'alt']) {
        if (!image.hasAttribute(name)) faults.push(`${image.src} has no ${name}`);
      }
      image.loading = 'eager';
      await image.decode().catch(() => faults.push(`${image.src} is not shown`));
    }
    const first = [...document.images].filter(image => image.fetchPriority === 'high');
    if (first.length > 1) faults.push(`${first.length} pictures want to be first`);
    return faults;
  });
  must(!faults.length, faults.join('\n'));
  const shift = await page.evaluate(() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => (sum += entry.value)))
      .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 50);
  }));
  must(shift < 0.01, `the layout shifts by ${shift}`);
}

async function fits(page, width) {
  await page.setViewportSize({ width, height: 800 });
  const over = await page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const sticks = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > wide + 1);
    return ['wider than the window'].concat(sticks.slice(0, 5).map(e => `${e.tagName} .${e.className}`));
  });
  must(!over.length, over.join('\n'));
}

async function dark(page) {
  await page.emulateMedia({ colorScheme: 'dark' });
  const [ground, ink] = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [backgroundColor, color].map(text => text.match(/[\d.]+/g).slice(0, 3).reduce((sum, n) => sum + +n, 0));
  });
  must(ground < 150 && ink > 500, `ground ${ground}, ink ${ink} of 765`);
}
