// A site in French has no English left, says nothing on the console, and finds what is asked.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../browser.js';

const WORDS = new URL('../../../i18n/', import.meta.url);

export async function all({ site, chromium, check }) {
  const english = pieces('en');
  const own = pieces('fr');
  // What French says as well proves nothing.
  const foreign = [...english].filter(piece => ![...own].some(words => words.includes(piece)));
  const left = text => foreign.filter(piece => new RegExp(`(?<!\\p{L})${escaped(piece)}(?!\\p{L})`, 'u').test(text));

  await check('french: no English words of the theme in any file', () => {
    must(foreign.length > 300, `only ${foreign.length} words to look for`);
    const faults = [];
    for (const path of readdirSync(site.folder, { recursive: true })) {
      if (!/\.html$|atom\.xml$/.test(path)) continue;
      const found = left(told(readFileSync(join(site.folder, path), 'utf8')));
      if (found.length) faults.push(`${path}: ${found.slice(0, 4).join(' | ')}`);
    }
    must(!faults.length, faults.join('\n'));
  });

  for (const [kind, address] of site.kinds) {
    await check(`french: ${kind}`, () =>
      chromium.open(address, {}, async page => {
        must((await page.evaluate(() => document.documentElement.lang)) === 'fr-CH', 'another language');
        // Names of files, of elements and of fields are what they are in any language.
        await page.evaluate(() => document.querySelectorAll('code, pre, [lang=en]').forEach(other => other.remove()));
        const found = left(await page.evaluate(() => document.body.innerText));
        must(!found.length, `English: ${found.join(' | ')}`);
      }));
  }

  await check('french: a card and a citation', () =>
    chromium.open(site.kinds.get('report'), { permissions: ['clipboard-read', 'clipboard-write'] }, async page => {
      await page.keyboard.press('j');
      must(await page.locator('.card').isVisible(), 'no card is shown');
      await page.keyboard.press('c');
      await page.locator('.toast:not(:empty)').waitFor({ timeout: 2000 });
      const said = [await page.locator('.card').innerText(), await page.locator('.toast').innerText()].join('\n');
      const found = left(said + '\n' + (await page.evaluate(() => navigator.clipboard.readText())));
      must(!found.length, `English: ${found.join(' | ')}`);
    }));

  await check('french: the search finds, and counts in French', () =>
    chromium.open(site.kinds.get('search') + '?q=phare', {}, async page => {
      await page.locator('#g-reports .entry').first().waitFor();
      const words = await page.locator('#told').innerText();
      must(/^\d+ articles?(, \d+ citations?)?/.test(words), `it says ${words}`);
      const found = left(await page.locator('main').innerText());
      must(!found.length, `English: ${found.join(' | ')}`);
    }));
}

// What stands between the places of a language's words, where it is long enough to be told from a name.
function pieces(language) {
  const text = readFileSync(new URL(`${language}.toml`, WORDS), 'utf8');
  const out = new Set();
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    for (const [, value] of line.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      for (const piece of value.replace(/\{[a-z0-9-]+:([^}]*)\}/g, '{}$1{}').split(/\{[^}]*\}/)) {
        const words = piece.trim().replace(/^[.,;:]\s*/, '');
        // A small word alone may stand in somebody's quotation.
        if (/\p{L}{2}.* .*\p{L}{2}|^\p{Lu}\p{L}{3}/u.test(words)) out.add(words);
      }
    }
  }
  return out;
}

// Words and told attributes of a page or a feed, without its data.
function told(markup) {
  // What says that it is English may be.
  const ours = markup.replace(/<(\w+)\b[^>]*\s(?:xml:)?lang="en"[^>]*>[\s\S]*?<\/\1>/g, ' ');
  const plain = ours.replace(/<(script|code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, ' ');
  const named = [...plain.matchAll(/\s(?:aria-label|title|alt|placeholder|content|data-[a-z]+)="([^"]*)"/g)].map(match => match[1]);
  const text = [plain.replace(/<[^>]*>/g, '\n'), ...named].join('\n');
  return text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
