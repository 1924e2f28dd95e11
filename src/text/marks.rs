//! Quotation marks: where quoted words begin and end in one paragraph.
//!
//! Pairs marks by shape and surroundings, so that copy with mixed or wrong-way marks still reads as it was
//! meant: “ ” „ " '' `` and, outside those, ‘ ’ and '. Apostrophes are told from closing marks by what stands
//! on either side.

use super::{TextSpan, find_bytes};

/// Words between quotation marks, in one paragraph. Holds at least one letter or digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The words with their marks.
    pub span: TextSpan,
    /// The words alone, blanks at the ends left out.
    pub words: TextSpan,
    /// Double marks, or single ones.
    pub double: bool,
    /// How its end is known.
    pub end: MarkedEnd,
}

/// How the end of quoted words is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkedEnd {
    /// By a closing mark.
    Closed,
    /// By the next opening mark, no closing one between.
    Reopened,
    /// By the end of the paragraph.
    Paragraph,
}

/// Finds the quoted words in `text[from..to]`, one paragraph, and appends them to `out`.
///
/// Sorted, disjoint: quotation marks inside quoted words are left alone. `goes_on` says that the paragraph
/// before ended inside a quotation, so that a first closing mark belongs to it. Linear time.
pub fn marked(text: &str, from: usize, to: usize, goes_on: bool, out: &mut Vec<Marked>) {
    let Some(paragraph) = text.get(from..to) else { return };
    let places: Vec<usize> = find_bytes(paragraph.as_bytes(), may_mark).collect();
    if places.is_empty() {
        return;
    }
    let first = out.len();
    doubles(paragraph, &places, from, goes_on, out);
    singles(paragraph, &places, from, first, out);
    out[first..].sort_unstable_by_key(|m| m.span);
    // Double marks inside single ones go with them.
    let mut end = 0;
    let mut kept = first;
    for i in first..out.len() {
        if out[i].span.start >= end {
            end = out[i].span.end;
            out[kept] = out[i];
            kept += 1;
        }
    }
    out.truncate(kept);
}

/// Whether a byte may begin a mark or markup: “ ” ‘ ’ „ begin with 0xe2, « and » with 0xc2.
fn may_mark(b: u8) -> bool {
    [b'"', b'\'', b'`', b'<', 0xe2, 0xc2].iter().fold(false, |may, mark| may | (b == *mark))
}

fn char_at(paragraph: &str, at: usize) -> Option<char> {
    paragraph.get(at..)?.chars().next()
}

fn char_before(paragraph: &str, at: usize) -> Option<char> {
    paragraph.get(..at)?.chars().next_back()
}

/// A mark as the surroundings show it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opening,
    Closing,
    Straight,
}

fn doubles(paragraph: &str, places: &[usize], base: usize, goes_on: bool, out: &mut Vec<Marked>) {
    let mut open: Option<(usize, usize)> = None;
    let mut seen = false;
    let mut skip_to = 0;
    for &at in places {
        let Some(c) = char_at(paragraph, at).filter(|_| at >= skip_to) else { continue };
        if c == '<'
            && let Some(len) = markup(&paragraph[at..])
        {
            skip_to = at + len;
        }
        let Some((shape, width)) = double_mark(&paragraph[at..], c) else { continue };
        skip_to = at + width;
        let (before, after) = (char_before(paragraph, at), char_at(paragraph, at + width));
        let (opens, closes) = (can_open(before, after), can_close(before, after));
        let is_open = match shape {
            Shape::Opening => open.is_none() || !closes || opens,
            Shape::Closing => open.is_none() && opens && !closes,
            Shape::Straight if opens != closes => {
                // A straight mark inside quoted words opens again only behind a blank.
                if opens { open.is_none() || before.is_none_or(char::is_whitespace) } else { open.is_none() }
            }
            Shape::Straight => open.is_none(),
        };
        let inches = shape == Shape::Straight && open.is_none() && !opens && before.is_some_and(|b| b.is_ascii_digit());
        if inches {
            continue;
        }
        match (is_open, open) {
            (true, earlier) => {
                if let Some((start, width)) = earlier {
                    add(paragraph, base, (start, width), (at, 0), MarkedEnd::Reopened, true, out);
                }
                open = Some((at, width));
            }
            (false, Some(start)) => {
                add(paragraph, base, start, (at, width), MarkedEnd::Closed, true, out);
                open = None;
            }
            (false, None) if goes_on && !seen => {
                add(paragraph, base, (0, 0), (at, width), MarkedEnd::Closed, true, out);
            }
            (false, None) => {}
        }
        seen = true;
    }
    if let Some(start) = open {
        add(paragraph, base, start, (paragraph.trim_end().len(), 0), MarkedEnd::Paragraph, true, out);
    }
}

