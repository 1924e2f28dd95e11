// Places in a report's words. All count UTF-16 units of the whole reading text; a part is [start, end].

const WORD = /[\p{L}\p{N}]+(?:[’'.,:-][\p{L}\p{N}]+)*/gu;

// The words of a block: [start, end] each.
export const wordsOf = block => [...block.text.matchAll(WORD)].map(found => [block.start + found.index, block.start + found.index + found[0].length]);

// The block in which a part lies.
export const blockOf = (report, [start, end]) => report.blocks.find(block => block.start <= start && end <= block.start + block.text.length);

export const textOf = (report, part) => {
  const block = blockOf(report, part);
  return block ? block.text.slice(part[0] - block.start, part[1] - block.start) : '';
};

const overlap = (a, b) => a[0] < b[1] && b[0] < a[1];

// The quotations, other than those named, that some parts would lie over.
export const others = (report, parts, mine) => report.quotes.filter(quote => !mine.includes(quote) && quote.parts.some(theirs => parts.some(part => overlap(part, theirs))));

// Parts with one end moved by a word: `end` is 'start' or 'end', `by` 1 outward and -1 inward. None where there is nowhere to go.
export function moved(report, parts, end, by) {
  const at = end === 'start' ? 0 : parts.length - 1;
  const part = parts[at];
  const block = blockOf(report, part);
  if (!block) return undefined;
  const words = wordsOf(block);
  let next;
  if (end === 'start') {
    const to = by > 0 ? words.filter(([start]) => start < part[0]).at(-1) : words.find(([start]) => start > part[0]);
    if (to && to[0] < part[1]) next = [to[0], part[1]];
  } else {
    // Marks and stops behind the last word stay with it where they were.
    const to = by > 0 ? words.find(([, stop]) => stop > part[1]) : words.filter(([, stop]) => stop < lastWord(words, part)).at(-1);
    if (to && to[1] > part[0]) next = [part[0], to[1]];
  }
  return next && parts.map((other, n) => (n === at ? next : other));
}
const lastWord = (words, part) => words.filter(([, stop]) => stop <= part[1]).at(-1)?.[1] ?? part[1];

// Two quotations as one: words that follow each other become one part.
export function merged(report, first, second) {
  const parts = first.parts.map(part => [...part]);
  for (const part of second.parts) {
    const last = parts.at(-1);
    const between = [last[1], part[0]];
    const block = blockOf(report, [last[0], part[1]]);
    if (block && !/[\p{L}\p{N}]/u.test(textOf(report, between))) last[1] = part[1];
    else parts.push([...part]);
  }
  return parts;
}

// A quotation in two, before the word that holds or follows a place. None where one of them would have no words.
export function split(report, parts, place) {
  const words = parts.flatMap(part => inside(report, part));
  const at = words.find(([, end]) => end > place);
  if (!at || at === words[0]) return undefined;
  const before = words[words.indexOf(at) - 1];
  const first = [];
  const second = [];
  for (const part of parts) {
    if (part[1] <= at[0]) first.push(part);
    else if (part[0] >= at[0]) second.push(part);
    else {
      // Stops belong to the words before them.
      const tail = textOf(report, [before[1], at[0]]).match(/^[^\s“”"«»]*/u)[0].length;
      first.push([part[0], before[1] + tail]);
      second.push([at[0], part[1]]);
    }
  }
  return [first, second];
}
const inside = (report, part) => wordsOf(blockOf(report, part) ?? { text: '', start: 0 }).filter(word => part[0] <= word[0] && word[1] <= part[1]);
export const wordsIn = (report, parts) => parts.flatMap(part => inside(report, part));

// A selection without the blanks and marks around it; none where no word is left, or where it reaches over blocks.
export function trimmed(report, [start, end]) {
  const block = blockOf(report, [start, end]);
  if (!block) return undefined;
  const text = block.text.slice(start - block.start, end - block.start);
  const lead = text.match(/^[\s“”"«»„‹›]*/u)[0].length;
  const tail = text.match(/[\s“”"«»„‹›]*$/u)[0].length;
  const part = [start + lead, end - tail];
  return part[0] < part[1] && /[\p{L}\p{N}]/u.test(textOf(report, part)) ? part : undefined;
}

// The first place of some words in a paragraph or a caption, blanks aside.
export function find(report, typed) {
  const wanted = typed.trim().split(/\s+/u).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+');
  if (!wanted) return undefined;
  for (const block of report.blocks.filter(({ kind }) => kind === 'paragraph' || kind === 'caption')) {
    const found = block.text.match(new RegExp(wanted, 'iu'));
    const part = found && trimmed(report, [block.start + found.index, block.start + found.index + found[0].length]);
    if (part) return part;
  }
  return undefined;
}

// Whether quotation marks stand around some words.
export function isMarked(report, [start, end]) {
  const block = blockOf(report, [start, end]);
  if (!block) return false;
  const before = block.text.slice(0, start - block.start);
  return /[“"«„‘]$/u.test(before);
}

// "Ingrid Marsh" is IM.
export const initials = name => {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase();
};

export const some = (n, one, several = one + 's') => `${n.toLocaleString('en-GB')} ${n === 1 ? one : several}`;
