// From right to left every page is the mirror of itself from left to right.

import { must } from '../browser.js';

// Boxes that lie where the layout puts them: marks within running text follow the text.
const BOXES = `.brand, .mast nav li, .meta > *, .crumbs li, h1, .lhead, .kick, .who, .who .chip, .main, .body > p, .body > figure,
  .strip rect, .gl rect, .gl circle, .spark rect, .bar rect, .pic, .entry .words, .block, .facts, .facts li, .cal td,
  .twelve li, .letters li, .heard .chip, .ev, .ev > time, .tmonth > h2, .daily > h2, .narrow p, .line button, .line input,
  .counts li > *, .spk > *, .folk td, .frame, .phead > *, .nums > div, .quotes blockquote, .ql > li, .notes .no,
  .prov dt, .prov dd, .pages > *, .pn a, .terms dd, .mended > li > time, .filters label, .foot li`;

export async function all({ site, chromium, plain, check }) {
  for (const [kind, address] of site.kinds) {
    for (const width of [1366, 390]) {
      await check(`mirrored: ${kind} at ${width} px`, async () => {
        const there = await places(chromium, address, width);
        const here = await places(plain.chromium, address, width);
        must(there.dir === 'rtl' && here.dir === 'ltr', `${there.dir} and ${here.dir}`);
        must(here.boxes.length > 5, `only ${here.boxes.length} boxes`);
        must(there.boxes.length === here.boxes.length, `${there.boxes.length} boxes, and ${here.boxes.length}`);
        const faults = here.boxes
          .map(([name, start, wide], i) => [name, start, there.boxes[i][1], wide, there.boxes[i][2]])
          .filter(([, a, b, c, d]) => Math.abs(a - b) > 2.5 || Math.abs(c - d) > 2.5);
        const told = ([name, a, b, c, d]) => `${name}: ${a} from the left, ${b} from the right; ${c} and ${d} wide`;
        must(!faults.length, `${faults.length} lie elsewhere:\n${faults.slice(0, 6).map(told).join('\n')}`);
      });

      await check(`mirrored: ${kind} at ${width} px keeps its words in sight`, () =>
        chromium.open(address, { viewport: { width, height: 900 } }, async page => {
          const out = await page.evaluate(() => {
            const wide = document.documentElement.clientWidth;
            const out = document.documentElement.scrollWidth > wide ? ['it scrolls sideways'] : [];
            for (const words of document.querySelectorAll('svg text')) {
              const [box, frame] = [words, words.ownerSVGElement].map(it => it.getBoundingClientRect());
              const cut = box.left < frame.left - 8 || box.right > frame.right + 8;
              // An office too short for its name shows the beginning of it.
              const begins = words.matches('.g-ti') && Math.abs(frame.right - box.right) < 12;
              if (box.width && cut && !begins) out.push(`${words.textContent} is cut off`);
            }
            return out;
          });
          must(!out.length, out.slice(0, 6).join('\n'));
        }));
    }
  }

  await check('mirrored: the search answers', () =>
    chromium.open(site.kinds.get('search') + '?q=tunnel', {}, async page => {
      await page.locator('#g-reports .entry').first().waitFor();
      const [box, frame] = await Promise.all(['#g-reports h3', '#g-reports'].map(it => page.locator(it).first().boundingBox()));
      must(Math.abs(box.x + box.width - frame.x - frame.width) < 3, 'a headline does not begin at the right');
      must(/^\d+ reports, /.test(await page.locator('#told').innerText()), 'the counts are not told');
    }));
}

// [what, pixels from the side where a line begins, width] of every box.
async function places(chromium, address, width) {
  let found;
  await chromium.open(address, { viewport: { width, height: 900 } }, async page => {
    found = await page.evaluate(boxes => {
      const { dir } = document.documentElement;
      const wide = document.documentElement.clientWidth;
      const place = box => {
        const { left, right, width, height } = box.getBoundingClientRect();
        if (!width && !height) return [];
        const start = dir === 'rtl' ? wide - right : left;
        return [[`${box.nodeName} .${box.getAttribute('class')}`, Math.round(start), Math.round(width)]];
      };
      return { dir, boxes: [...document.querySelectorAll(boxes)].flatMap(place) };
    }, BOXES);
  });
  return found;
}
