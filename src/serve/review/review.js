// Review: what the editor does, and what becomes of it. Nothing of this is in the published site.

import { button, by, dialog, get, make, person, post } from './ask.js';
import * as draw from './draw.js';
import { decideAbout } from './people.js';
import * as words from './words.js';

const $ = id => document.getElementById(id);
const [reading, panel, list] = [$('reading'), $('decide'), $('rows')];
const state = {
  wanted: 'doubtful',
  queue: undefined,
  report: undefined,
  current: undefined,
  draft: undefined, // parts of the current quotation whose ends are being moved
  caret: undefined, // where in it was clicked
  selected: undefined, // words that may be a missed quotation
  note: '',
  open: false, // whether a narrow screen shows all choices
  undo: [],
  number: 0,
  opened: 0, // how often a report was asked for
  busy: false,
};
const say = text => ($('said').textContent = text);
const trouble = error => say(error.message || 'The preview has ended.');

// ---- queue ----

const keyOf = entry => entry.path + '#' + entry.id;
async function loadQueue(more = 0) {
  const n = Math.min(200, Math.max(50, state.queue?.rows.length ?? 0));
  const next = await get('queue', more ? { status: state.wanted, from: more, n: 50 } : { status: state.wanted, n });
  if (!next) return false;
  if (more) next.rows = [...state.queue.rows, ...next.rows];
  [state.queue, state.number] = [next, next.number];
  showQueue();
  return true;
}
function showQueue() {
  const focused = document.activeElement?.closest('#rows li')?.dataset.key;
  const tab = document.activeElement?.closest('#tabs button')?.className;
  $('tabs').replaceChildren(...draw.tabs(state.queue, state.wanted, choose));
  const rows = state.queue.rows.map(entry => {
    const row = draw.row(entry, () => open(entry.path, entry.id));
    row.dataset.key = keyOf(entry);
    return row;
  });
  if (!rows.length) rows.push(make('li', 'empty', state.wanted === 'checked' ? 'Nobody has checked anything yet.' : 'Nothing is left here.'));
  list.replaceChildren(...rows);
  $('more').hidden = state.queue.rows.length >= state.queue.total;
  $('show-queue').replaceChildren('Queue ', make('b', '', state.queue.doubtful.toLocaleString('en-GB')));
  if (focused) [...list.children].find(row => row.dataset.key === focused)?.firstChild.focus({ preventScroll: true });
  if (tab) document.querySelector(`#tabs .${tab}`)?.focus({ preventScroll: true });
  point();
}
async function choose(status) {
  state.wanted = status;
  state.queue.rows = [];
  await loadQueue();
}
function point() {
  const key = state.report && state.current && state.report.path + '#' + state.current.id;
  for (const row of list.children) {
    const button = row.querySelector('button');
    if (!button) continue;
    if (row.dataset.key === key) {
      button.setAttribute('aria-current', 'true');
      row.scrollIntoView({ block: 'nearest' });
    } else button.removeAttribute('aria-current');
  }
}

// ---- report ----

