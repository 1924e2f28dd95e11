// Drives `onrecord serve` as an editor would: writes files, and looks at what an open page makes of it.
// Usage: node preview.js ONRECORD_BINARY [FOLDER FOR SCREENSHOTS]

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { browser, must } from './browser.js';
import { checks } from './checks.js';
import { site, start } from './running.js';

const pictures = process.argv[3];
const { root, put, remove } = site();
const filler = Array.from({ length: 60 }, (_, n) => `The ferry sailed at ${n + 1} minutes past, as it does.\n`).join('\n');
const report = (words, more = '') =>
  `+++\ntitle = "Quay reopens"\nsection = "Harbour"\nslug = "quay"\n+++\n\n“It holds,” said Ingrid Marsh.\n\n${filler}\nThe lamp was ${words}.\n${more}`;
const REPORT = 'content/2031/11/14-quay.md';
put(REPORT, report('lit'));

const served = await start(process.argv[2], root, ['serve']);
const chromium = await browser(served);
const { check, end } = checks();
const open = look => chromium.open('/2031/11/14/quay/', {}, look);
const last = page => page.locator('.body p', { hasText: 'The lamp was' });
const says = (page, words) => page.locator('.body p', { hasText: words }).waitFor({ timeout: 15_000 });
const picture = (page, name) => (pictures ? page.screenshot({ path: join(pictures, `${name}.png`) }) : undefined);
// A page that listens has nothing more to load.
const listening = page => page.waitForTimeout(700);

await check('a word is changed in place, and nothing moves', () =>
  open(async page => {
    await listening(page);
    await last(page).scrollIntoViewIfNeeded();
    await page.evaluate(() => (globalThis.untouched = true));
    const before = await page.evaluate(() => scrollY);
    must(before > 500, 'the page is too short to scroll');
    put(REPORT, report('out'));
    await says(page, 'The lamp was out.');
    must(await page.evaluate(() => globalThis.untouched), 'the page was loaded again');
    must((await page.evaluate(() => scrollY)) === before, 'the page has moved');
  }));

await check('a quotation is added, and the reader stays where they were', () =>
  open(async page => {
    await listening(page);
    await last(page).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    put(REPORT, report('out', '\n“It was never lit,” said Tobias Renn.\n'));
    await says(page, 'It was never lit');
    await page.locator('.body .chip').nth(1).waitFor();
    await page.waitForFunction(y => Math.abs(scrollY - y) < 5, before, { timeout: 5_000 });
  }));

await check('a style sheet is exchanged without loading the page again', () =>
  open(async page => {
    await listening(page);
    await page.evaluate(() => (globalThis.untouched = true));
    put('static/theme.css', 'h1 { color: rgb(1, 2, 3) }');
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)');
    must(await page.evaluate(() => globalThis.untouched), 'the page was loaded again');
    rmSync(join(root, 'static'), { recursive: true });
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color !== 'rgb(1, 2, 3)');
  }));

await check('a fault is shown over the last good page, with its place, and goes with it', () =>
  open(async page => {
    await listening(page);
    put('templates/article.html', '<p>\n{{ page.headline\n</p>\n<b>after</b>\n');
    const panel = page.getByRole('alert', { name: 'Not built' });
    await panel.waitFor({ timeout: 15_000 });
    must(await page.locator('h1', { hasText: 'Quay reopens' }).isVisible(), 'the last good page is gone');
    must((await panel.textContent()).includes('templates/article.html:'), 'no place is named');
    const link = panel.getByRole('link').first();
    must(/^vscode:\/\/file\/.*article\.html:\d+:\d+$/.test(await link.getAttribute('href')), 'no way into the editor');
    must(await panel.locator('pre mark').count(), 'the lines are not shown');
    must(!(await page.locator('b', { hasText: /^after$/ }).count()), 'a line of a template has become markup');
    await picture(page, 'fault');
    await page.setViewportSize({ width: 390, height: 844 });
    must(await page.evaluate(() => document.documentElement.scrollWidth <= 390), 'the page scrolls sideways');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'fault-phone-dark');
    rmSync(join(root, 'templates'), { recursive: true });
    await panel.waitFor({ state: 'detached', timeout: 15_000 });
  }));

await check('a warning is one line until it is asked for', () =>
  open(async page => {
    await listening(page);
    put('content/2031/11/13-open.txt', 'Bore is dry\n\n“The bore is dry and the pumps stay, said Tobias Renn of the works.\n');
    const pill = page.getByRole('button', { name: '1 warning' });
    await pill.waitFor({ timeout: 15_000 });
    await pill.click();
    const panel = page.getByRole('region', { name: 'Built, with 1 warning' });
    must((await panel.textContent()).includes('quote-unclosed'), 'the warning is not shown');
    await picture(page, 'warning');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    rmSync(join(root, 'content/2031/11/13-open.txt'));
    await pill.waitFor({ state: 'detached', timeout: 15_000 });
  }));

await chromium.close();
served.end();
remove();
end();
