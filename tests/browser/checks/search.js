// The search: what it finds in the sample archive, how it says so, and that it never turns words into markup.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { lands, must } from '../browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// What may be read before the first results, in bytes; no host is counted on to compress.
const BUDGET = 300_000;

export async function all({ site, chromium, check }) {
  const address = site.kinds.get('search');
  if (!address) return;
  const asked = (query, look, options) =>
    chromium.open(address + query, options ?? {}, async page => {
      await answered(page);
      await look(page);
    });
  const count = (page, group) => page.locator(`#g-${group} .hits > *`).count();
  const texts = (page, selector) => page.locator(selector).allTextContents();

  await check('search: a word is answered in groups, marked, within the budget', () =>
    asked('?q=tunnel', async page => {
      for (const group of ['reports', 'quotes', 'photos']) must((await count(page, group)) > 0, `no ${group}`);
      must(/^\d+ reports, \d+ quotations, /.test(await page.locator('#told').textContent()), 'the counts are not told');
      const marks = await texts(page, '.groups mark');
      must(marks.length && marks.every(word => /^tunnel/i.test(word)), `marked: ${marks}`);
      const bytes = Number(await page.locator('#find').getAttribute('data-bytes'));
      must(bytes > 0 && bytes < BUDGET, `${bytes} bytes were read`);
    }));

  await check('search: the script folds words as the index does', async () => {
    const script = readFileSync(site.file(site.root + 'search.js'), 'utf8');
    const folding = script.slice(script.indexOf('const PLAIN'), script.indexOf('// What is asked for'));
    const words = new Function(`${folding} return words;`)();
    for (const [text, expected] of JSON.parse(readFileSync(new URL('../../folded.json', import.meta.url)))) {
      const folded = words(text).map(({ word }) => word).join(' ');
      must(folded === expected, `${text}: ${folded}`);
    }
  });

  await check('search: a photograph of two reports stands once', () =>
    asked('?q=westbank+shaft', async page => {
      const links = await page.locator('#g-photos .hits a').evaluateAll(links => links.map(link => link.pathname));
      const uses = await Promise.all(links.map(link => readFileSync(site.file(link), 'utf8').match(/<ul class="uses">[\s\S]*?<\/ul>/)[0].match(/<li>/g).length));
      must(uses.some(n => n > 1), 'none of them has two uses');
      must(new Set(links).size === links.length, `found twice: ${links}`);
      must((await page.locator('#g-photos h2 span').textContent()) === String(links.length), 'it is counted twice');
    }));

  await check('search: more is shown on demand, and the focus goes on', () =>
    asked('?q=the', async page => {
      const before = await count(page, 'quotes');
      await page.locator('#g-quotes > button').click();
      await page.waitForFunction(n => document.querySelectorAll('#g-quotes .hits > *').length > n, before);
      const inNew = await page.evaluate(n => document.querySelectorAll('#g-quotes .hits > *')[n].contains(document.activeElement), before);
      must(inNew, 'the focus is elsewhere');
    }));

  await check('search: a quotation leads to its mark in the report', () =>
    asked('?q=tunnel', async page => {
      const links = page.locator('#g-quotes blockquote a');
      const said = plain(await links.first().textContent());
      const target = new URL(await links.first().getAttribute('href'), 'http://site');
      await links.first().click();
      await lands(page, address => address.pathname === target.pathname && address.hash === target.hash, 'another page');
      const note = await page.locator(`#n-${target.hash.slice(3)} .said`).textContent();
      must(plain(note) === said, `“${said}” became “${note}”`);
      await page.goBack();
      await answered(page);
      must((await page.locator('#f-q').inputValue()) === 'tunnel' && (await count(page, 'quotes')), 'Back has lost the search');
    }));

  await check('search: words in quotation marks stand together', () =>
    asked('?q=' + encodeURIComponent('"calder tunnel"'), async page => {
      const marks = await texts(page, '.groups mark');
      must(marks.length && marks.every(words => /^calder\s+tunnel/i.test(words)), `marked: ${marks}`);
      const together = await page.locator('#g-reports h2 span').textContent();
      await page.locator('#f-q').fill('calder tunnel');
      await page.waitForFunction(n => Number(document.querySelector('#g-reports h2 span').textContent) > n, Number(together));
    }));

  await check('search: case, accents and apostrophes make no difference', async () => {
    const told = [];
    for (const query of ['TÚNNEL', "tunnel's", 'tunnel']) {
      await asked('?q=' + encodeURIComponent(query + ' '), async page => told.push(await page.locator('#told').textContent()));
    }
    must(told[0] && told.every(words => words === told[0]), told.join(' | '));
  });

  await check('search: the last word may go on', () =>
    asked('', async page => {
      await page.locator('#f-q').pressSequentially('tunne');
      await page.waitForFunction(() => document.querySelectorAll('#g-reports .hits > *').length);
      must((await texts(page, '.groups mark')).some(word => /^tunnel/i.test(word)), 'no tunnel');
      await lands(page, address => address.search === '?q=tunne', 'the address does not say it');
    }));

  await check('search: by speaker, and by kind', async () => {
    const people = [...site.pages.keys()].filter(page => /\/people\/[^/]{2,}\/$/.test(page));
    const slug = people.find(page => page.endsWith('/ingrid-marsh/'))?.split('/').at(-2) ?? people[0].split('/').at(-2);
    await asked(`?person=${slug}`, async page => {
      const all = Number(await page.locator('#g-quotes h2 span').textContent());
      const links = await page.locator('#g-quotes .by a').evaluateAll(found => found.map(link => link.getAttribute('href')));
      must(links.length && links.every(link => link.endsWith(`/people/${slug}/`)), `spoken by ${links}`);
      await page.waitForFunction(() => !document.querySelector('#f-person').value.includes('-'));
      await page.locator('.narrow label', { hasText: 'Reported' }).click();
      await lands(page, address => address.searchParams.get('kind') === 'reported', 'the address does not say it');
      await page.waitForFunction(n => Number(document.querySelector('#g-quotes h2 span').textContent) < n, all);
      must(await page.locator('#g-quotes .said').evaluateAll(found => found.every(said => said.matches('.rep'))), 'direct speech too');
      must(new URL(page.url()).searchParams.get('person') === slug, 'the speaker is lost');
    });
  });

  await check('search: a speaker can be typed', () =>
    asked('?q=tunnel', async page => {
      await page.locator('#f-person').pressSequentially('ingr');
      await page.waitForFunction(() => document.querySelector('#f-people option'));
      await page.locator('#f-person').fill(await page.locator('#f-people option').first().getAttribute('value'));
      await lands(page, address => address.searchParams.get('person') === 'ingrid-marsh', 'the address does not say it');
    }));

  await check('search: by section and year', () =>
    asked('?q=the', async page => {
      const all = Number(await page.locator('#g-reports h2 span').textContent());
      const year = await page.locator('#f-year option').nth(1).getAttribute('value');
      await page.locator('#f-year').selectOption(year);
      await page.waitForFunction(n => Number(document.querySelector('#g-reports h2 span').textContent) < n, all);
      const dates = await page.locator('#g-reports time').evaluateAll(found => found.map(time => time.dateTime));
      must(dates.length && dates.every(date => date.startsWith(year)), `dated ${dates}`);
      const name = await page.locator('#f-section option').nth(1).textContent();
      await page.locator('#f-section').selectOption({ index: 1 });
      await lands(page, address => address.searchParams.get('section'), 'the address does not say it');
      await page.waitForFunction(name => [...document.querySelectorAll('#g-reports .kick')].every(kick => kick.textContent === name), name);
    }));

  await check('search: doubt is shown', () =>
    asked('?q=the', async page => {
      while (!(await page.locator('#g-quotes .chip.unsure').count()) && (await page.locator('#g-quotes > button').isVisible())) {
        const before = await count(page, 'quotes');
        await page.locator('#g-quotes > button').click();
        await page.waitForFunction(n => document.querySelectorAll('#g-quotes .hits > *').length > n, before);
      }
      must(await page.locator('#g-quotes .chip.unsure').count(), 'all speakers are sure');
    }));

  await check('search: nothing asked, nothing found, nothing read', async () => {
    await asked('', async page => {
      must((await page.locator('#told').textContent()).length > 10, 'silence');
      must(!(await page.locator('#find').getAttribute('data-bytes')), 'the index was read for nothing');
    });
    await asked('?q=xyzzyq', async page => {
      must(!(await page.locator('.groups .block:visible').count()), 'groups are shown');
      must((await page.locator('#told').textContent()).startsWith('Nothing'), 'it does not say so');
    });
  });

  await check('search: a hostile address stays text', () =>
    asked('?q=' + encodeURIComponent('<img src=x onerror=alert(1)> "<b>tunnel</b>"') + '&person=%3Cb%3E', async page => {
      must(!(await page.locator('.found img[src=x], .found b').count()), 'it became an element');
    }));

  await check('search: nothing moves, whatever is asked and however wide', async () => {
    for (const width of [1366, 390]) {
      for (const query of ['', '?q=tunnel', '?q=zzzz']) {
        await chromium.open(address + query, { viewport: { width, height: 900 } }, async page => {
          await answered(page);
          const shift = await page.evaluate(() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => (sum += entry.value)))
              .observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 100);
          }));
          must(shift < 0.01, `${width} wide, ${query}: the layout shifts by ${shift}`);
        });
      }
    }
  });

  await check('search: a lost connection is told in words', async () => {
    await chromium.open(address, {}, async page => {
      await page.evaluate(() => (globalThis.fetch = () => Promise.reject(new Error('no network'))));
      await page.locator('#f-q').fill('tunnel');
      await page.waitForFunction(() => document.querySelector('#told').textContent.includes('no network'));
    });
  });

  await check('search: axe on results, light, dark and phone', () =>
    asked('?q=marsh', async page => {
      await page.evaluate(AXE);
      for (const [colorScheme, width] of [['light', 1366], ['dark', 1366], ['light', 390]]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        const faults = await page.evaluate(async () => {
          const { violations } = await globalThis.axe.run(document);
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
        });
        must(!faults.length, `${colorScheme} ${width}: ${faults.join('\n')}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        must(!wide, `it scrolls sideways at ${width}`);
      }
    }));

  await check('search: without script the form leads to people and dates', () =>
    chromium.open(address + '?q=tunnel', { javaScriptEnabled: false }, async page => {
      for (const list of ['people/', 'dates/']) must(await page.locator(`.scriptless a[href$="${list}"]`).isVisible(), `no way to ${list}`);
      must(!(await page.locator('.narrow').isVisible()), 'filters are offered that do nothing');
    }));

  await check('search: the box in the footer asks the same', () =>
    chromium.open(site.kinds.get('report'), {}, async page => {
      await page.waitForLoadState('networkidle');
      await page.locator('.ask input').fill('tunnel');
      await page.locator('.ask input').press('Enter');
      await lands(page, there => there.pathname === address && there.search === '?q=tunnel', 'it leads elsewhere');
      await answered(page);
      must((await count(page, 'reports')) > 0, 'nothing is found');
    }));
}

// Waits until the page has said what it found.
async function answered(page) {
  await page.waitForFunction(() => {
    const told = document.querySelector('#told');
    const { slow, empty } = told.dataset;
    const said = told.textContent;
    return said && said !== slow && (said !== empty || !location.search);
  });
}

function plain(text) {
  return text.replace(/\s+/g, ' ').trim();
}
