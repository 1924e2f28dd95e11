// Draws the queue, the report and the decision. Everything that comes from the archive is put in as text.

import { button, keyed, make, unseen } from './ask.js';
import { blockOf, initials, textOf } from './words.js';

const STATUS = { doubtful: ['?', 'Doubtful'], unchecked: ['–', 'Not checked'], checked: ['✓', 'Checked'] };
const KIND = { direct: 'direct', partial: 'partial', indirect: 'reported' };
const RULE = {
  name: 'the full name stands there',
  surname: 'a surname stands there',
  title: 'a title stands there',
  pronoun: 'a pronoun stands there',
  'same sentence': 'the sentence’s subject goes on',
  'continued quotation': 'the speaker before goes on',
  group: 'a group speaks',
  unnamed: 'nobody is named',
  'not known': 'nothing in the report tells',
  'set by hand': 'set by hand',
};
export const symbol = quote => (quote.speaker === 'none' ? '×' : STATUS[quote.status][0]);
export const statusWords = quote => {
  if (quote.status === 'checked') return quote.speaker === 'none' ? 'Checked: not speech' : 'Checked';
  const sure = `${quote.confidence}% sure`;
  return quote.conflict ? `Conflict, ${sure}` : `${STATUS[quote.status][1]}, ${sure}`;
};
export const day = date => (date ? new Date(date + 'T12:00:00Z').toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }) : '');

// The tabs above the queue.
export const tabs = (queue, wanted, choose) =>
  [['doubtful', queue.doubtful], ['unchecked', queue.unchecked], ['checked', queue.checked]].map(([status, n]) => {
    const tab = button(STATUS[status][1], () => choose(status));
    tab.append(make('b', '', n.toLocaleString('en-GB')));
    tab.className = status;
    tab.setAttribute('aria-pressed', status === wanted);
    return tab;
  });

// One row of the queue.
export function row(entry, open) {
  const words = make('span', 'words', entry.text);
  const who = make('span', 'who', make('i', 'sign', STATUS[entry.status][0]), make('b', '', entry.name), ` ${entry.confidence}%`, entry.conflict ? ' · conflict' : '');
  const element = button([words, who, make('span', 'where', [entry.headline, day(entry.date)].filter(Boolean).join(' · '))], () => open(entry));
  element.className = entry.status;
  return make('li', '', element);
}

// The report. `draft` are the parts of the current quotation where its ends are being moved.
export function report(shown, current, draft, choose) {
  const head = make('header', '', make('p', 'path', shown.path), make('h1', '', shown.headline));
  const page = make('a', '', 'Open the page');
  page.href = shown.address + (current ? '#q-' + current.id : '');
  head.append(make('p', 'meta', [day(shown.date), shown.date ? ' · ' : '', page]));
  const quotes = shown.quotes.map(quote => (quote === current && draft ? { ...quote, parts: draft, marked: draft, of: quote } : { ...quote, of: quote }));
  const body = shown.blocks.filter(block => block.kind !== 'headline').map(block => drawnBlock(block, quotes, current, choose));
  const article = make('article', '', head);
  if (shown.fault) article.append(make('section', 'stale broken', make('h2', '', 'The file of decisions cannot be read'), make('p', '', `${shown.path.replace(/\.[^.\/]*$/, '.annotations.toml')}: ${shown.fault}.`), make('p', '', 'It is left as it is. Mend it in an editor; until then nothing can be decided here.')));
  article.append(...body);
  if (shown.stale.length) {
    const list = shown.stale.map(entry => make('li', '', `“${entry.exact.join(' … ')}”`, entry.speaker ? ` (${entry.speaker})` : ''));
    article.append(make('section', 'stale', make('h2', '', 'Decisions whose words are gone'), make('p', '', 'The report no longer has these words. The decisions stay in the file beside it until somebody changes them there.'), make('ul', '', list)));
  }
  return article;
}

const TAG = { standfirst: 'p', paragraph: 'p', crosshead: 'h2', caption: 'p' };
function drawnBlock(block, quotes, current, choose) {
  const end = block.start + block.text.length;
  const here = quotes.flatMap((quote, n) => quote.marked.map((part, p) => ({ quote, n, part, last: p === quote.marked.length - 1 }))).filter(({ part }) => part[0] < end && block.start < part[1]);
  const shows = current?.evidence && current.evidence[0] < end && block.start < current.evidence[1] ? current.evidence : undefined;
  const cuts = [block.start, end, ...here.flatMap(({ part }) => part), ...(shows ?? [])];
  const places = [...new Set(cuts.filter(place => place >= block.start && place <= end))].sort((a, b) => a - b);
  const element = make(TAG[block.kind] ?? 'p', block.kind);
  const chips = place => here.filter(({ part, last }) => last && Math.min(part[1], end) === place).map(({ quote, n }) => chip(quote, n, quotes.length, current, choose));
  places.forEach((from, n) => {
    element.append(...(n ? chips(from) : []));
    const to = places[n + 1];
    if (to === undefined) return;
    // Of quotations that lie in one another the innermost has the words.
    const over = here.filter(({ part }) => part[0] <= from && to <= part[1]).sort((a, b) => a.part[1] - a.part[0] - (b.part[1] - b.part[0]))[0];
    const words = make('span', '', block.text.slice(from - block.start, to - block.start));
    words.dataset.at = from;
    if (over) {
      words.className = ['q', over.quote.status, over.quote.speaker === 'none' && 'none', over.quote.kind === 'indirect' && 'reported', over.quote.of === current && 'current'].filter(Boolean).join(' ');
      words.addEventListener('click', () => choose(over.quote.of, true));
    }
    if (shows && shows[0] <= from && to <= shows[1]) words.classList.add('shows');
    element.append(words);
  });
  return element;
}

