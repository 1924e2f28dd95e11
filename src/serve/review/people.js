// Decisions about people: another name, two who are one, one who is two.

import { button, dialog, get, make, person } from './ask.js';
import { day } from './draw.js';
import { some } from './words.js';

const field = (id, words, value) => {
  const input = make('input');
  [input.id, input.value, input.autocomplete, input.spellcheck] = [id, value, 'off', false];
  const label = make('label', '', words);
  label.htmlFor = id;
  return [input, label];
};
const section = (title, words, ...inside) => make('section', '', make('h3', '', title), make('p', '', words), inside);

// Asks what is to become of somebody: a decision, and what to say of it; none where it was closed.
export async function decideAbout(id, here) {
  const known = await get('person', { id });
  if (!known) return { said: 'The archive knows this name after the next build.' };
  const chosen = await dialog('ask person', `About ${known.name}`, close => {
    const page = make('a', '', 'their page');
    page.href = known.address;
    const facts = [known.office, some(known.quotes, 'quotation'), some(known.n_reports, 'report')].filter(Boolean).join(' · ');
    const [name, nameLabel] = field('new-name', 'New name', known.name);
    const rename = button('Rename', () => close({ asked: { rename: { id, name: name.value } }, said: `${known.name} is shown as ${name.value.trim()}.` }));
    const same = button('Find the other …', () => close('merge'));
    const [other, otherLabel] = field('other-name', 'Name of the other', known.name);
    const [apart, apartLabel] = field('apart', 'What tells them apart, for the address', '');
    apart.placeholder = 'goalkeeper';
    const boxes = known.reports.map((report, n) => {
      const box = make('input');
      [box.type, box.id, box.checked] = ['checkbox', `report-${n}`, report.path === here];
      return { box, report, row: make('li', '', make('label', '', box, make('span', '', report.headline, make('small', '', day(report.date))))) };
    });
    const split = button('Tell apart', () =>
      close({
        asked: { split: { id, name: other.value, apart: apart.value, reports: boxes.filter(({ box }) => box.checked).map(({ report }) => report.path) } },
        said: `${other.value.trim()} is somebody else in ${some(boxes.filter(({ box }) => box.checked).length, 'report')}.`,
      }));
    const fold = make('details', '', make('summary', '', 'It is somebody else in some reports'), make('p', '', 'Two people of one name, each with a page: choose the reports in which it is the other.'), otherLabel, other, apartLabel, apart, make('ul', 'reports', boxes.map(({ row }) => row)), make('div', 'acts', split));
    return [
      make('p', '', facts, ' · ', page),
      section('Another name', 'The old one goes on meaning them, and the address stays.', nameLabel, name, make('div', 'acts', rename)),
      section('The same as somebody else', 'All that either said stands on one page, under all names that they have.', make('div', 'acts', same)),
      fold,
      make('p', 'path', known.file ? `Decided in ${known.file}` : 'A people file is made for them.'),
    ];
  });
  if (chosen !== 'merge') return chosen;
  const other = await person(`Who is ${known.name}?`, true);
  if (!other) return undefined;
  if (other.key === id) return { said: 'That is the same person already.' };
  const sure = await dialog('ask', `${known.name} is ${other.name}?`, close => [
    make('p', '', `From now on the archive has one person, ${other.name}; ${known.name} is a name of theirs. Undo takes it back.`),
    make('div', 'acts', Object.assign(button('Make them one', () => close(true)), { className: 'main' }), button('Leave them two', () => close())),
  ]);
  return sure && { asked: { merge: { from: id, into: other.key } }, said: `${known.name} is ${other.name}.` };
}
