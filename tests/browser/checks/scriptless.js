// Nothing needs the script: the same words, and toggles by style alone.

import { must } from '../browser.js';

export async function all({ site, chromium, check }) {
  const report = site.kinds.get('report');

  for (const [kind, address] of site.kinds) {
    await check(`${kind}: the same words without script`, async () => {
      const words = [];
      for (const javaScriptEnabled of [true, false]) {
        await chromium.open(address, { javaScriptEnabled }, async page => {
          // Scripts add "Cite" buttons, one row about keys and what a search finds, nothing else; and the search says
            // what to do without one.
          words.push(await page.evaluate(() => {
            const main = document.querySelector('main').cloneNode(true);
            main.querySelectorAll('button, .js-only, .card, .scripted, .scriptless').forEach(extra => extra.remove());
            return main.textContent.replace(/\s+/g, ' ').trim();
          }));
        });
      }
      must(words[0] && words[0] === words[1], 'the words differ');
    });
  }

  await check('toggles work without script', () =>
    chromium.open(report, { javaScriptEnabled: false }, async page => {
      const ground = selector => page.locator(selector).first().evaluate(mark => getComputedStyle(mark).backgroundColor);
      const direct = await ground('.body .d');
      if (await page.locator('.body .r').count()) {
        const reported = await ground('.body .r');
        await page.locator('#t-rep').uncheck();
        must((await ground('.body .r')) !== reported, 'reported speech is still marked');
        must((await ground('.body .d')) === direct, 'direct speech lost its mark');
        await page.locator('#t-rep').check();
      }
      await page.locator('#t-hl').uncheck();
      must((await ground('.body .d')) !== direct, 'speakers are still marked');
      must(!(await page.locator('.body .chip').first().isVisible()), 'chips are still shown');
      await page.locator('#t-hl').check();
      must((await ground('.body .d')) === direct, 'marks do not come back');
      must(!(await page.locator('#t-keys').isVisible()), 'keys are offered that do nothing');
    }));
}
