// Who said what is seen: tints, lines, chips, notes and back.

import { lands, must } from '../browser.js';

export async function all({ site, chromium, check }) {
  const report = site.kinds.get('report');

  await check('marks differ by speaker in colour and line', () =>
    chromium.open(report, {}, async page => {
      const marks = await page.$$eval('.body .q', all =>
        all.map(mark => {
          const style = getComputedStyle(mark);
          const slot = [...mark.classList].filter(name => /^[sl]\d$/.test(name)).join(' ');
          return {
            slot,
            direct: mark.classList.contains('d'),
            ground: style.backgroundColor,
            line: style.textDecorationLine,
            look: `${style.textDecorationColor} ${style.textDecorationStyle} ${mark.matches('.d') ? style.textDecorationThickness : ''}`,
          };
        }));
      must(marks.length > 3, `only ${marks.length} marks`);
      for (const mark of marks) {
        must(mark.line.includes('underline'), 'a mark without a line');
        must(!/rgba\(\d+, \d+, \d+, 0\)|transparent/.test(mark.ground), 'a mark without a tint');
      }
      const looks = new Map();
      for (const { slot, look, direct } of marks) {
        const key = `${look} ${direct}`;
        must(!looks.has(key) || looks.get(key) === slot, `${looks.get(key)} and ${slot} look the same: ${look}`);
        looks.set(key, slot);
      }
      must(new Set(marks.map(mark => mark.slot)).size > 1, 'one speaker only');
    }));

  await check('a chip leads to its note and the note back to the words', () =>
    chromium.open(report, { javaScriptEnabled: false }, async page => {
      const chip = page.locator('.body a.chip').nth(1);
      const note = (await chip.getAttribute('href')).slice(1);
      await chip.click();
      await lands(page, address => address.hash === '#' + note, 'the chip goes elsewhere');
      const entry = page.locator(`[id="${note}"]`);
      must(await inView(entry), 'the note is out of sight');
      await entry.getByRole('link', { name: 'In the text' }).click();
      await lands(page, address => address.hash === '#q' + note.slice(1), 'the way back goes elsewhere');
      must(await inView(page.locator(`[id="q${note.slice(1)}"]`)), 'the words are out of sight');
    }));

  await check('every quotation has its mark, its note and its chip', () =>
    chromium.open(report, {}, async page => {
      const faults = await page.evaluate(() => {
        const notes = [...document.querySelectorAll('.notes li')];
        const lost = notes.filter(note => !document.getElementById('q' + note.id.slice(1))).map(note => note.id);
        const chips = [...document.querySelectorAll('.body .chip')];
        return lost.concat(chips.filter(chip => !document.getElementById(chip.hash.slice(1))).map(chip => chip.hash));
      });
      must(!faults.length, `without a partner: ${faults.join(', ')}`);
    }));

  await check('a shared quotation is shown lit', () =>
    chromium.open(report, {}, async page => {
      const id = await page.locator('.body .q[id]').last().getAttribute('id');
      const plain = await page.locator(`[id="${id}"]`).evaluate(mark => getComputedStyle(mark).backgroundColor);
      await page.goto(page.url().split('#')[0] + '#' + id);
      const mark = page.locator(`[id="${id}"]`);
      must(await inView(mark), 'the words are out of sight');
      must((await mark.evaluate(q => getComputedStyle(q).backgroundColor)) !== plain, 'the words are not lit');
    }));

  await check('a topic’s quotations are filtered by speaker, without script', () =>
    chromium.open(site.kinds.get('topic'), { javaScriptEnabled: false }, async page => {
      if (!(await page.locator('#w-1').count())) return;
      const shown = () => page.locator('.quotes .said').evaluateAll(all => all.map(said => said.checkVisibility()));
      const all = await shown();
      must(all.every(Boolean), 'some are hidden before anything is chosen');
      await page.locator('label:has(#w-1)').click();
      const mine = await page.locator('.quotes .said').evaluateAll(all => all.map(said => said.classList.contains('w1')));
      must(mine.includes(true) && mine.includes(false), 'one speaker only');
      must(String(await shown()) === String(mine), 'the filter shows others, or hides some');
      await page.locator('label:has(#w-0)').click();
      must(String(await shown()) === String(all), 'they do not come back');
    }));

  await check('people are found by what is typed', () =>
    chromium.open(site.kinds.get('people'), {}, async page => {
      const rows = page.locator('.folk tbody tr');
      const all = await rows.count();
      const name = (await rows.last().locator('a').textContent()).split(',')[0];
      await page.locator('#t-find').fill(name.toUpperCase());
      const shown = await rows.evaluateAll(rows => rows.filter(row => row.checkVisibility()).map(row => row.textContent));
      must(shown.length > 0 && shown.length < all, `${shown.length} of ${all} are shown`);
      must(shown.every(row => row.includes(name)), 'others are shown');
      must((await page.locator('.find output').textContent()) === String(shown.length), 'the number is wrong');
      const heads = await page.locator('.folk').evaluateAll(all => all.filter(part => part.checkVisibility()).length);
      must(heads <= shown.length, 'letters without people are shown');
      await page.locator('#t-find').fill('');
      must((await rows.evaluateAll(rows => rows.every(row => row.checkVisibility()))), 'they do not come back');
    }));

  await check('a person’s page leads into the report and filters', () =>
    chromium.open(site.kinds.get('person'), { javaScriptEnabled: false }, async page => {
      if (await page.locator('#f-r').count()) {
        await page.locator('label:has(#f-r)').click();
        must(!(await page.locator('.ql .dir').first().isVisible()), 'direct speech is still shown');
        must(await page.locator('.ql .rep').first().isVisible(), 'reported speech is hidden');
        await page.locator('label:has(#f-a)').click();
      }
      await page.getByRole('link', { name: 'In the report' }).first().click();
      await lands(page, address => address.hash.startsWith('#q-'), 'no quotation in the address');
      must(await inView(page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`)), 'the words are out of sight');
    }));

  await check('print keeps words, chips and notes and leaves the interface out', () =>
    chromium.open(report, {}, async page => {
      await page.emulateMedia({ media: 'print' });
      const seen = selector => page.locator(selector).first().isVisible();
      for (const selector of ['.mast nav', '.tog', '.acts']) must(!(await seen(selector)), `${selector} is printed`);
      for (const selector of ['.body .chip', '.notes li', '.printed']) must(await seen(selector), `${selector} is not printed`);
    }));
}

// Asked from outside: in a page without script no timer runs, and smooth scrolling may still be under way.
async function inView(locator) {
  for (let i = 0; i < 40; i++) {
    const seen = await locator.evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    if (seen) return true;
    await new Promise(rest => setTimeout(rest, 50));
  }
  return false;
}