function chip(quote, n, all, current, choose) {
  const sign = make('i', 'sign', symbol(quote));
  sign.setAttribute('aria-hidden', 'true');
  const short = quote.speaker === 'none' || quote.speaker === '?' ? '' : initials(quote.name);
  const element = button([sign, short, unseen(` quotation ${n + 1} of ${all}: ${quote.name}, ${statusWords(quote)}`)], () => choose(quote.of));
  element.className = ['chip', quote.status].join(' ');
  if (quote.of === current) element.setAttribute('aria-current', 'true');
  return element;
}

const capital = words => words[0].toUpperCase() + words.slice(1);
const short = words => (words.length > 180 ? words.slice(0, 170).replace(/\s+\S*$/u, '') + ' …' : words);

const end = (which, way, act, key) => button([unseen(`${which} a word `), make('span', 'way', way)], act, key);

// What can be decided about the current quotation, or about words that were selected.
export function decision(shown, quote, { draft, selected, note, open, more }, acts) {
  const words = (selected ? [selected] : (draft ?? quote.parts)).map(part => textOf(shown, part)).join(' … ');
  const n = shown.quotes.indexOf(quote);
  const first = make('div', 'first');
  const heading = make('h2', '', selected ? 'Missed quotation' : `Quotation ${n + 1} of ${shown.quotes.length}`);
  first.append(heading, make('p', 'words', short(words)));
  if (selected) {
    first.append(make('p', 'why', 'Whose words are these?'));
  } else {
    const why = [quote.rule && quote.status !== 'checked' ? RULE[quote.rule] ?? quote.rule : ''];
    if (quote.evidence && quote.status !== 'checked') why.push(`“${short(textOf(shown, quote.evidence) || '')}”`);
    first.append(
      make('p', `state ${quote.status}`, make('i', 'sign', symbol(quote)), make('b', '', quote.name), make('span', '', `${statusWords(quote)} · ${KIND[quote.kind] ?? quote.kind}`)),
      quote.conflict ? make('p', 'why', `The same words are ${quote.conflict}’s in another report.`) : '',
      why.some(Boolean) ? make('p', 'why', capital(why.filter(Boolean).join(': '))) : '',
      quote.entry?.note ? make('p', 'why', `Note: ${quote.entry.note}`) : '',
      quote.entry?.by || quote.entry?.date ? make('p', 'why', ['Decided', quote.entry.by && `by ${quote.entry.by}`, quote.entry.date && `on ${day(quote.entry.date)}`].filter(Boolean).join(' ')) : '',
      draft ? make('p', 'why draft', 'The ends are moved. Accept keeps them, Escape drops them.') : '',
    );
    const accept = button(quote.status === 'checked' && !draft ? 'Keep, and go on' : `Accept ${quote.name}`, acts.accept, '⏎');
    accept.className = 'main';
    accept.setAttribute('aria-keyshortcuts', 'Enter');
    first.append(make('div', 'acts', accept, button('Previous', acts.previous, 'K'), button('Next', acts.next, 'J')));
  }
  const rest = make('div', 'rest');
  const speakers = shown.speakers.slice(0, 9).map((speaker, at) => {
    const element = button([keyed(String(at + 1)), make('span', '', make('b', '', speaker.name), speaker.office ? make('small', '', speaker.office) : '')], () => acts.speaker(speaker));
    element.setAttribute('aria-keyshortcuts', String(at + 1));
    if (!selected && speaker.key === quote.speaker) element.setAttribute('aria-current', 'true');
    return make('li', '', element);
  });
  if (speakers.length) rest.append(make('h3', '', selected ? 'In this report' : 'Somebody else in this report'), make('ol', 'speakers', speakers));
  rest.append(make('div', 'acts', button('Find or add a person', acts.find, '/'), button('Unnamed', acts.unnamed, 'U'), selected ? '' : button('Not speech', acts.none, 'X')));
  if (!selected) {
    const ends = make('div', 'ends', make('span', '', 'Start'), end('Start', 'earlier', acts.startOut, '['), end('Start', 'later', acts.startIn, '{'), make('span', '', 'End'), end('End', 'earlier', acts.endIn, '}'), end('End', 'later', acts.endOut, ']'));
    rest.append(
      make('h3', '', 'The words'),
      make('div', 'acts', button(quote.kind === 'indirect' ? 'Direct speech' : 'Reported speech', acts.kind, 'D'), button('Merge with next', acts.merge, 'M'), button('Split', acts.split, 'S')),
      ends,
    );
    const input = make('input');
    [input.id, input.value, input.maxLength] = ['note', note, 400];
    input.addEventListener('input', () => acts.note(input.value));
    const label = make('label', '', 'Note for colleagues');
    label.htmlFor = 'note';
    rest.append(label, input);
    if (quote.entry) rest.append(make('div', 'acts', button('Take the decision away', acts.reopen)));
    if (!['?', 'none'].includes(quote.speaker) && !/\s/u.test(quote.speaker)) rest.append(make('h3', '', 'The person'), make('div', 'acts', button(`About ${quote.name} …`, acts.about)));
  } else {
    rest.append(make('div', 'acts', button('Leave it', acts.leave, 'Esc')));
  }
  if (!selected) rest.append(make('h3', '', 'The report'), make('div', 'acts', button('Add missed words …', acts.missed)));
  const unfold = button(open ? 'Fewer choices' : 'Other choices', more);
  unfold.className = 'unfold';
  unfold.setAttribute('aria-expanded', open);
  rest.id = 'rest';
  unfold.setAttribute('aria-controls', 'rest');
  return [first, unfold, rest];
}

export { blockOf };