const wait = time => new Promise(done => setTimeout(done, time));
async function load(asked) {
  for (let turn = 0; turn < 40; turn++) {
    const report = await get('report', asked);
    if (report) return report;
    await wait(150);
  }
  throw new Error('This report is not there.');
}
// Opens a report at a quotation: at that of an id, or the first that covers or follows a place.
async function open(path, id, place) {
  $('queue').classList.remove('shown');
  $('show-queue').setAttribute('aria-expanded', false);
  const same = state.report?.path === path;
  const opened = ++state.opened;
  const report = await load({ path });
  // Only the report that was asked for last is shown.
  if (opened !== state.opened) return;
  state.report = report;
  const found = report.quotes.find(quote => quote.id === id) ?? report.quotes.find(quote => quote.parts.at(-1)[1] > (place ?? 0));
  await select(found ?? report.quotes[0], { quiet: same });
  if (!same) say(`${report.headline}, ${words.some(report.quotes.length, 'quotation')}.`);
}
async function select(quote, { caret, quiet } = {}) {
  if (quote !== state.current) [state.note, state.draft] = [quote?.entry?.note ?? '', undefined];
  [state.current, state.selected, state.caret] = [quote, undefined, caret];
  show();
  const mark = reading.querySelector('.q.current');
  mark?.scrollIntoView({ block: innerWidth < 760 ? 'start' : 'center', behavior: 'instant' });
  if (quote && !quiet) say(`${quote.name}: ${draw.statusWords(quote)}.`);
  // A page that is loaded again is where it was.
  history.replaceState(null, '', location.pathname + (quote ? '#' + encodeURIComponent(state.report.path + '#' + quote.id) : ''));
}
function show() {
  const key = document.activeElement?.closest('#decide button')?.getAttribute('aria-keyshortcuts');
  const inReading = reading.contains(document.activeElement);
  const report = draw.report(state.report, state.current, state.draft, (quote, byMouse) => {
    const caret = byMouse ? placeOf(getSelection().anchorNode, getSelection().anchorOffset) : undefined;
    if (!getSelection().isCollapsed && byMouse) return;
    select(quote, { caret });
  });
  reading.replaceChildren(report);
  document.title = `Review: ${state.report.headline}`;
  showPanel();
  if (key) panel.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  else if (inReading || document.activeElement === document.body) reading.focus({ preventScroll: true });
  point();
}
function showPanel() {
  const { report, current, draft, selected, note, open } = state;
  panel.classList.toggle('open', open);
  if (!current && !selected) return panel.replaceChildren(make('p', 'words', 'No quotation was found here. Select words that are one.'));
  const more = () => {
    state.open = !open;
    showPanel();
    panel.querySelector('.unfold').focus();
  };
  panel.replaceChildren(...draw.decision(report, current, { draft, selected, note, open, more }, acts));
}

// ---- decisions ----

const putOf = (quote, change = {}) => ({ parts: state.draft ?? quote.parts, speaker: quote.accept, kind: quote.entry?.kind ?? null, note: state.note.trim() || null, was: quote.entry ? quote.entry.was : quote.was, rule: quote.rule || null, ...change });
const changeOf = (about, put) => ({ about: about.flatMap(quote => quote.parts).sort((a, b) => a[0] - b[0]), seen: about.map(quote => quote.entry).filter(Boolean), put });

// Has changes written down: true where all of them were.
async function decide(reports, said) {
  if (state.busy) return false;
  state.busy = true;
  try {
    const outcome = await post('decide', { by: await by(), reports });
    if (outcome.undo !== null) state.undo.push({ number: outcome.undo, path: state.report.path, id: state.current?.id, place: state.current?.parts[0][0] });
    $('undo').disabled = !state.undo.length;
    if (outcome.conflicts.length) await conflict(outcome.conflicts);
    else say(said);
    return !outcome.conflicts.length;
  } catch (error) {
    trouble(error);
    return false;
  } finally {
    state.busy = false;
  }
}
const describe = entry => `“${entry.exact.join(' … ')}” is ${entry.speaker === '?' ? 'nobody’s by name' : entry.speaker === 'none' ? 'no speech' : entry.speaker ? `${nameOf(entry.speaker)}’s` : 'as the rules say'}${entry.kind ? `, ${entry.kind}` : ''}${entry.by ? `, by ${entry.by}` : ''}${entry.date ? `, ${draw.day(entry.date)}` : ''}`;
const conflict = conflicts =>
  dialog('ask conflict', 'Not written', close => [
    ...conflicts.map(({ path, why, theirs, mine }) =>
      make(
        'section', '',
        make('p', 'path', path),
        make('p', '', why[0].toUpperCase() + why.slice(1) + '.'),
        theirs.length ? make('h3', '', 'What stands there') : '',
        make('ul', '', theirs.map(entry => make('li', '', describe(entry)))),
        mine.length ? make('h3', '', 'What you asked for') : '',
        make('ul', '', mine.map(entry => make('li', '', describe(entry)))),
      )),
    make('p', '', 'The report is shown anew, with what stands there by now. Decide again where you still want to.'),
    make('div', 'acts', button('Show it', () => close())),
  ]);

// What cannot be done is said so that it is not missed.
const refused = why => dialog('ask', 'Not written', close => [make('p', '', why[0].toUpperCase() + why.slice(1) + '.'), make('div', 'acts', button('Back', () => close()))]);

