// Asks the server, and asks the editor.

import { some } from './words.js';

const about = name => document.querySelector(`meta[name=onrecord-${name}]`)?.content ?? '';
const address = name => new URL('/_onrecord/review/' + name, location.href);

// An element with what is inside it. Words become text, never markup.
export const make = (name, kind, ...inside) => {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.append(...inside.flat().filter(part => part !== null && part !== undefined && part !== false));
  return element;
};
// The key of a button, for eyes; others are told by `aria-keyshortcuts`.
export const keyed = key => {
  const element = make('kbd', '', key);
  element.setAttribute('aria-hidden', 'true');
  return element;
};
// Words for those who cannot see what stands around them.
export const unseen = words => make('span', 'vh', words);
export const button = (words, act, key) => {
  const element = make('button', '', words, key ? keyed(key) : null);
  element.type = 'button';
  if (key) element.setAttribute('aria-keyshortcuts', key.toLowerCase());
  element.addEventListener('click', act);
  return element;
};

// None while the archive, or a report, is being read.
export async function get(name, asked = {}) {
  const url = address(name);
  for (const [key, value] of Object.entries(asked)) url.searchParams.set(key, value);
  const response = await fetch(url, { cache: 'no-store' });
  if (response.status === 503 || response.status === 404) return undefined;
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export async function post(name, body) {
  const headers = { 'content-type': 'application/json', 'x-onrecord-token': about('token') };
  const response = await fetch(address(name), { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.ok || response.status === 409) return response.json();
  throw new Error((await response.text()).trim());
}

// A dialog that gives what was chosen, and none where it was closed. Focus goes back to where it was.
export function dialog(kind, title, fill) {
  return new Promise(done => {
    const before = document.activeElement;
    const box = make('dialog', kind);
    let chosen;
    const close = value => {
      chosen = value;
      box.close();
    };
    const heading = make('h2', '', title);
    heading.id = 'dialog-title';
    box.setAttribute('aria-labelledby', heading.id);
    const shut = button('Close', () => close());
    shut.classList.add('shut');
    box.append(heading, shut, ...fill(close));
    box.addEventListener('close', () => {
      box.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      done(chosen);
    });
    document.body.append(box);
    box.showModal();
    box.querySelector('input:not([type=checkbox])')?.focus();
  });
}

// Who decides: as the server was told, or as this browser remembers; asked once.
let asked = false;
export async function by() {
  const known = about('by') || localStorage.getItem('onrecord-by');
  if (known || asked) return known ?? '';
  asked = true;
  const name = await dialog('ask', 'Who are you?', close => {
    const input = make('input');
    [input.autocomplete, input.maxLength, input.id] = ['name', 80, 'by'];
    const label = make('label', '', 'Name or initials');
    label.htmlFor = 'by';
    const form = make('form', '', make('p', '', 'It is written down with each of your decisions, and this browser remembers it.'), label, input);
    const keep = make('button', 'main', 'Remember');
    form.append(make('div', 'acts', keep, button('Leave it out', () => close(''))));
    form.addEventListener('submit', event => {
      event.preventDefault();
      close(input.value.trim());
    });
    return [form];
  });
  if (name) localStorage.setItem('onrecord-by', name);
  return name ?? '';
}

// Finds a person of the archive, or takes a name that it does not know: the key and the name, or none.
export const person = (title, only) =>
  dialog('ask find', title, close => {
    const input = make('input');
    [input.type, input.autocomplete, input.id, input.spellcheck] = ['text', 'off', 'find', false];
    const list = make('ul');
    list.id = 'found';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'People');
    for (const [name, value] of [['role', 'combobox'], ['aria-controls', 'found'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false']]) input.setAttribute(name, value);
    const label = make('label', '', 'Name');
    label.htmlFor = 'find';
    let rows = [];
    let at = 0;
    const point = to => {
      at = Math.max(0, Math.min(rows.length - 1, to));
      rows.forEach((row, n) => row.element.setAttribute('aria-selected', n === at));
      if (rows.length) input.setAttribute('aria-activedescendant', rows[at].element.id);
      else input.removeAttribute('aria-activedescendant');
      rows[at]?.element.scrollIntoView({ block: 'nearest' });
    };
    const show = (people, typed) => {
      rows = people.map(found => ({ key: found.id, name: found.name, words: [make('b', '', found.name), make('span', '', [found.office, some(found.quotes, 'quotation')].filter(Boolean).join(' · '))] }));
      // An id looks like no name; what is typed in full is one.
      if (!only && /\p{L}.*\s.*\p{L}/u.test(typed) && !rows.some(row => row.name.toLowerCase() === typed.toLowerCase()))
        rows.push({ key: typed, name: typed, words: [make('b', '', `Add ${typed}`), make('span', '', 'The archive does not know this name yet')] });
      rows.forEach((row, n) => {
        row.element = make('li', '', row.words);
        row.element.id = `found-${n}`;
        row.element.setAttribute('role', 'option');
        row.element.addEventListener('click', () => close({ key: row.key, name: row.name }));
      });
      list.replaceChildren(...rows.map(row => row.element));
      input.setAttribute('aria-expanded', rows.length > 0);
      hint.textContent = typed && !rows.length ? (only ? 'Nobody of that name.' : 'Nobody of that name. Write it in full to add them.') : '';
      point(0);
    };
    let turn = 0;
    input.addEventListener('input', async () => {
      const mine = ++turn;
      const typed = input.value.trim().replace(/\s+/g, ' ');
      const people = typed ? ((await get('people', { q: typed }).catch(() => [])) ?? []) : [];
      if (mine === turn) show(people, typed);
    });
    input.addEventListener('keydown', event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        point(at + step);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        if (rows[at]) close({ key: rows[at].key, name: rows[at].name });
      }
    });
    const hint = make('p', 'hint');
    hint.setAttribute('role', 'status');
    return [label, input, list, hint];
  });
