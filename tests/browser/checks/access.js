// axe finds nothing on any kind of page: light, dark, phone.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { lands, must } from '../browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function all({ site, chromium, check }) {
  for (const [kind, address] of site.kinds) {
    await chromium.open(address, {}, async page => {
      await check(`${kind}: the skip link leads into the page`, () => skip(page));
      await page.evaluate(AXE);
      await check(`${kind}: axe, light`, () => axe(page));
      await page.emulateMedia({ colorScheme: 'dark' });
      await check(`${kind}: axe, dark`, () => axe(page));
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: 'light' });
      await check(`${kind}: axe, phone`, () => axe(page));
    });
  }
}

async function axe(page) {
  const run = tags => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  const { violations } = await page.evaluate(run, TAGS);
  const told = violations.flatMap(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(node => `  ${node.html.slice(0, 160)}\n  ${node.any[0]?.message ?? ''}`);
    return [`${id}, ${nodes.length} times: ${help}`, ...places];
  });
  must(!violations.length, told.join('\n'));
}

async function skip(page) {
  await page.keyboard.press('Tab');
  must((await page.evaluate(() => document.activeElement.className)) === 'skip', 'the first stop is another');
  await page.keyboard.press('Enter');
  await lands(page, address => address.hash === '#main', 'the skip link leads elsewhere');
}