fn singles(paragraph: &str, places: &[usize], base: usize, first: usize, out: &mut Vec<Marked>) {
    let n_doubles = out.len();
    let mut double = first;
    let mut resume = 0;
    // No single mark closes at or after `barren.0` before `barren.1`: asked once, remembered, so that time stays linear.
    let mut barren = (usize::MAX, 0);
    for (n, &here) in places.iter().enumerate() {
        let Some(c) = char_at(paragraph, here).filter(|c| here >= resume && matches!(c, '‘' | '\'')) else {
            continue;
        };
        while double < n_doubles && (out[double].span.end as usize) <= base + here {
            double += 1;
        }
        if out.get(double).is_some_and(|d| double < n_doubles && d.span.holds((base + here) as u32)) {
            continue;
        }
        let (last, after) = (char_before(paragraph, here), char_at(paragraph, here + c.len_utf8()));
        if !opens_single(last, after) || is_elision(&paragraph[here + c.len_utf8()..]) {
            continue;
        }
        if barren.0 <= here && here < barren.1 {
            continue;
        }
        let whole = c == '‘' && last.is_none();
        match single_close(paragraph, &places[n + 1..], base, whole, &out[double..n_doubles]) {
            Ok((end, width)) => {
                resume = end + width;
                add(paragraph, base, (here, c.len_utf8()), (end, width), MarkedEnd::Closed, false, out);
            }
            Err(searched) => barren = (here, searched),
        }
    }
}

/// Finds the single mark among `places` that closes words opened before them, or says how far there is none.
///
/// `whole`: the paragraph opens with the mark, so that double marks may be nested inside.
fn single_close(
    paragraph: &str,
    places: &[usize],
    base: usize,
    whole: bool,
    doubles: &[Marked],
) -> Result<(usize, usize), usize> {
    let mut maybe = None;
    let mut inside = doubles.iter().peekable();
    let mut skip_to = 0;
    for &at in places {
        let Some(c) = char_at(paragraph, at) else { continue };
        while inside.peek().is_some_and(|d| (d.span.end as usize) <= base + at) {
            inside.next();
        }
        if let Some(d) = inside.peek().filter(|d| (d.span.start as usize) <= base + at) {
            if !whole || d.end != MarkedEnd::Closed {
                return maybe.ok_or(at);
            }
            skip_to = d.span.end as usize - base;
        }
        if at < skip_to {
            continue;
        }
        let last = char_before(paragraph, at);
        let mut rest = paragraph[at + c.len_utf8()..].chars();
        let next = rest.next();
        if matches!(c, '’' | '\'') && !last.is_some_and(char::is_whitespace) && !next.is_some_and(char::is_alphanumeric)
        {
            // "the Ansels’ boat": perhaps a possessive; a better close may follow.
            let possessive =
                matches!(last, Some('s' | 'S')) && next == Some(' ') && rest.next().is_some_and(char::is_lowercase);
            if !possessive {
                return Ok((at, c.len_utf8()));
            }
            maybe = maybe.or(Some((at, c.len_utf8())));
        } else if maybe.is_some() && matches!(c, '‘' | '\'') && opens_single(last, next) {
            break;
        }
    }
    maybe.ok_or(paragraph.len())
}

fn add(
    paragraph: &str,
    base: usize,
    open: (usize, usize),
    close: (usize, usize),
    end: MarkedEnd,
    double: bool,
    out: &mut Vec<Marked>,
) {
    let (from, to) = (open.0 + open.1, close.0);
    let Some(inside) = paragraph.get(from..to) else { return };
    if !inside.contains(char::is_alphanumeric) {
        return;
    }
    let words = from + (inside.len() - inside.trim_start().len());
    let words = TextSpan::new(base + words, base + words + inside.trim().len());
    let shown = if close.1 == 0 { words.end as usize } else { base + close.0 + close.1 };
    out.push(Marked { span: TextSpan::new(base + open.0, shown), words, double, end });
}