// One change in the report that is shown, and what is shown after it.
async function change(about, put, said, { stay, caseOf } = {}) {
  const { path, print } = state.report;
  const place = put[0]?.parts[0][0] ?? about[0].parts[0][0];
  const id = state.current?.id;
  const done = await decide([{ path, print, changes: [changeOf(about, put)] }], said);
  if (!done) return open(path, id, place);
  [state.draft, state.selected] = [undefined, undefined];
  getSelection().removeAllRanges();
  if (caseOf) await offerLike(caseOf, put[0]);
  if (stay) return open(path, undefined, place);
  await goOn(path, id, place);
}
// The next row of the queue; where the quotation was none of its rows, the next of the report.
async function goOn(path, id, place) {
  const rows = state.queue?.rows ?? [];
  const at = rows.findIndex(row => row.path === path && row.id === id);
  if (at < 0) {
    await open(path, undefined, place);
    return step(1);
  }
  if (state.wanted !== 'checked') rows.splice(at, 1);
  const next = rows[state.wanted === 'checked' ? at + 1 : at] ?? rows[0];
  showQueue();
  if (next) await open(next.path, next.id);
  else await open(path, undefined, place);
}

// The same fix for quotations that were as this one was.
async function offerLike({ quote, path }, put) {
  const like = (await get('like', { path, id: quote.id, mention: quote.mention ?? '', rule: quote.rule, was: quote.was }).catch(() => [])) ?? [];
  if (!like.length) return;
  const to = put.speaker === 'none' ? 'not speech' : put.speaker === '?' ? 'unnamed' : nameOf(put.speaker);
  const chosen = await dialog('ask like', `The same fix for ${words.some(like.length, 'like case')}?`, close => {
    const boxes = like.map((entry, n) => {
      const box = make('input');
      [box.type, box.id] = ['checkbox', `like-${n}`];
      const label = make('label', '', box, make('span', '', make('span', 'words', around(entry)), make('small', '', [entry.here ? 'This report' : entry.headline, draw.day(entry.date)].filter(Boolean).join(' · '))));
      return { box, entry, row: make('li', '', label) };
    });
    const fix = make('button', 'main');
    fix.type = 'button';
    const count = () => {
      const n = boxes.filter(({ box }) => box.checked).length;
      fix.textContent = n ? `Fix ${n}` : 'Fix none';
      fix.disabled = !n;
    };
    const all = checked => () => {
      boxes.forEach(({ box }) => (box.checked = checked));
      count();
    };
    boxes.forEach(({ box }) => box.addEventListener('change', count));
    fix.addEventListener('click', () => close(boxes.filter(({ box }) => box.checked).map(({ entry }) => entry)));
    count();
    const mention = !quote.mention
      ? `They were given to ${quote.name} in the same way.`
      : quote.was === '?'
        ? `“${quote.mention}” is unnamed there too.`
        : `“${quote.mention}” was taken for ${quote.name} there too.`;
    return [make('p', '', mention, ' Now: ', make('b', '', to), '.'), make('div', 'acts', button('Choose all', all(true)), button('Choose none', all(false))), make('ul', '', boxes.map(({ row }) => row)), make('div', 'acts', fix, button('Leave them', () => close()))];
  });
  if (!chosen?.length) return;
  say('Writing …');
  const reports = new Map();
  for (const entry of chosen) {
    if (!reports.has(entry.path)) reports.set(entry.path, { report: await load({ path: entry.path }), changes: [] });
    const { report, changes } = reports.get(entry.path);
    const other = report.quotes.find(({ id }) => id === entry.id);
    if (other) changes.push(changeOf([other], [{ parts: other.parts, speaker: put.speaker, kind: null, note: null, was: other.was, rule: other.rule || null }]));
  }
  const body = [...reports].map(([path, { report, changes }]) => ({ path, print: report.print, changes })).filter(({ changes }) => changes.length);
  if (await decide(body, `${words.some(chosen.length, 'like case')} fixed.`)) {
    const fixed = new Set(chosen.map(keyOf));
    if (state.wanted !== 'checked') state.queue.rows = state.queue.rows.filter(row => !fixed.has(keyOf(row)));
  }
}
const around = entry => {
  const at = entry.sentence.indexOf(entry.text);
  return at < 0 ? [entry.sentence || entry.text] : [entry.sentence.slice(0, at), make('mark', '', entry.text), entry.sentence.slice(at + entry.text.length)];
};
const names = new Map();
const nameOf = key => state.report.speakers.find(speaker => speaker.key === key)?.name ?? names.get(key) ?? key;

