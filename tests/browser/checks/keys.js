// J, K, C, Escape and the card.

import { must } from '../browser.js';

export async function all({ site, chromium, check }) {
  const report = site.kinds.get('report');
  const options = { permissions: ['clipboard-read', 'clipboard-write'] };

  await check('J and K walk the quotations, C copies a citation', () =>
    chromium.open(report, options, async page => {
      const ids = await page.$$eval('.body .q[id]', marks => marks.map(mark => mark.id));
      const at = () => page.evaluate(() => location.hash.slice(1));
      await page.keyboard.press('j');
      must((await at()) === ids[0], 'J does not begin at the first');
      await page.keyboard.press('j');
      must((await at()) === ids[1], 'J does not go on');
      must(await page.locator(`[id="${ids[1]}"].on`).count(), 'the quotation is not lit');
      must(!(await page.locator(`[id="${ids[0]}"].on`).count()), 'the one before is still lit');
      must(await page.locator('.card').isVisible(), 'no card is shown');
      await page.keyboard.press('Escape');
      must(!(await page.locator('.card').isVisible()), 'Escape does not close the card');
      await page.keyboard.press('k');
      must((await at()) === ids[0], 'K does not go back');
      await page.keyboard.press('c');
      await page.locator('.toast:not(:empty)').waitFor({ timeout: 2000 });
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const said = (await page.locator(`[id="n${ids[0].slice(1)}"] .said`).textContent()).trim();
      // The address is the mark's, or the quotation's own page where it has one.
      const address = await page.locator(`[id="n${ids[0].slice(1)}"] .acts a`).nth(1).getAttribute('href');
      must(address.endsWith('#' + ids[0]) || address.includes('/q/'), `the permalink is ${address}`);
      must(copied.startsWith(said) && copied.endsWith(address), `copied: ${copied}`);
    }));

  await check('keys can be turned off, and stay off', () =>
    chromium.open(report, options, async page => {
      await page.locator('#t-keys').uncheck();
      await page.reload();
      must(!(await page.locator('#t-keys').isChecked()), 'the choice is forgotten');
      await page.keyboard.press('j');
      must(!(await page.evaluate(() => location.hash)), 'J still walks');
    }));

  await check('a chip that is pointed at shows its card', () =>
    chromium.open(report, {}, async page => {
      const chip = page.locator('.body a.chip').first();
      await chip.hover();
      const card = page.locator('.card');
      await card.waitFor({ state: 'visible', timeout: 2000 });
      const note = page.locator(`[id="${(await chip.getAttribute('href')).slice(1)}"]`);
      const name = await note.locator('.by b').textContent();
      must((await card.textContent()).includes(name), 'the card names someone else');
      await card.hover();
      await page.waitForTimeout(400);
      must(await card.isVisible(), 'the card cannot be pointed at');
      await page.mouse.move(5, 5);
      await card.waitFor({ state: 'hidden', timeout: 2000 });
    }));

  await check('a card never covers the control that has focus', () =>
    chromium.open(report, {}, async page => {
      await page.keyboard.press('j');
      const chip = page.locator('.body a.chip').first();
      must(await chip.evaluate(element => element === document.activeElement), 'the chip has no focus');
      for (let step = 0; step < 12; step++) {
        await page.keyboard.press('Tab');
        const covered = await page.evaluate(() => {
          const card = document.querySelector('.card').getBoundingClientRect();
          const control = document.activeElement.getBoundingClientRect();
          return card.height && card.top < control.bottom && card.bottom > control.top &&
            card.left < control.right && card.right > control.left && document.activeElement.outerHTML.slice(0, 80);
        });
        must(!covered, `the card covers ${covered}`);
      }
    }));
}
