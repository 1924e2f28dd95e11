// Reviews an archive as an editor would: keys, buttons and words, and what is in the files afterwards.
// Usage: node review.js ONRECORD_BINARY [FOLDER FOR SCREENSHOTS]

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axe } from './axe.js';
import { browser, must } from './browser.js';
import { checks } from './checks.js';
import { site, start } from './running.js';

const pictures = process.argv[3];
const { root, put, remove } = site();
const report = (title, slug, ...paragraphs) => `+++\ntitle = "${title}"\nsection = "Harbour"\nslug = "${slug}"\n+++\n\n${paragraphs.join('\n\n')}\n`;
const [QUAY, LAMP, BULB] = ['14-quay', '15-lamp', '16-bulb'].map(name => `content/2031/11/${name}.md`);
const copy = {
  [QUAY]: report(
    'Quay reopens <b>after</b> two winters', 'quay',
    'Ingrid Marsh, the Harbour Minister, opened the north quay on Friday with Tobias Renn, the mayor of Port Ansel.',
    '“We were told to keep the lights on,” a worker said, “and the visitors moving.”',
    'The minister and the mayor looked at the lamp. “It has never been this bright,” he said.',
    '“It holds,” said Ms Marsh. “It will hold for longer than I shall.”',
    'A harbour spokesman said the lamp would be lit every night until spring.',
    'A sign on the crane reads Do not feed the cranes, and Mr Renn had it taken down.',
  ),
  [LAMP]: report(
    'Lamp fails on its second night', 'lamp',
    'The lamp on the north quay of Port Ansel failed on Saturday.',
    'A harbour spokesman said the bulb had been ordered twice.',
    '“Nobody was in the dark for long,” Tobias Renn told the harbour board.',
  ),
  [BULB]: report('New bulb comes by ferry', 'bulb', 'A new bulb came to Port Ansel by ferry on Sunday.', 'A harbour spokesman said it would last for 20 years.'),
};
put('site.toml', 'title = "The Calder Record"\nthreshold = 0.93\n');
for (const [path, text] of Object.entries(copy)) put(path, text);
const beside = path => path.replace('.md', '.annotations.toml');
const sidecar = path => (existsSync(join(root, beside(path))) ? readFileSync(join(root, beside(path)), 'utf8') : '');
const entry = (exact, keys) => `[[quotation]]\nexact   = ${exact}\n${Object.entries(keys).map(([key, value]) => `${key.padEnd(7)} = ${key === 'date' ? value : JSON.stringify(value)}\n`).join('')}`;
const same = (path, expected, what) => must(sidecar(path) === expected, `${what}: ${beside(path)} is\n${sidecar(path)}\nand not\n${expected}`);

const review = await start(process.argv[2], root, ['review', '--by', 'hl', '--now', '2031-11-20']);
const chromium = await browser(review);
const { check, end } = checks();
const desk = (look, options = {}, address = new URL(review.url).pathname) =>
  chromium.open(address, options, async page => {
    await page.locator('.q.current').first().waitFor();
    await look(page);
  });
const picture = (page, name) => (pictures ? page.screenshot({ path: join(pictures, `${name}.png`) }) : undefined);
// The words that are marked as those decided about: pieces that touch are one part.
const marked = () =>
  [...document.querySelectorAll('.q.current')].reduce(([words, end], mark) => {
    const start = Number(mark.dataset.at);
    return [words + (words && start !== end ? ' … ' : '') + mark.textContent, start + mark.textContent.length];
  }, ['', 0])[0];