// Gives the current quotation, or the selected words, to somebody.
function give(speaker, called) {
  const { report, current, selected, note } = state;
  if (selected) {
    const kind = words.isMarked(report, selected) ? 'direct' : 'indirect';
    return change([], [{ parts: [selected], speaker, kind, note: null, was: '', rule: null }], `Added: ${called}.`, { stay: true });
  }
  if (!current) return;
  const isFix = speaker !== current.speaker;
  const put = putOf(current, { speaker });
  const quote = { ...current };
  return change([current], [put], isFix ? `${called} speaks.` : `${called} accepted.`, { caseOf: isFix && !note && current.status !== 'checked' ? { quote, path: report.path } : undefined });
}
function step(by) {
  const { report, current } = state;
  const next = report?.quotes[report.quotes.indexOf(current) + by];
  if (next) return select(next);
  say(by > 0 ? 'That was the last quotation of this report.' : 'This is the first quotation of this report.');
}
function move(end, by) {
  const { report, current, draft } = state;
  if (!current) return;
  const parts = words.moved(report, draft ?? current.parts, end, by);
  if (!parts) return say('There is no word to go to.');
  if (words.others(report, parts, [current]).length) return say('There another quotation begins.');
  state.draft = parts;
  show();
  say(`Now: ${parts.map(part => words.textOf(report, part)).join(' … ')}`);
}

const acts = {
  accept() {
    const { current } = state;
    if (!current) return;
    if (current.status === 'checked' && !state.draft && state.note.trim() === (current.entry?.note ?? '')) return goOn(state.report.path, current.id, current.parts[0][0]);
    return change([current], [putOf(current)], state.draft ? 'Kept, with its ends moved.' : `${current.name} accepted.`);
  },
  speaker: speaker => give(speaker.key, speaker.name),
  async find() {
    const found = await person('Who says this?');
    if (!found) return;
    names.set(found.key, found.name);
    return give(found.key, found.name);
  },
  unnamed: () => give('?', 'Somebody unnamed'),
  none: () => !state.selected && give('none', 'Nobody'),
  kind() {
    const { current } = state;
    if (!current || state.selected) return;
    const kind = current.kind === 'indirect' ? (words.isMarked(state.report, current.parts[0]) ? 'direct' : 'partial') : 'indirect';
    return change([current], [putOf(current, { kind })], kind === 'indirect' ? 'Reported speech.' : 'Direct speech.', { stay: true });
  },
  merge() {
    const { report, current } = state;
    const next = report?.quotes[report.quotes.indexOf(current) + 1];
    if (!current || !next) return say('There is no next quotation to merge with.');
    return change([current, next], [putOf(current, { parts: words.merged(report, current, next) })], 'Merged.', { stay: true });
  },
  async split() {
    const { report, current, caret } = state;
    if (!current) return;
    let two = caret === undefined ? undefined : words.split(report, current.parts, caret);
    if (!two) {
      const all = words.wordsIn(report, current.parts);
      if (all.length < 2) return say('One word cannot be split.');
      const at = await dialog('ask words', 'Where does the second quotation begin?', close => [
        make('p', '', 'Choose its first word.'),
        make('p', 'choices', all.slice(1).map(word => button(words.textOf(report, word), () => close(word)))),
      ]);
      if (!at) return;
      two = words.split(report, current.parts, at[0]);
    }
    if (!two) return say('It cannot be split there.');
    return change([current], two.map(parts => putOf(current, { parts })), 'Split in two.', { stay: true });
  },
  startOut: () => move('start', 1),
  startIn: () => move('start', -1),
  endOut: () => move('end', 1),
  endIn: () => move('end', -1),
  reopen: () => change([state.current], [], 'The decision is taken away.', { stay: true }),
  // For those who do not select with a pointer.
  async missed() {
    const { report } = state;
    const part = await dialog('ask', 'Which words were missed?', close => {
      const input = make('input');
      [input.id, input.autocomplete, input.spellcheck] = ['missed', 'off', false];
      const label = make('label', '', 'Words as they stand in the report');
      label.htmlFor = 'missed';
      const hint = make('p', 'hint');
      hint.setAttribute('role', 'status');
      const form = make('form', '', label, input, hint, make('div', 'acts', make('button', 'main', 'Find them')));
      form.addEventListener('submit', event => {
        event.preventDefault();
        const found = words.find(report, input.value);
        if (!found) hint.textContent = 'The report does not have these words in one paragraph.';
        else if (words.others(report, [found], []).length) hint.textContent = 'These words, or some of them, are a quotation already.';
        else close(found);
      });
      return [form];
    });
    if (!part) return;
    state.selected = part;
    showPanel();
    panel.focus();
    say(`Found: ${words.textOf(report, part)}. Whose words are these?`);
  },
  async about() {
    const { current, report } = state;
    const chosen = await decideAbout(current.speaker, report.path).catch(trouble);
    if (!chosen?.asked) return chosen && say(chosen.said);
    try {
      const outcome = await post('people', chosen.asked);
      if (outcome.undo !== null) state.undo.push({ number: outcome.undo, path: report.path, id: current.id, place: current.parts[0][0] });
      $('undo').disabled = !state.undo.length;
      if (outcome.conflicts.length) await conflict(outcome.conflicts);
      else say(chosen.said);
    } catch (error) {
      await refused(error.message);
    }
  },
  leave() {
    [state.selected, state.draft] = [undefined, undefined];
    getSelection().removeAllRanges();
    show();
  },
  note: text => (state.note = text),
  next: () => step(1),
  previous: () => step(-1),
  async undo() {
    const last = state.undo.at(-1);
    if (!last || state.busy) return say('There is nothing to take back.');
    state.busy = true;
    try {
      const outcome = await post('undo', { undo: last.number });
      state.undo.pop();
      if (outcome.conflicts.length) await conflict(outcome.conflicts);
      else say('Taken back.');
    } catch (error) {
      state.undo.pop();
      trouble(error);
    } finally {
      state.busy = false;
      $('undo').disabled = !state.undo.length;
    }
    // Before the report is built again, its quotation may have another id.
    await open(last.path, last.id, last.place);
    // The next key need not wait for the queue.
    loadQueue().catch(trouble);
  },
};