fn double_mark(rest: &str, c: char) -> Option<(Shape, usize)> {
    let pair = || rest[c.len_utf8()..].starts_with(c).then_some(2 * c.len_utf8());
    match c {
        '“' | '„' | '«' => Some((Shape::Opening, c.len_utf8())),
        '”' | '»' => Some((Shape::Closing, c.len_utf8())),
        '"' => Some((Shape::Straight, 1)),
        '\'' => pair().map(|w| (Shape::Straight, w)),
        '`' | '‘' => pair().map(|w| (Shape::Opening, w)),
        '’' => pair().map(|w| (Shape::Closing, w)),
        _ => None,
    }
}

fn can_open(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | ':' | '‘' | '\'' | '…')
    }) && after.is_some_and(|c| !c.is_whitespace())
}

fn can_close(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
}

fn opens_single(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | ':' | '/'))
        && after.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '…' | '[' | '#' | '@' | '$' | '£' | '€' | '.' | '“' | '"')
        })
}

/// Whether an apostrophe at the head of `rest` stands for letters left out: ’90s, ’em, ’til.
fn is_elision(rest: &str) -> bool {
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let decade = word.len() >= 2
        && word.len() <= 3
        && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        && !rest[word.len()..].starts_with(['’', '\'']);
    decade || ["em", "til", "twas", "tis", "n", "cause", "bout"].iter().any(|e| word.eq_ignore_ascii_case(e))
}

fn markup(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix('<')?;
    if !tail.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
        return None;
    }
    let end = tail.find(['<', '>', '\n'])?;
    tail[end..].starts_with('>').then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut out = Vec::new();
        marked(text, 0, text.len(), false, &mut out);
        let found: Vec<&str> = out.iter().map(|m| m.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_every_shape_are_paired() {
        check("She said “yes” and “no”.", &["“yes”", "“no”"]);
        check("He said \"yes\" and \"no\".", &["\"yes\"", "\"no\""]);
        check("''Double singles,'' he said", &["''Double singles,''"]);
        check("``TeX marks,'' he said", &["``TeX marks,''"]);
        check("„Low first,“ she said", &["„Low first,“"]);
        check("”Wrong way,” he said", &["”Wrong way,”"]);
        check("She said «yes» and «no».", &["«yes»", "«no»"]);
        check("“mixed,'' he said", &["“mixed,''"]);
        check("‘I said “no” to him,’ she said.", &["‘I said “no” to him,’"]);
        check("“He said ‘no’ to me,” she said.", &["“He said ‘no’ to me,”"]);
        check("the so-called \"wet tax\"—a levy", &["\"wet tax\""]);
    }

    #[test]
    fn apostrophes_are_not_quotes() {
        check("the voters’ choice and the teachers’ union", &[]);
        check("the voters' choice and the teachers' union", &[]);
        check("‘Whole of the town’ don’t agree, the Ansels’ ‘U-turn’", &["‘Whole of the town’", "‘U-turn’"]);
        check("the ‘black flood - which came", &[]);
        check("back in the ‘90s, rock ‘n’ roll", &[]);
        check("the boat is 6'2\" long", &[]);
        check("It’s the boatmen’s and that’s that", &[]);
    }

    #[test]
    fn ends_are_told_apart() {
        let ends = |text: &str, expected: &[MarkedEnd]| {
            let mut out = Vec::new();
            marked(text, 0, text.len(), false, &mut out);
            assert_eq!(out.iter().map(|m| m.end).collect::<Vec<_>>(), expected);
        };
        ends("“One. “Two,” he said.", &[MarkedEnd::Reopened, MarkedEnd::Closed]);
        ends("“One paragraph goes on", &[MarkedEnd::Paragraph]);
    }

    #[test]
    fn a_quotation_may_go_on_without_a_new_mark() {
        let text = "and that was that,” he said.";
        let mut out = Vec::new();
        marked(text, 0, text.len(), true, &mut out);
        assert_eq!(out[0].words.of(text), "and that was that,");
        out.clear();
        marked(text, 0, text.len(), false, &mut out);
        assert!(out.is_empty());
    }
}
