// axe, which looks for what keeps people out of a page.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { must } from './browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Fails where axe finds anything on a page as it stands.
export async function axe(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const run = tags => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  const { violations } = await page.evaluate(run, TAGS);
  const told = violations.flatMap(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(node => `  ${node.html.slice(0, 160)}\n  ${node.any[0]?.message ?? ''}`);
    return [`${id}, ${nodes.length} times: ${help}`, ...places];
  });
  must(!violations.length, told.join('\n'));
}