// One thing after the other. A decision that is asked for while another is being written would be about a quotation
// that nobody has looked at yet, and is not made; what only looks, or takes back, waits for its turn.
const PATIENT = ['undo', 'next', 'previous'];
let doing;
for (const [name, act] of Object.entries(acts)) {
  if (name === 'note') continue;
  acts[name] = async (...given) => {
    if (doing && !PATIENT.includes(name)) return;
    while (doing) await doing;
    reading.setAttribute('aria-busy', true);
    doing = Promise.resolve().then(() => act(...given)).catch(trouble).finally(() => {
      doing = undefined;
      reading.removeAttribute('aria-busy');
    });
    await doing;
  };
}

// ---- keys ----

const HELP = [
  ['Enter', 'accept, and go on to the next in the queue'],
  ['1 – 9', 'somebody else who is in this report'],
  ['/', 'find or add a person'],
  ['U', 'unnamed: the report does not say who'],
  ['X', 'not speech: a title, a nickname, scare quotes'],
  ['D', 'direct or reported speech'],
  ['M', 'merge with the next quotation'],
  ['S', 'split where you clicked, or at a word of your choice'],
  ['[  ]', 'take in a word before, a word after'],
  ['{  }', 'leave out the first word, the last word'],
  ['Z', 'undo'],
  ['J  K', 'next, previous quotation of the report'],
  ['Esc', 'drop moved ends, or selected words'],
];
const help = () =>
  dialog('ask keys', 'Keys', () => {
    const box = make('input');
    [box.type, box.id, box.checked] = ['checkbox', 'keys-on', keysOn()];
    box.addEventListener('change', () => localStorage.setItem('onrecord-review-keys', box.checked ? 'on' : 'off'));
    const rows = HELP.map(([key, does]) => make('div', '', make('dt', '', key.split('  ').map(key => make('kbd', '', key))), make('dd', '', does)));
    return [make('dl', '', rows), make('p', '', 'Select words that were missed to add them as a quotation.'), make('label', 'check', box, 'Single keys do these things')];
  });
const keysOn = () => localStorage.getItem('onrecord-review-keys') !== 'off';
const KEYS = {
  '/': acts.find, u: acts.unnamed, x: acts.none, d: acts.kind, m: acts.merge, s: acts.split, z: acts.undo,
  '[': acts.startOut, ']': acts.endOut, '{': acts.startIn, '}': acts.endIn, j: acts.next, k: acts.previous, '?': help,
};
addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && (state.selected || state.draft)) return acts.leave();
  const target = event.target;
  if (!keysOn() || target.closest('input, textarea, select')) return;
  let act = KEYS[event.key.toLowerCase()];
  if (event.key === 'Enter') act = target.closest('button, a') || state.selected ? undefined : acts.accept;
  if (/^[1-9]$/.test(event.key)) {
    const speaker = state.report?.speakers[event.key - 1];
    act = speaker && (() => acts.speaker(speaker));
  }
  if (!act || !state.report) return;
  event.preventDefault();
  act();
});

