// axe finds nothing on any kind of page: light, dark, phone.

import { axe } from '../axe.js';
import { lands, must } from '../browser.js';

export async function all({ site, chromium, check }) {
  for (const [kind, address] of site.kinds) {
    await chromium.open(address, {}, async page => {
      await check(`${kind}: the skip link leads into the page`, () => skip(page));
      await check(`${kind}: axe, light`, () => axe(page));
      await page.emulateMedia({ colorScheme: 'dark' });
      await check(`${kind}: axe, dark`, () => axe(page));
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: 'light' });
      await check(`${kind}: axe, phone`, () => axe(page));
    });
  }
}

async function skip(page) {
  await page.keyboard.press('Tab');
  must((await page.evaluate(() => document.activeElement.className)) === 'skip', 'the first stop is another');
  await page.keyboard.press('Enter');
  await lands(page, address => address.hash === '#main', 'the skip link leads elsewhere');
}
