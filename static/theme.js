// Comfort only: every page reads and works without this file.
{
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  root.classList.add('js');

  // A quotation, by the id of its mark: the mark, all its pieces, its chip, its note.
  const quotes = new Map();
  let open;
  for (const mark of all('.body :is(.q, .chip, [id^=q-])')) {
    if (mark.matches('.chip')) {
      const quote = quotes.get('q' + mark.hash.slice(2));
      if (quote) quote.chip = mark;
    } else if (mark.id) {
      open = { mark, pieces: [mark], note: document.getElementById('n' + mark.id.slice(1)) };
      if (open.note) quotes.set(mark.id, open);
    } else open?.pieces.push(mark);
  }
  // The people page shows those whose row holds what is typed.
  const find = one('#t-find');
  find?.addEventListener('input', () => {
    const rows = all('.folk tbody tr');
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(find.value.trim().toLowerCase());
    find.nextSibling.value = find.value && rows.filter(row => !row.hidden).length;
  });

  if (quotes.size) start([...quotes.values()]);

  function start(list) {
    const said = document.createElement('p');
    said.className = 'toast';
    said.setAttribute('role', 'status');
    document.body.append(said);
    let quiet;
    const tell = words => {
      said.textContent = words;
      clearTimeout(quiet);
      quiet = setTimeout(() => (said.textContent = ''), 4000);
    };

    // Words, speaker, report, date, address.
    const cite = ({ note }) => {
      const text = selector => one(selector, note).textContent.trim();
      const date = one('.head time')?.textContent.split(',')[0];
      return `${text('.said')} ${text('.by b')}, in ‘${one('h1').textContent.trim()}’${date ? ', ' + date : ''}. ${one('.acts a + a', note).href}`;
    };
    const copy = async quote => {
      try {
        await navigator.clipboard.writeText(cite(quote));
        tell('Citation copied');
      } catch {
        tell(cite(quote));
      }
    };
    const citer = quote => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'lnk';
      button.textContent = 'Cite';
      button.addEventListener('click', () => copy(quote));
      return button;
    };
    for (const quote of list) one('.acts', quote.note).append(citer(quote));

    // One card, moved to the chip that is pointed at or focused; it shows the quotation's own note.
    const card = document.createElement('div');
    card.hidden = true;
    one('.main').append(card);
    let timer;
    const later = (act, ms) => {
      clearTimeout(timer);
      timer = setTimeout(act, ms);
    };
    const hide = () => {
      clearTimeout(timer);
      card.hidden = true;
    };
    const show = quote => {
      clearTimeout(timer);
      const [by, why] = ['.by', '.why'].map(part => one(part, quote.note).cloneNode(true));
      const acts = one('.acts', by);
      acts.firstElementChild.remove();
      acts.lastElementChild.replaceWith(citer(quote));
      card.className = 'card ' + quote.note.className;
      card.replaceChildren(by, why, acts);
      card.hidden = false;
      const chip = quote.chip.getBoundingClientRect(), frame = card.parentNode.getBoundingClientRect();
      card.style.left = Math.max(0, Math.min(chip.left - frame.left - 24, frame.width - card.offsetWidth)) + 'px';
      card.style.top = chip.bottom - frame.top + 8 + 'px';
    };
    const leaves = event => card.contains(event.relatedTarget) || hide();
    for (const quote of list) {
      const { chip } = quote;
      if (!chip) continue;
      chip.addEventListener('pointerenter', event => event.pointerType == 'mouse' && later(() => show(quote), 220));
      chip.addEventListener('pointerleave', () => later(hide, 260));
      chip.addEventListener('focus', () => chip.matches(':focus-visible') && show(quote));
      chip.addEventListener('blur', leaves);
    }
    card.addEventListener('pointerenter', () => clearTimeout(timer));
    card.addEventListener('pointerleave', () => later(hide, 260));
    card.addEventListener('focusout', leaves);

    // All pieces of the quotation in the address are lit, also those in later paragraphs.
    let at = -1;
    const light = i => {
      list[at]?.pieces.forEach(piece => piece.classList.remove('on'));
      at = i;
      list[at]?.pieces.forEach(piece => piece.classList.add('on'));
    };
    const follow = () => light(list.findIndex(({ mark }) => '#' + mark.id == location.hash));
    addEventListener('hashchange', follow);
    follow();

    // J and K walk the quotations, C copies; a checkbox turns them off and the choice is kept.
    const keys = one('#t-keys');
    try {
      keys.checked = localStorage.getItem('keys') != 'off';
    } catch {}
    keys.addEventListener('change', () => {
      try {
        localStorage.setItem('keys', keys.checked ? 'on' : 'off');
      } catch {}
    });
    const go = i => {
      light(Math.max(0, Math.min(list.length - 1, i)));
      const { mark, chip } = list[at];
      history.replaceState(null, '', '#' + mark.id);
      mark.scrollIntoView({ block: 'center' });
      chip?.focus({ preventScroll: true });
      if (chip) show(list[at]);
    };
    addEventListener('keydown', event => {
      if (event.key == 'Escape') return hide();
      const typing = event.target.closest?.('input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]');
      if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key == 'j') go(at + 1);
      else if (key == 'k') go(at - 1);
      else if (key == 'c' && list[at] && !String(getSelection())) copy(list[at]);
    });
  }
}