// ---- selecting ----

// The place in the reading text of a boundary of a selection: where words begin at or behind it, or end before it.
function placeOf(node, offset, isEnd) {
  if (!node) return undefined;
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest('[data-at]') : undefined;
  if (holder) return Number(holder.dataset.at) + offset;
  const range = document.createRange();
  range.setStart(node, offset);
  const spans = [...reading.querySelectorAll('[data-at]')].filter(span => span.firstChild);
  const length = span => span.firstChild.data.length;
  if (isEnd) {
    const span = spans.filter(span => range.comparePoint(span.firstChild, length(span)) <= 0).at(-1);
    return span && Number(span.dataset.at) + length(span);
  }
  const span = spans.find(span => range.comparePoint(span.firstChild, 0) >= 0);
  return span && Number(span.dataset.at);
}
let looking;
document.addEventListener('selectionchange', () => {
  clearTimeout(looking);
  looking = setTimeout(() => {
    const selection = getSelection();
    if (!state.report || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!reading.contains(range.commonAncestorContainer)) return;
    const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset, true)];
    const part = start < end && words.trimmed(state.report, [start, end]);
    if (!part) return;
    const over = words.others(state.report, [part], []);
    if (!over.length) {
      state.selected = part;
      showPanel();
      say(`Selected: ${words.textOf(state.report, part)}. Whose words are these?`);
    } else if (over.includes(state.current)) state.caret = part[0];
  }, 250);
});

// ---- beginning, and what happens elsewhere ----

async function refresh() {
  await loadQueue();
  if (!state.report) return begin();
  const { path, print } = state.report;
  const opened = state.opened;
  const next = await load({ path });
  // Whoever went to another report meanwhile has it as it is now; whoever went to another quotation stays there.
  if (opened !== state.opened) return;
  const [id, place] = [state.current?.id, state.current?.parts[0][0]];
  // While an editor is at something, what is shown stays.
  if (next.print === print && (state.draft || state.selected)) return;
  state.report = next;
  const again = next.quotes.find(quote => quote.id === id && quote.parts[0][0] === place) ?? next.quotes.find(quote => quote.id === id) ?? next.quotes.find(quote => quote.parts.at(-1)[1] > (place ?? 0));
  [state.current, state.draft] = [again ?? next.quotes[0], undefined];
  show();
}
async function begin() {
  const address = new URL(location.href).searchParams.get('address');
  if (address || location.hash) {
    try {
      const [path, id] = decodeURIComponent(location.hash.slice(1)).split('#');
      const report = await load(address ? { address } : { path });
      return await open(report.path, id);
    } catch {
      // Not a report, or one that has gone: then the queue has the first word.
    }
  }
  const first = state.queue?.rows[0];
  if (first) return open(first.path, first.id);
  reading.replaceChildren(make('p', 'wait', state.queue && !state.queue.unchecked && !state.queue.checked ? 'There are no quotations in this archive yet.' : 'No quotation is doubtful. Those that nobody has checked are under “Not checked”.'));
}
let last = Promise.resolve();
const events = new EventSource('/_onrecord/events');
events.onmessage = event => {
  const now = JSON.parse(event.data);
  const fault = $('fault');
  fault.hidden = now.good;
  fault.textContent = now.good ? '' : 'The last build failed: decisions are written down, and show in pages when it is mended. The preview says what is wrong.';
  if (now.review !== state.number && now.review) last = last.then(refresh).catch(trouble);
};
events.onerror = () => say('The preview has ended.');
addEventListener('pagehide', () => events.close());

$('undo').addEventListener('click', acts.undo);
$('help').addEventListener('click', help);
$('more').addEventListener('click', () => loadQueue(state.queue.rows.length).catch(trouble));
$('show-queue').addEventListener('click', () => $('show-queue').setAttribute('aria-expanded', $('queue').classList.toggle('shown')));
document.documentElement.classList.add('js');
// The first asking has builds looked at from now on; what comes of it is told like every build. Where the build does
// not come about, asking again has it tried again.
const ask = async () => {
  if (state.queue) return;
  await get('queue', { status: state.wanted, n: 1 }).catch(trouble);
  setTimeout(ask, 3000);
};
ask();