const current = page => page.evaluate(marked);
const at = async (page, words) => {
  for (let turn = 0; turn < 200; turn++) {
    if ((await current(page)) === words) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`“${await current(page)}” is marked, and not “${words}”`);
};
const count = (page, tab, n) => page.waitForFunction(([tab, n]) => document.querySelector(`#tabs .${tab} b`)?.textContent === n, [tab, String(n)]);
// A decision that is asked for while another is under way is not made.
const idle = page => page.waitForFunction(() => !document.querySelector('#reading').hasAttribute('aria-busy'));
const says = (page, words) => page.waitForFunction(words => document.querySelector('#said').textContent.includes(words), words);
// The archive as the preview publishes it.
const published = async (page, address, words) => {
  for (let turn = 0; turn < 200; turn++) {
    const text = await page.evaluate(async address => (await fetch(address)).text(), address);
    if (text.includes(words)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`${address} never said ${words}`);
};
const open = async (page, path, words, whole = words) => {
  // By way of nowhere: a report that is drawn meanwhile would write its own address.
  await page.goto('about:blank');
  await page.goto(new URL('/_onrecord/review#' + encodeURIComponent(path), review.url).href);
  await page.locator('.q.current').first().waitFor();
  await page.locator('.q', { hasText: words }).first().click();
  await at(page, whole);
};

const WORKER = '“We were told to keep the lights on,” … “and the visitors moving.”';
const spokesman = { speaker: 'Osric Pell', was: '?', rule: 'unnamed', by: 'hl', date: '2031-11-20' };
const accepted = entry('["We were told to keep the lights on,", "and the visitors moving."]', { prefix: '“', suffix: '”', speaker: '?', was: '?', rule: 'unnamed', by: 'hl', date: '2031-11-20' });

await check('the least certain is first, in its report, with its reason', () =>
  desk(async page => {
    await count(page, 'doubtful', 4);
    must((await current(page)) === WORKER, `another is first: ${await current(page)}`);
    must((await page.locator('h1').textContent()) === 'Quay reopens <b>after</b> two winters', 'the headline is another');
    must((await page.locator('#rows li').count()) === 4, 'the queue is of another length');
    const panel = page.locator('#decide');
    must((await panel.textContent()).includes('Doubtful, 84% sure'), `no reason: ${await panel.textContent()}`);
    must(await page.locator('.shows').count(), 'the words that show it are not marked');
    await picture(page, 'review');
  }));

await check('one key accepts, and goes on to the next in the queue', () =>
  desk(async page => {
    await page.keyboard.press('Enter');
    await at(page, 'it would last for 20 years');
    await says(page, 'New bulb comes by ferry');
    same(QUAY, accepted, 'accepted');
    await count(page, 'doubtful', 3);
    await count(page, 'checked', 1);
    await published(page, '/2031/11/14/quay/', 'We were told');
  }));

await check('a person is added, and like cases are offered, each with its sentence', () =>
  desk(async page => {
    await at(page, 'it would last for 20 years');
    await page.keyboard.press('/');
    await page.keyboard.type('osric');
    await page.getByText('Write it in full to add them').waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Osric Pell');
    await page.getByRole('option', { name: 'Add Osric Pell' }).waitFor();
    await axe(page);
    await picture(page, 'review-find');
    await page.keyboard.press('Enter');
    const like = page.getByRole('dialog', { name: 'The same fix for 2 like cases?' });
    await like.waitFor();
    must((await like.textContent()).includes('A harbour spokesman said the bulb had been ordered twice.'), `no sentence: ${await like.textContent()}`);
    must(await like.getByRole('button', { name: 'Fix none' }).isDisabled(), 'something is chosen already');
    await axe(page);
    await like.getByRole('button', { name: 'Choose all' }).click();
    await picture(page, 'review-like');
    await like.getByRole('button', { name: 'Fix 2' }).click();
    await like.waitFor({ state: 'detached' });
    await count(page, 'doubtful', 0);
    await count(page, 'checked', 4);
    same(BULB, entry('"it would last for 20 years"', { prefix: 'A harbour spokesman said ', suffix: '.', ...spokesman }), 'added');
    same(LAMP, entry('"the bulb had been ordered twice"', { prefix: 'A harbour spokesman said ', suffix: '.', ...spokesman }), 'a like case');
    same(QUAY, accepted + '\n' + entry('"the lamp would be lit every night until spring"', { prefix: 'A harbour spokesman said ', suffix: '.', ...spokesman }), 'a like case in a file that was there');
    await published(page, '/people/osric-pell/', 'it would last for 20 years');
    for (const [path, text] of Object.entries(copy)) must(readFileSync(join(root, path), 'utf8') === text, `${path} was changed`);

    await page.keyboard.press('z');
    await count(page, 'checked', 2);
    same(QUAY, accepted, 'like cases taken back');
    same(LAMP, '', 'like cases taken back');
    await page.getByRole('button', { name: 'Undo' }).click();
    await count(page, 'checked', 1);
    same(BULB, '', 'taken back');
    must(!existsSync(join(root, beside(BULB))), 'an empty file is left');
    must(await page.getByRole('button', { name: 'Undo' }).isDisabled(), 'there is more to take back');
    await page.waitForFunction(async () => (await fetch('/people/osric-pell/')).status === 404, undefined, { polling: 100 }).catch(() => {
      throw new Error('the added person is still published');
    });
  }).catch(fault => {
    // A person who is gone is asked for until they are; the browser reports each time.
    if (!/^the page complained:\n(Failed to load resource: the server responded with a status of 404 \(Not Found\)\n?)+$/.test(fault.message)) throw fault;
  }));

await check('another speaker of the report, by number; and the page says so', () =>
  desk(async page => {
    await open(page, QUAY, '“It has never been this bright,”');
    const marsh = page.locator('.speakers button', { hasText: 'Ingrid Marsh' });
    await page.keyboard.press(await marsh.getAttribute('aria-keyshortcuts'));
    await count(page, 'checked', 2);
    must(sidecar(QUAY).startsWith(accepted) && sidecar(QUAY).includes('speaker = "ingrid-marsh"\nwas     = "tobias-renn"\nrule    = "pronoun"\n'), sidecar(QUAY));
    await published(page, '/people/ingrid-marsh/', 'It has never been this bright');
    await page.keyboard.press('z');
    await count(page, 'checked', 1);
    same(QUAY, accepted, 'taken back');
  }));

await check('ends are moved by words, dropped with Escape, and kept with Enter', () =>
  desk(async page => {
    await open(page, QUAY, 'the lamp would be lit every night until spring');
    await page.keyboard.press('}');
    await page.keyboard.press('}');
    await at(page, 'the lamp would be lit every night');
    await page.keyboard.press('{');
    await page.keyboard.press('[');
    await page.keyboard.press('[');
    await at(page, 'said the lamp would be lit every night');
    await page.keyboard.press('Escape');
    await at(page, 'the lamp would be lit every night until spring');
    same(QUAY, accepted, 'nothing is written before it is kept');
    await page.getByRole('button', { name: 'End a word earlier' }).click();
    await page.getByRole('button', { name: 'End a word earlier' }).click();
    await page.getByRole('button', { name: 'End a word later' }).click();
    await page.getByRole('button', { name: /^Accept/ }).click();
    await count(page, 'checked', 2);
    must(sidecar(QUAY).includes('exact   = "the lamp would be lit every night until"\n'), sidecar(QUAY));
    await published(page, '/2031/11/14/quay/', 'the lamp would be lit every night until<');
    await page.keyboard.press('z');
    await count(page, 'checked', 1);
  }));

await check('split, merged, reported, not speech: and each is taken back', () =>
  desk(async page => {
    const HOLDS = '“It holds,” … “It will hold for longer than I shall.”';
    const twice = async (what, ...expected) => {
      for (const words of expected) must(sidecar(QUAY).includes(words), `${what}: ${sidecar(QUAY)}`);
      await page.keyboard.press('z');
      await says(page, 'Taken back');
      await page.waitForFunction(() => document.querySelector('#undo').disabled);
      await idle(page);
      same(QUAY, accepted, what);
    };
    await open(page, QUAY, '“It holds,”', HOLDS);
    // Where one has not clicked, one is asked.
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    const where = page.getByRole('dialog', { name: 'Where does the second quotation begin?' });
    await where.getByRole('button', { name: 'It', exact: true }).click();
    await at(page, '“It holds,”');
    await twice('split', 'exact   = "It holds,"\n', 'exact   = "It will hold for longer than I shall."\n');
    await at(page, HOLDS);
    await page.keyboard.press('k');
    await idle(page);
    await page.keyboard.press('m');
    await says(page, 'Merged');
    await twice('merged', 'exact   = ["It has never been this bright,", "It holds,", "It will hold for longer than I shall."]\n', 'speaker = "tobias-renn"\n');
    await at(page, '“It has never been this bright,”');
    await idle(page);
    await page.keyboard.press('d');
    await says(page, 'Reported speech');
    await twice('reported', 'kind    = "indirect"\n');
    await page.keyboard.press('x');
    await page.waitForFunction(() => !document.querySelector('#undo').disabled);
    await twice('not speech', 'speaker = "none"\n');
  }));

await check('selected words are added as a quotation that was missed', () =>
  desk(async page => {
    await open(page, QUAY, '“It has never been this bright,”');
    const select = words =>
      page.evaluate(words => {
        const span = [...document.querySelectorAll('[data-at]')].find(span => span.textContent.includes(words));
        const start = span.textContent.indexOf(words);
        getSelection().setBaseAndExtent(span.firstChild, start, span.firstChild, start + words.length);
      }, words);
    await select(' Do not feed the cranes');
    await page.getByRole('heading', { name: 'Missed quotation' }).waitFor();
    await axe(page);
    await picture(page, 'review-missed');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Quotation 2 of 4' }).waitFor();
    await page.getByRole('button', { name: 'Add missed words' }).click();
    const which = page.getByRole('dialog', { name: 'Which words were missed?' });
    await which.getByLabel('Words').fill('it has never');
    await which.getByRole('button', { name: 'Find them' }).click();
    await which.getByText('are a quotation already').waitFor();
    await which.getByLabel('Words').fill('do not  feed the cranes');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Missed quotation' }).waitFor();
    await page.keyboard.press('u');
    await at(page, 'Do not feed the cranes');
    same(QUAY, accepted + '\n' + entry('"Do not feed the cranes"', { prefix: 'A sign on the crane reads ', suffix: ', and Mr Renn had it taken', speaker: '?', kind: 'indirect', was: '', by: 'hl', date: '2031-11-20' }), 'added');
    await published(page, '/2031/11/14/quay/', 'Do not feed the cranes<');
    await page.keyboard.press('z');
    await says(page, 'Taken back');
    same(QUAY, accepted, 'taken back');
  }));

await check('what somebody else has decided meanwhile is shown, and stays', () =>
  desk(async page => {
    await open(page, LAMP, '“Nobody was in the dark for long,”');
    // Before the page hears of it, as in another window.
    await page.route('**/review/report*', route => route.abort());
    const theirs = '# by hand\n[[quotation]]\nexact = "Nobody was in the dark for long,"\nspeaker = "none" # a joke\n';
    put(beside(LAMP), theirs);
    await page.keyboard.press('Enter');
    const told = page.getByRole('dialog', { name: 'Not written' });
    await told.waitFor();
    must((await told.textContent()).includes('somebody else') || (await told.textContent()).includes('Somebody else'), await told.textContent());
    must((await told.textContent()).includes('is no speech') && (await told.textContent()).includes('is Tobias Renn’s'), `not both: ${await told.textContent()}`);
    await axe(page);
    await picture(page, 'review-conflict');
    same(LAMP, theirs, 'theirs');
    await page.unroute('**/review/report*');
    await told.getByRole('button', { name: 'Show it' }).click();
    await page.locator('.q.current.none').waitFor();
    // Having seen it, one may think otherwise; what stands beside it is kept.
    await page.keyboard.press('u');
    await count(page, 'checked', 2);
    same(LAMP, theirs.replace('"none" # a joke', '"?" # a joke') .replace('speaker', 'prefix  = "“"\nsuffix  = "” Tobias Renn told the harbour"\nspeaker') + 'by      = "hl"\ndate    = 2031-11-20\n', 'a second thought');
    await page.keyboard.press('z');
    await says(page, 'Taken back');
    same(LAMP, theirs, 'taken back');
    writeFileSync(join(root, beside(LAMP)), '[[quotation]\n');
    await page.waitForFunction(() => document.querySelector('.broken'), undefined, { timeout: 15_000 });
    await page.keyboard.press('u');
    await told.waitFor();
    same(LAMP, '[[quotation]\n', 'a file that cannot be read');
    await told.getByRole('button', { name: 'Show it' }).click();
    put(beside(LAMP), '');
    await page.waitForFunction(() => !document.querySelector('.broken'), undefined, { timeout: 15_000 });
  }).catch(fault => {
    if (!/^the page complained:\n(Failed to load resource: (net::ERR_FAILED|the server responded with a status of 409 \(Conflict\))\n?|http\S+: net::ERR_FAILED\n?)+$/.test(fault.message)) throw fault;
  }));

await check('a page of the preview leads to its review', () =>
  chromium.open('/2031/11/15/lamp/', {}, async page => {
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.locator('.q.current').first().waitFor();
    must((await page.locator('h1').textContent()) === 'Lamp fails on its second night', 'another report is shown');
  }));

await check('single keys can be turned off', () =>
  desk(async page => {
    await page.keyboard.press('?');
    await axe(page);
    await page.getByLabel('Single keys do these things').uncheck();
    await page.keyboard.press('Escape');
    const before = await current(page);
    await page.keyboard.press('u');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    must((await current(page)) === before && sidecar(BULB) === '', 'a key did something');
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByLabel('Single keys do these things').check();
  }));

await check('people are renamed, told apart and made one, and each is taken back', () =>
  desk(async page => {
    const file = name => (existsSync(join(root, `content/people/${name}.md`)) ? readFileSync(join(root, `content/people/${name}.md`), 'utf8') : '');
    const undo = async () => {
      await page.keyboard.press('z');
      await says(page, 'Taken back');
    };
    await open(page, LAMP, '“Nobody was in the dark for long,”');
    const about = async () => {
      const box = page.getByRole('dialog', { name: 'About Tobias Renn' });
      // What was taken back is known after the next build.
      for (let turn = 0; turn < 50 && !(await box.isVisible()); turn++) {
        await page.getByRole('button', { name: 'About Tobias Renn' }).click();
        await page.waitForTimeout(200);
      }
      await box.waitFor();
      return box;
    };
    let box = await about();
    await box.getByText('It is somebody else in some reports').click();
    await axe(page);
    await picture(page, 'review-person');
    await box.getByLabel('New name').fill('Tobias Renn-Hart');
    await box.getByRole('button', { name: 'Rename' }).click();
    await says(page, 'Tobias Renn is shown as Tobias Renn-Hart');
    must(file('tobias-renn').includes('name = "Tobias Renn-Hart"') && file('tobias-renn').includes('aliases = ["Tobias Renn"]'), file('tobias-renn'));
    await published(page, '/people/tobias-renn/', 'Tobias Renn-Hart');
    await page.locator('.state b', { hasText: 'Tobias Renn-Hart' }).waitFor();
    await undo();
    must(file('tobias-renn') === '', `a people file is left: ${file('tobias-renn')}`);
    await page.locator('.state b', { hasText: /^Tobias Renn$/ }).waitFor();

    box = await about();
    await box.getByText('It is somebody else in some reports').click();
    await box.getByLabel('What tells them apart').fill('goalkeeper');
    await box.getByRole('button', { name: 'Tell apart' }).click();
    await says(page, 'Tobias Renn is somebody else in 1 report');
    must(file('tobias-renn-goalkeeper').includes(LAMP) && file('tobias-renn').includes('not = ["tobias-renn-goalkeeper"]'), file('tobias-renn-goalkeeper'));
    await published(page, '/people/tobias-renn-goalkeeper/', 'Nobody was in the dark');
    await undo();
    must(!file('tobias-renn-goalkeeper') && !file('tobias-renn'), 'a people file is left');
    // The page hears of it with the next build.
    await published(page, '/_onrecord/review/report?path=' + LAMP, '"speaker":"tobias-renn"');
    await page.waitForTimeout(1_000);

    box = await about();
    await box.getByRole('button', { name: 'Find the other' }).click();
    await page.getByRole('dialog', { name: 'Who is Tobias Renn?' }).getByLabel('Name').fill('marsh');
    await page.getByRole('option', { name: 'Ingrid Marsh' }).click();
    await page.getByRole('button', { name: 'Make them one' }).click();
    await says(page, 'Tobias Renn is Ingrid Marsh');
    must(file('ingrid-marsh').includes('aliases = ["Tobias Renn"]'), file('ingrid-marsh'));
    await page.locator('.state b', { hasText: 'Ingrid Marsh' }).waitFor();
    await undo();
    must(!file('ingrid-marsh'), 'a people file is left');
  }).catch(fault => {
    // Pages of people who are about to be published are asked for until they are.
    if (!/^the page complained:\n(Failed to load resource: the server responded with a status of 404 \(Not Found\)\n?)+$/.test(fault.message)) throw fault;
  }));

for (const [name, options] of [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 900, height: 800 } }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
  ['phone, dark', { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' }],
]) {
  await check(`review: axe, ${name}`, () =>
    desk(async page => {
      await axe(page);
      await picture(page, `review-${name.replace(', ', '-')}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      must(wide <= 0, `the page scrolls sideways by ${wide}`);
      if (!name.startsWith('phone')) return;
      await page.getByRole('button', { name: 'Other choices' }).tap();
      await axe(page);
      await picture(page, `review-${name.replace(', ', '-')}-choices`);
      await page.getByRole('button', { name: /^Queue/ }).tap();
      await page.locator('#rows button').last().tap();
      await page.locator('#rows').waitFor({ state: 'hidden' });
    }, options));
}

await chromium.close();
review.end();
remove();
end();
