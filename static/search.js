// The search of /search/. Reads the index that `src/emit/search/` writes (docs/design/search.md tells its form) and
// shows what it finds in copies of the page's own templates: all words are there, and nothing becomes markup.
{
  // Bytes of words that are read before the first results, where one year is not more; older years are offered.
  const ENOUGH = 110_000;
  // Results of each group that are shown at first; fewer where the words were dear, since each is read for itself.
  const FIRST = 5;
  const DEAR = 90_000;
  const FEW = 3;
  // Years that are looked at together.
  const MOST = 24;
  const MORE = 10;
  // Shorter words match whole, longer ones also as the head of a word.
  const PREFIX = 4;
  // Places below this one are in the headline.
  const HEADLINE = 64;

  const byId = id => document.getElementById(id);
  const form = byId('find');
  const told = byId('told');
  const field = form.elements;
  const { index, root } = form.dataset;
  const folder = index.slice(0, index.lastIndexOf('/') + 1);
  const lang = document.documentElement.lang;

  /* ---- words, folded as src/text/folded.rs folds them ---- */

  const PLAIN = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', đ: 'd', þ: 'th', ł: 'l', ı: 'i', ς: 'σ' };
  const IGNORED = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\p{M}]/u;
  const LETTER = /[\p{Alphabetic}\p{N}]/u;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const LONGEST = 40;

  // [{ word, start, end }], places in `text`.
  function words(text) {
    const out = [];
    let word = '', letters = 0, apostrophe = -1, start = 0, end = 0, at = 0;
    const finish = () => {
      if (letters) out.push({ word: apostrophe >= 0 && word.slice(apostrophe) == 's' ? word.slice(0, -1) : word, start, end });
      word = '';
      letters = 0;
      apostrophe = -1;
    };
    const push = (letter, width) => {
      if (!letters) start = at;
      if (++letters <= LONGEST) word += letter;
      end = at + width;
    };
    for (const sign of text) {
      if (/['’‘ʼ＇]/.test(sign)) apostrophe = letters ? word.length : -1;
      else if (!IGNORED.test(sign)) {
        for (const part of sign.normalize('NFKD').replace(/\p{M}/gu, '')) {
          for (const lower of part.toLowerCase().replace(/\p{M}/gu, '')) {
            const alone = UNSPACED.test(lower);
            if (!LETTER.test(lower) || alone) finish();
            if (LETTER.test(lower)) for (const letter of PLAIN[lower] ?? lower) push(letter, sign.length);
            if (alone) finish();
          }
        }
      }
      at += sign.length;
    }
    finish();
    return out;
  }

  // What is asked for: units of one word, or of several that stand together. The last word may go on.
  function units(text) {
    const out = [];
    text.split(/["“”„«»]/).forEach((piece, i) => {
      const list = words(piece).map(({ word }) => word);
      if (i % 2) list.length && out.push({ words: list });
      else for (const word of list) out.push({ words: [word] });
    });
    const last = out.at(-1);
    const open = last && last.words.length == 1 && last.words[0].length >= PREFIX && !/["“”„«»\s]$/.test(text);
    if (open) last.prefix = true;
    return out;
  }

  /* ---- the index ---- */

  const kept = new Map();
  let bytes = 0;

  function get(address, read, options) {
    if (!kept.has(address)) {
      const asked = fetch(address, options).then(async response => {
        if (!response.ok) throw Object.assign(new Error(told.dataset.missing), { lost: response.status == 404 || response.status == 410 });
        const body = await response.arrayBuffer();
        bytes += body.byteLength;
        form.dataset.bytes = bytes;
        return read(body);
      });
      asked.catch(() => kept.delete(address));
      kept.set(address, asked);
    }
    return kept.get(address);
  }
  const json = body => JSON.parse(new TextDecoder().decode(body));
  const raw = body => new Uint8Array(body);
  const start = options => get(index, json, { cache: 'no-cache', ...options });
  const folderOf = year => folder + (year ? String(year).padStart(4, '0') : 'undated') + '/';

  // Which of the sorted heads `from` may hold words from `low` to `high`.
  function range(from, low, high) {
    const place = word => {
      let [a, b] = [0, from.length];
      while (a < b) {
        const middle = (a + b) >> 1;
        if (from[middle] <= word) a = middle + 1;
        else b = middle;
      }
      return Math.max(0, a - 1);
    };
    const first = place(low);
    return from.length ? [first, Math.max(first, place(high))] : [0, -1];
  }

  // Where a word stands, from a file of words: Map(report, [place, item, place, item …]), item -1 outside of
  // quotations and captions.
  function places(file, word, prefix, out) {
    const wanted = new TextEncoder().encode(word);
    const current = [];
    let at = 0;
    const number = () => {
      let n = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = file[at++];
        n |= (byte & 127) << shift;
        if (byte < 128 || at > file.length) return n >>> 0;
      }
    };
    while (at < file.length) {
      current.length = number();
      for (let left = number(); left > 0; left--) current.push(file[at++]);
      const end = number() + at;
      const is = wanted.every((byte, i) => current[i] == byte) && (prefix || current.length == wanted.length);
      for (let report = -1; is && at < end; ) {
        const step = number();
        report += step >> 1;
        let n = step & 1 ? number() : 1;
        let list = out.get(report);
        if (!list) out.set(report, (list = []));
        for (let place = 0, item = -1; n > 0; n--) {
          const way = number();
          place += Math.floor(way / 3);
          if (way % 3 == 2) item = number();
          list.push(place, way % 3 ? item : -1);
        }
      }
      at = end;
    }
    return out;
  }

  // One year, with what is asked of it.
  class Year {
    constructor(year, name) {
      this.year = year;
      this.folder = folderOf(year);
      this.name = name;
    }
    async open() {
      this.list = await get(this.folder + this.name + '.json', json);
      if (!this.shared) {
        this.shared = new Map();
        for (const [photo, uses] of Object.entries(this.list.shared))
          for (let i = 0; i < uses.length; i += 2) this.shared.set(uses[i] + ' ' + uses[i + 1], photo);
      }
      return this;
    }
    files(word, prefix) {
      const [first, last] = range(this.list.from, word, prefix ? word + '\uffff' : word);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    }
    // Bytes that are still to be read for some words.
    cost(asked) {
      const files = new Set(asked.flatMap(({ word, prefix }) => this.files(word, prefix)));
      const address = i => this.folder + this.list.words[i] + '.bin';
      return [...files].reduce((sum, i) => sum + (kept.has(address(i)) ? 0 : this.list.sizes[i]), 0);
    }
    async places({ word, prefix }) {
      const out = new Map();
      const files = await Promise.all(this.files(word, prefix).map(i => get(this.folder + this.list.words[i] + '.bin', raw)));
      for (const file of files) places(file, word, prefix, out);
      return out;
    }
    async card(report) {
      const { per, cards } = this.list;
      return (await get(this.folder + cards[Math.floor(report / per)] + '.json', json))[report % per];
    }
  }

  // The places of words that stand together, each that of its first word.
  function together(lists) {
    if (lists.length == 1) return lists[0];
    const out = new Map();
    const key = (place, item) => place * 0x100000 + item + 1;
    for (const [report, first] of lists[0]) {
      const rest = lists.slice(1).map(list => list.get(report));
      if (!rest.every(Boolean)) continue;
      const seen = rest.map(list => {
        const set = new Set();
        for (let i = 0; i < list.length; i += 2) set.add(list[i]).add(-key(list[i], list[i + 1]));
        return set;
      });
      const found = [];
      for (let i = 0; i < first.length; i += 2) {
        const [place, item] = [first[i], first[i + 1]];
        if (seen.every((set, k) => set.has(place + k + 1)))
          found.push(place, seen.every((set, k) => set.has(-key(place + k + 1, item))) ? item : -1);
      }
      if (found.length) out.set(report, found);
    }
    return out;
  }

  // What a year has of the units: reports, and the quotations and captions that hold all of them.
  async function find(year, { units, person, section, kind }) {
    const one = word => year.places({ word });
    const [who, where, ...all] = await Promise.all([
      person ? one('@' + person) : undefined,
      section ? one('#' + section) : undefined,
      ...units.map(async ({ words, prefix }) =>
        together(await Promise.all(words.map((word, i) => year.places({ word, prefix: prefix && i == words.length - 1 })))),
      ),
    ]);
    const found = { reports: [], quotes: [], photos: [], had: all.map(list => list.size), n: year.list.n };
    const lists = [who, where, ...all].filter(Boolean).sort((a, b) => a.size - b.size);
    if (!lists.length) return found;
    for (const report of lists[0].keys()) {
      if (!lists.every(list => list.has(report))) continue;
      const theirs = who && new Set(who.get(report).filter((_, i) => i % 2));
      const worth = [];
      let items;
      for (const list of all) {
        const at = list.get(report);
        const inside = new Map();
        let n = 0, headline = 0;
        for (let i = 0; i < at.length; i += 2) {
          n += 1;
          if (at[i] < HEADLINE) headline = 1;
          if (at[i + 1] >= 0) inside.set(at[i + 1], (inside.get(at[i + 1]) ?? 0) + 1);
        }
        worth.push(n / (n + 1.5) + 1.5 * headline);
        const saturated = item => inside.get(item) / (inside.get(item) + 1.5);
        if (!items) items = new Map([...inside.keys()].map(item => [item, [saturated(item)]]));
        else for (const [item, list] of items) inside.has(item) ? list.push(saturated(item)) : items.delete(item);
      }
      items ??= new Map([...(theirs ?? [])].map(item => [item, []]));
      if (!theirs || [...theirs].some(item => item % 3 < 2)) found.reports.push({ year, report, worth });
      for (const [item, worth] of items) {
        if (theirs && !theirs.has(item)) continue;
        const hit = { year, report, at: Math.floor(item / 3), worth };
        if (item % 3 == 2) found.photos.push({ ...hit, photo: year.shared.get(report + ' ' + hit.at) });
        else if (!kind || kind == (item % 3 ? 'reported' : 'direct')) found.quotes.push(hit);
      }
    }
    return found;
  }

  // People all of whose words are asked for; the last word may go on.
  async function people(list, open) {
    if (!list.length) return [];
    const directory = await get(folder + 'people/' + (await start()).people + '.json', json);
    const last = open ? list.at(-1) : undefined;
    // The longest whole word leads to the fewest.
    const sure = list.slice(0, last ? -1 : undefined).sort((a, b) => b.length - a.length);
    const word = sure[0] ?? last;
    const [from, to] = range(directory.from, word, sure.length ? word : word + '\uffff');
    const files = directory.files.slice(from, to + 1).slice(0, 2);
    const rows = (await Promise.all(files.map(name => get(folder + 'people/' + name + '.json', json)))).flat();
    const found = new Map();
    for (const [head, slug, name, initials, slot, office, weight, all] of rows) {
      const names = all.split(' ');
      const fits = (sure.length ? head == word : head.startsWith(word)) && sure.every(word => names.includes(word)) &&
        (!last || names.some(name => name.startsWith(last)));
      if (fits) found.set(slug, { slug, name, initials, slot, office, weight, near: names.length - list.length });
    }
    return [...found.values()].sort((a, b) => b.weight - a.weight || a.near - b.near || (a.slug < b.slug ? -1 : 1));
  }

  /* ---- the page ---- */

  // By the words' language, which is not the page's where the theme has none in that.
  const tongue = form.dataset.words;
  const plural = new Intl.PluralRules(tongue);
  const figure = new Intl.NumberFormat(tongue, { numberingSystem: 'latn' });
  const day = new Intl.DateTimeFormat(tongue, { calendar: 'gregory', numberingSystem: 'latn', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  // Forms of a counted word stand as `data-one`, `data-few`, `data-other`, as the language has them.
  const counted = (n, { dataset }) => filled(dataset[plural.select(n)] ?? dataset.other, { n: figure.format(n) });

  // A copy of a template: what is given goes in as text, as nodes, or by a function; the rest goes.
  function copy(id, values) {
    const made = byId('t-' + id).content.cloneNode(true);
    for (const place of made.querySelectorAll('[data-put]')) {
      const value = values[place.dataset.put];
      if (value == null || value === false || value === '') place.remove();
      else if (typeof value == 'function') value(place);
      else if (value !== true) place.replaceChildren(...[value].flat());
      place.removeAttribute('data-put');
    }
    return made;
  }
  const linked = (address, value) => place => {
    place.href = address;
    if (value != null) place.replaceChildren(...[value].flat());
  };
  const dated = date => date && (place => {
    const time = document.createElement('time');
    time.dateTime = date;
    time.textContent = day.format(new Date(date.slice(0, 10)));
    place.replaceWith(time);
  });
  const node = (name, classes, ...inside) => {
    const made = document.createElement(name);
    if (classes) made.className = classes;
    made.append(...inside);
    return made;
  };

  // First and one past last byte of everything in `text` that the units ask for.
  function hits(text, units) {
    const list = words(text);
    const out = [];
    for (let i = 0; i < list.length; i++) {
      for (const { words, prefix } of units) {
        const fits = words.every((word, k) => {
          const other = list[i + k]?.word;
          return other == word || (prefix && k == words.length - 1 && other?.startsWith(word));
        });
        if (fits) out.push([list[i].start, list[i + words.length - 1].end]);
      }
    }
    return out.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  }
  function marked(text, units) {
    const out = [];
    let at = 0;
    for (const [from, to] of hits(text, units)) {
      if (to <= at) continue;
      out.push(text.slice(at, Math.max(at, from)), node('mark', '', text.slice(Math.max(at, from), to)));
      at = to;
    }
    return [...out, text.slice(at)];
  }
  // Some words around the first hit, or the standfirst where only the headline has one.
  function excerpt({ text, headline, standfirst }, units) {
    const first = text.indexOf(headline) + headline.length;
    const hit = units.length ? hits(text, units).find(([from]) => from > first) : undefined;
    if (!hit) return marked(standfirst ?? '', units);
    const line = text.lastIndexOf('\n', hit[0]) + 1;
    let from = Math.max(line, hit[0] - 110);
    if (from > line) from = text.indexOf(' ', from) + 1;
    const stop = text.indexOf('\n', hit[1]);
    let to = Math.min(stop < 0 ? text.length : stop, hit[1] + 170);
    if (to < text.length && text[to] != '\n') to = Math.max(hit[1], text.lastIndexOf(' ', to));
    const more = to < text.length && text[to] != '\n';
    return [from > line ? '… ' : '', ...marked(text.slice(from, to), units), more ? ' …' : ''];
  }

  const personOf = (slug, name, initials, slot, unsure, units) => {
    const chip = node('span', `chip s${slot}${unsure || !slot ? ' unsure' : ''}`, initials);
    chip.setAttribute('aria-hidden', 'true');
    const made = node(slug ? 'a' : 'span', `pers s${slot}`, chip, node('span', 'nm', ...(units ? marked(name, units) : [name])));
    if (slug) made.href = `${root}people/${slug}/`;
    return made;
  };
  // Words of a report in another language than the page's say so.
  const spoken = (made, data, ...places) => {
    if (data.language.split('-')[0] == lang.split('-')[0]) return made;
    for (const place of made.querySelectorAll(places.join())) [place.lang, place.dir] = [data.language, 'auto'];
    return made;
  };
  const local = address => address && new URL(address, location.href).pathname;

  // A report's card and its own data.
  async function story({ year, report }) {
    const card = await year.card(report);
    return [card, await get(root + encodeURI(card[0]) + 'index.json', json)];
  }
  const draw = {
    async reports(hit, units) {
      const [[address], data] = await story(hit);
      const made = copy('reports', {
        section: data.section,
        headline: linked(root + encodeURI(address), marked(data.headline, units)),
        words: excerpt(data, units),
        date: dated(data.published),
      });
      return spoken(made, data, 'h3', '.stand');
    },
    async quotes(hit, units) {
      const [[address, speakers, quotes], data] = await story(hit);
      const said = data.quotations[hit.at];
      const [initials, slot, slug] = speakers[quotes[hit.at] >> 1];
      const unsure = Boolean(quotes[hit.at] & 1);
      const made = copy('quotes', {
        words: linked(`${root}${encodeURI(address)}#q-${said.id}`, marked(said.text, units)),
        speaker: personOf(slug, said.speaker?.name || said.unnamed || byId('t-nobody').content.textContent, initials, slot, unsure),
        unsure: unsure && slot > 0,
        direct: said.kind != 'reported',
        reported: said.kind == 'reported',
        headline: data.headline,
        comma: Boolean(data.published),
        date: dated(data.published),
      });
      made.firstElementChild.classList.add(`s${slot}`, said.kind == 'reported' ? 'rep' : 'dir');
      return spoken(made, data, 'blockquote p', '.src > span:first-child');
    },
    async photos(hit, units) {
      const [, data] = await story(hit);
      const photo = data.photographs[hit.at];
      const words = photo.caption || photo.alt || byId('t-untitled').content.textContent;
      const made = copy('photos', {
        link: place => (place.href = local(photo.url)),
        picture: photo.picture && (place => {
          [place.width, place.height] = [photo.width, photo.height];
          place.src = local(photo.thumbnail ?? photo.picture);
        }),
        absent: !photo.picture,
        words: marked(words, units),
        credit: photo.credit,
        comma: Boolean(photo.credit && data.published),
        date: dated(data.published),
      });
      return spoken(made, data, '.txt');
    },
    async people({ slug, name, initials, slot, office }, units) {
      return copy('people', {
        speaker: personOf(slug, name, initials, slot, false, units),
        office,
        only: linked(`?person=${encodeURIComponent(slug)}`),
      });
    },
  };

  // Shows the next results of a group behind those that are there.
  async function show(name, hits, units, n) {
    const group = byId('g-' + name);
    const list = group.querySelector('.hits');
    const more = group.querySelector(':scope > button');
    const now = hits.slice(list.childElementCount, list.childElementCount + n);
    const made = await Promise.all(now.map(hit => draw[name](hit, units)));
    return () => {
      list.append(...made);
      group.hidden = !hits.length;
      group.querySelector('h2 span').textContent = figure.format(hits.length);
      more.hidden = list.childElementCount >= hits.length;
      more.onclick = async () => {
        const before = list.childElementCount;
        try {
          (await show(name, hits, units, MORE))();
          list.children[before]?.querySelector('a')?.focus();
        } catch (fault) {
          fail(fault);
        }
      };
    };
  }

  const fail = fault => (told.textContent = filled(told.dataset.fault, { why: fault.message }));

  /* ---- asking ---- */

  // People by what the field of speakers says of them.
  const named = new Map();
  function asked() {
    const who = field.person.value.trim();
    return {
      q: field.q.value,
      person: named.get(who) ?? who,
      section: field.section.value,
      year: field.year.value,
      kind: field.kind.value,
    };
  }
  function address(query) {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value.trim()) params.set(name, value);
    return String(params) ? '?' + params : location.pathname;
  }

  // The last search that was begun; what an earlier one finds comes too late.
  let turn = 0;
  async function search(again = false) {
    const mine = ++turn;
    const late = () => mine != turn;
    const query = asked();
    history.replaceState(null, '', address(query) + (query.q + query.person ? location.hash : ''));
    const wanted = { ...query, units: units(query.q) };
    const slow = setTimeout(() => late() || (told.textContent = told.dataset.slow), 400);
    try {
      if (!wanted.units.length && !query.person && !query.section) {
        for (const name of Object.keys(draw)) byId('g-' + name).hidden = true;
        byId('older').hidden = true;
        told.textContent = told.dataset.empty;
        return;
      }
      const years = (await start(again ? { cache: 'reload' } : {})).years;
      const left = years.filter(([year]) => !query.year || year == query.year).map(([year, name]) => new Year(year, name));
      const list = wanted.units.flatMap(unit => unit.words);
      const open = query.q && !/["“”„«»\s]$/.test(query.q) && list.at(-1)?.length > 1;
      const filtered = query.section || query.year || query.kind || query.person;
      const known = filtered ? [] : await people(list, open);
      await next({ wanted, left, late, known, done: [], reports: [], quotes: [], photos: [], had: wanted.units.map(() => 0), n: 0 });
    } catch (fault) {
      if (late()) return;
      // Another build has taken the place of the one we began with.
      if (fault.lost && !again) {
        kept.clear();
        return search(true);
      }
      fail(fault.lost ? new Error(told.dataset.lost) : fault);
    } finally {
      clearTimeout(slow);
    }
  }

  // Goes on with older years until enough is read, and shows everything found so far.
  async function next(state) {
    const { wanted, left, late } = state;
    const before = bytes;
    const asked = wanted.units.flatMap(({ words, prefix }) => words.map((word, i) => ({ word, prefix: prefix && i == words.length - 1 })));
    if (wanted.person) asked.push({ word: '@' + wanted.person });
    if (wanted.section) asked.push({ word: '#' + wanted.section });
    const now = left.splice(0, 1);
    if (now.length) {
      // What the newest year costs tells how many others are worth opening.
      let sum = (await now[0].open()).cost(asked);
      const others = Math.min(left.length, Math.floor((2 * ENOUGH) / (sum + 5_000)), MOST);
      await Promise.all(left.slice(0, others).map(year => year.open()));
      for (let i = 0; i < others; i++) {
        sum += left[0].cost(asked);
        if (sum > ENOUGH) break;
        now.push(left.shift());
      }
    }
    for (const found of await Promise.all(now.map(year => find(year, wanted)))) {
      for (const name of ['reports', 'quotes', 'photos']) state[name].push(...found[name]);
      found.had.forEach((n, i) => (state.had[i] += n));
      state.n += found.n;
    }
    state.done.push(...now);
    const weights = state.had.map(n => Math.log(1 + state.n / (n + 1)));
    const best = hits => {
      for (const hit of hits) hit.score = hit.worth.reduce((sum, worth, i) => sum + worth * weights[i], 0);
      return hits.sort((a, b) => b.score - a.score || b.year.year - a.year.year || b.report - a.report || a.at - b.at);
    };
    const { reports, quotes, photos, known: people } = state;
    // Rather than to say that newer years have nothing, look into the older ones.
    if (left.length && !late() && ![reports, quotes, photos, people].some(hits => hits.length)) return next(state);
    // A photograph of several reports stands once, with the words that answer best.
    const seen = new Set();
    const once = hits => hits.filter(({ photo }) => !photo || (!seen.has(photo) && seen.add(photo)));
    const groups = { reports: best(reports), quotes: best(quotes), people, photos: once(best(photos)) };
    for (const name of Object.keys(groups)) if (!late()) byId('g-' + name).querySelector('.hits').replaceChildren();
    const first = bytes - before > DEAR ? FEW : FIRST;
    const shown = await Promise.all(Object.entries(groups).map(([name, hits]) => show(name, hits, wanted.units, first)));
    if (late()) return;
    shown.forEach(put => put());
    const counts = Object.entries(groups).filter(([, hits]) => hits.length).map(([name, hits]) => counted(hits.length, byId('g-' + name)));
    const span = years => {
      const [to, from] = [years[0].year || '', years.at(-1).year || ''];
      return from == to ? `${to}` : `${from}–${to}`;
    };
    const words = counts.join(told.dataset.join);
    told.textContent = !counts.length ? told.dataset.none : left.length ? filled(told.dataset.within, { counts: words, years: span(state.done) }) : words;
    const older = byId('older');
    older.hidden = !left.length;
    if (left.length) {
      const button = older.firstElementChild;
      button.textContent = filled(button.dataset.words, { years: span(left) });
      button.onclick = () => next(state).catch(fail);
    }
  }

  // Offers people while a name is typed.
  async function offer() {
    const typed = field.person.value;
    const list = words(typed).map(({ word }) => word);
    if (named.has(typed.trim()) || !list.length || list.at(-1).length < 2) return;
    const found = (await people(list, true)).slice(0, 12);
    const names = new Set();
    byId('f-people').replaceChildren(...found.map(({ slug, name, office }) => {
      const value = names.has(name) ? `${name} (${slug})` : name;
      names.add(name);
      named.set(value, slug);
      const option = node('option');
      option.value = value;
      if (office) option.label = `${value}, ${office}`;
      return option;
    }));
  }

  // Puts a person's name where the address has only their own address.
  async function nameOf(slug) {
    const list = words(slug.replaceAll('-', ' ')).map(({ word }) => word);
    const found = list.length ? (await people(list.slice(0, 1), false)).find(person => person.slug == slug) : undefined;
    if (!found || field.person.value != slug) return;
    named.set(found.name, slug);
    field.person.value = found.name;
  }

  let timer;
  const soon = ms => {
    clearTimeout(timer);
    timer = setTimeout(search, ms);
  };
  form.addEventListener('submit', event => {
    event.preventDefault();
    soon(0);
  });
  form.addEventListener('input', event => {
    if (event.target != field.person) return soon(event.target == field.q ? 180 : 0);
    offer().catch(fail);
    const who = field.person.value.trim();
    if (!who || named.has(who)) soon(0);
  });
  field.person.addEventListener('change', async () => {
    await offer().catch(fail);
    soon(0);
  });
  // Only now is anything read: a page that is merely passed costs nothing.
  field.q.addEventListener('focus', () => start().catch(() => {}), { once: true });

  const given = new URLSearchParams(location.search);
  for (const name of ['q', 'person', 'section', 'year', 'kind']) if (given.get(name)) field[name].value = given.get(name);
  search().then(() => field.person.value && nameOf(field.person.value)).catch(fail);
}
