// Keeps an open page of the preview up to date. Nothing of this is in the published site.
{
  const me = document.currentScript;
  let built = Number(me.dataset.built);
  let tag = me.dataset.tag;
  let source; // the page as it was served, without this script
  const here = () => location.href.split('#')[0];
  const read = async () => {
    const response = await fetch(here(), { cache: 'no-store' });
    const text = await response.text();
    return { page: new DOMParser().parseFromString(text, 'text/html'), tag: (response.headers.get('etag') ?? '').replaceAll('"', '') };
  };
  const main = page => page.querySelector('main') ?? page.body;
  const head = page => [...page.head.querySelectorAll('script[src], link[rel=stylesheet]')].map(element => element.outerHTML).join();

  // Where the reader was, over a reload.
  const key = 'onrecord-scroll ' + here();
  const kept = sessionStorage.getItem(key);
  if (kept !== null) {
    sessionStorage.removeItem(key);
    addEventListener('load', () => scrollTo({ top: Number(kept), behavior: 'instant' }));
  }
  const reload = () => {
    sessionStorage.setItem(key, scrollY);
    location.reload();
  };

  // Style sheets are exchanged in place.
  const sheets = () => [...document.querySelectorAll('link[rel=stylesheet]')].filter(link => new URL(link.href).origin === location.origin);
  const tags = new Map();
  const tagOf = async link => {
    const address = link.href.split('?')[0];
    const response = await fetch(address, { cache: 'no-store' });
    await response.text();
    return [address, response.headers.get('etag') ?? ''];
  };
  const restyle = async () => {
    for (const link of sheets()) {
      const [address, now] = await tagOf(link);
      const before = tags.get(address);
      tags.set(address, now);
      if (before === undefined || before === now) continue;
      const next = link.cloneNode();
      next.href = address + '?' + now.replace(/\W/g, '');
      next.addEventListener('load', () => link.remove());
      link.after(next);
    }
  };

  // Gives the page the words of `now` where it was `before`; false where more than words has changed.
  const patch = (before, now, shown) => {
    if (before.isEqualNode(now)) return true;
    if (before.nodeType !== now.nodeType || before.nodeName !== now.nodeName || shown?.nodeName !== now.nodeName) return false;
    if (now.nodeType === Node.TEXT_NODE) {
      if (shown.data !== before.data) return false;
      shown.data = now.data;
      return true;
    }
    const names = element => [...(element.attributes ?? [])].map(({ name, value }) => name + '=' + value).join('\n');
    if (names(before) !== names(now)) return false;
    const [old, fresh, live] = [before, now, shown].map(element => [...element.childNodes]);
    // What a script has put in stands last.
    if (old.length !== fresh.length || live.length < fresh.length) return false;
    return fresh.every((child, n) => patch(old[n], child, live[n]));
  };
  const refresh = async () => {
    const next = await read();
    if (next.tag === tag) return;
    const same = source && head(source) === head(next.page) && source.documentElement.lang === next.page.documentElement.lang;
    if (!same || !patch(main(source), main(next.page), main(document))) return reload();
    document.title = next.page.title;
    [source, tag] = [next.page, next.tag];
  };

  // The panel lies in a tree of its own, which the site's style does not reach.
  const host = document.createElement('div');
  const tree = host.attachShadow({ mode: 'open' });
  const make = (name, kind, ...inside) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...inside.filter(part => part !== null && part !== undefined));
    return element;
  };
  const style = make('link');
  style.rel = 'stylesheet';
  style.href = new URL('live.css', me.src).href;
  tree.append(style);
  // A way to what this page says of who said what, where there is such a page.
  if (!document.body.classList.contains('waiting')) {
    const review = make('a', 'pill review', 'Review');
    review.href = new URL('review?address=' + encodeURIComponent(location.pathname), me.src);
    tree.append(review);
  }
  document.body.append(host);
  let shown = [];
  const put = (...elements) => {
    for (const element of shown) element.remove();
    shown = elements;
    tree.append(...elements);
  };

  const lines = note => {
    if (!note.excerpt) return null;
    const line = (number, kind, ...inside) => make('span', kind, make('i', '', String(number)), ...inside);
    const [before, place, after] = note.excerpt;
    return make(
      'pre',
      '',
      ...note.before.map((words, n) => line(note.line - note.before.length + n, '', words)),
      line(note.line, 'it', before, make('mark', '', place || ' '), after, note.label ? make('b', '', '  ← ' + note.label) : null),
      ...note.after.map((words, n) => line(note.line + 1 + n, '', words)),
    );
  };
  const entry = note => {
    const place = note.path && [note.path, note.line, note.column].filter(Boolean).join(':');
    const link = make('a', '', place);
    if (note.link) link.href = note.link;
    const told = (word, words) => (words ? make('p', 'told', make('b', '', word + ': '), words) : null);
    return make(
      'li',
      note.severity,
      make('p', 'what', make('b', '', note.severity + (note.code ? `[${note.code}]` : '') + ' '), note.message),
      place ? make('p', 'where', link) : null,
      lines(note),
      told('note', note.note),
      told('help', note.help),
    );
  };
  const some = (n, one) => `${n} ${one}${n === 1 ? '' : 's'}`;
  let closed = '';
  let wanted = false;
  const show = state => {
    const errors = state.notes.filter(note => note.severity === 'error').length;
    const warnings = state.notes.filter(note => note.severity === 'warning').length;
    const what = JSON.stringify(state.notes);
    if (!errors && !warnings) return put();
    const bad = !state.good || errors > 0;
    if ((bad || wanted) && closed !== what) {
      const close = make('button', '', 'Close');
      close.type = 'button';
      close.addEventListener('click', () => {
        [closed, wanted] = [what, false];
        show(state);
      });
      const title = state.good ? `Built, with ${errors ? some(errors, 'fault') : some(warnings, 'warning')}` : 'Not built';
      const words = state.good
        ? errors ? 'The files named here are left out; everything else is shown.' : 'Everything is shown; these may not be as you meant them.'
        : state.built ? 'This is the site as the last good build left it.' : 'There is no site to show yet.';
      const panel = make('section', bad ? 'panel bad' : 'panel', close, make('h2', '', title), make('p', '', words), make('ol', '', ...state.notes.map(entry)));
      if (state.beyond) panel.append(make('p', '', `and ${state.beyond} more, in the terminal`));
      panel.setAttribute('role', bad ? 'alert' : 'region');
      panel.setAttribute('aria-label', title);
      panel.tabIndex = -1;
      panel.addEventListener('keydown', event => event.key === 'Escape' && close.click());
      return put(panel);
    }
    const pill = make('button', bad ? 'pill bad' : 'pill', errors ? some(errors, 'fault') : some(warnings, 'warning'));
    pill.type = 'button';
    pill.addEventListener('click', () => {
      [closed, wanted] = ['', true];
      show(state);
      shown[0].focus();
    });
    put(pill);
  };

  // One event after the other, and of several that wait only the last.
  let next;
  let busy = false;
  const take = async state => {
    next = state;
    if (busy) return;
    busy = true;
    while (next) {
      const now = next;
      next = undefined;
      try {
        if (now.built !== built) {
          built = now.built;
          await restyle();
          await refresh();
        }
        show(now);
      } catch {
        // The server is gone or busy; the stream of events tells when it is back.
      }
    }
    busy = false;
  };
  const listen = () => {
    const events = new EventSource(new URL('events', me.src));
    events.onmessage = event => take(JSON.parse(event.data));
    events.onerror = () => {
      if (!shown.some(element => element.matches('.panel'))) put(make('p', 'pill lost', 'The preview has ended'));
    };
    addEventListener('pagehide', () => events.close());
  };
  const begin = async () => {
    try {
      for (const link of sheets()) tags.set(...(await tagOf(link)));
      const now = await read();
      if (now.tag !== tag) return reload();
      source = now.page;
    } catch {
      // Then a change loads the page again.
    }
    listen();
  };
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin);
}
