//! The article as annotators read it: words, sentences, paragraphs, quoted segments.

use super::lexicon::{Known, Lexicon, key_of};
use super::tagger::Tag;
use crate::model::{Article, BlockKind};
use crate::text::{self, Marked, MarkedEnd, TextSpan, Token, TokenKind};
use std::ops::Range;

/// An article cut into words. Body first, in order; captions last, so that distances in the body are not theirs.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// The reading text.
    pub text: &'a str,
    /// Sorted within a paragraph; paragraphs in reading order.
    pub words: Vec<Word>,
    /// Ranges of `words`; cover it.
    pub sentences: Vec<Range<usize>>,
    /// By sentence: whether most of its words are capitalised, as in headlines, so that capitals tell little.
    shouting: Vec<bool>,
    /// Ranges of `words`; cover it.
    pub paragraphs: Vec<Paragraph>,
    /// Sorted by paragraph, then place; disjoint. No more than [`most_segments`].
    pub segments: Vec<Segment>,
    /// The first of those that are beyond that, and how many there are.
    pub beyond: Option<(TextSpan, usize)>,
}

/// How many quotations of a text are marked: so many in any, and one more for every [`BYTES_TO_ONE`] bytes.
///
/// No report comes near. Of copy that is nothing but marks each would take a thousand times its length in memory.
pub fn most_segments(text: &str) -> usize {
    20_000 + text.len() / BYTES_TO_ONE
}

/// Fewer than a speech of one word with its speaker takes: “No,” he said.
const BYTES_TO_ONE: usize = 16;

/// A word with what we know of it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands.
    pub token: Token,
    /// Key of its lower-case form, a last full stop left out.
    pub key: u64,
    /// Key of its base form where the lexicon gives one, else `key`.
    pub base: u64,
    /// Key of its last three letters.
    pub tail3: u64,
    /// Key of its last two letters.
    pub tail2: u64,
    /// What the lexicon knows of it.
    pub known: Known,
    /// How it is written.
    pub shape: Shape,
    /// Its part of speech.
    pub tag: Tag,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Which of `Reading::sentences`.
    pub sentence: u32,
    /// Which of `Reading::paragraphs`.
    pub paragraph: u32,
}

impl Word {
    /// Its place in the text.
    pub fn span(&self) -> TextSpan {
        TextSpan::new(self.token.start as usize, self.token.end as usize)
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial | Shape::Camel)
    }

    /// Whether it is a verb form that reports speech.
    pub fn is_report(&self) -> bool {
        self.known.has(Known::SPEECH) && self.tag.is_verb()
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "ferry"
    Lower,
    /// "Ferry", "Jean-Luc", "McAnsel"
    Capital,
    /// "UK"
    Upper,
    /// "J."
    Initial,
    /// "iPhone", "WikiCalder"
    Camel,
    /// "1,200"
    Number,
    /// ",", "”"
    Sign,
    /// "’s"
    Clitic,
    /// "@calder"
    Handle,
}

/// One paragraph-like unit.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its words.
    pub words: Range<usize>,
    /// Its segments.
    pub segments: Range<usize>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Headline, standfirst or crosshead.
    Heading,
    /// Body text.
    Body,
    /// What a photo shows.
    Caption,
}

/// Words between quotation marks.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Where, with and without marks.
    pub marked: Marked,
    /// Which of `Reading::paragraphs`.
    pub paragraph: usize,
    /// Words with their marks: from the opening to behind the closing one.
    pub words: Range<usize>,
    /// Goes on from the paragraph before, which ended inside a quotation.
    pub continues: bool,
    /// Never closed, and the next paragraph does not go on with it.
    pub unclosed: bool,
}

/// What is filled and emptied for each paragraph.
#[derive(Default)]
struct Scratch {
    tokens: Vec<Token>,
    marks: Vec<Marked>,
    sentences: Vec<Range<usize>>,
}

impl<'a> Reading<'a> {
    /// Reads an article. Only headline, standfirst, crossheads, paragraphs and captions are looked at; linear time.
    pub fn new(article: &'a Article, lexicon: &Lexicon) -> Self {
        let mut reading = Reading { text: &article.text, ..Reading::default() };
        // A word and the blank behind it take more bytes than this in nearly all copy.
        reading.words.reserve(article.text.len() / 4);
        reading.sentences.reserve(article.text.len() / 64);
        let mut scratch = Scratch::default();
        let mut goes_on = false;
        for block in &article.blocks {
            let kind = match block.kind {
                BlockKind::Headline | BlockKind::Standfirst | BlockKind::Crosshead(_) => ParagraphKind::Heading,
                BlockKind::Paragraph => ParagraphKind::Body,
                _ => continue,
            };
            let span = match article.furniture.dateline {
                Some(dateline) if block.span.contains(dateline) => {
                    TextSpan::new(dateline.end as usize, block.span.end as usize)
                }
                _ => block.span,
            };
            let ended_open = reading.paragraph(kind, span, goes_on, lexicon, &mut scratch);
            if kind == ParagraphKind::Body {
                goes_on = ended_open;
            }
        }
        for photo in &article.photos {
            if let Some(caption) = photo.caption {
                reading.paragraph(ParagraphKind::Caption, caption, false, lexicon, &mut scratch);
            }
        }
        reading.continued();
        reading
    }

    /// Adds one paragraph; returns whether it ends inside a quotation.
    fn paragraph(
        &mut self,
        kind: ParagraphKind,
        span: TextSpan,
        goes_on: bool,
        lexicon: &Lexicon,
        scratch: &mut Scratch,
    ) -> bool {
        let text = self.text;
        let (from, to) = (span.start as usize, span.end as usize);
        if span.of(text).is_empty() {
            return goes_on;
        }
        let Scratch { tokens, marks, sentences } = scratch;
        tokens.clear();
        marks.clear();
        sentences.clear();
        text::tokens(text, from, to, |w| lexicon.is_abbreviation(w), tokens);
        text::marked(text, from, to, goes_on, marks);
        let first = self.words.len();
        let paragraph = self.paragraphs.len();
        self.words.extend(tokens.iter().map(|token| word(text, *token, lexicon, paragraph)));
        let reports = |i: usize| self.words[first + i].known.has(Known::SPEECH);
        text::sentences(text, tokens, 0..tokens.len(), reports, sentences);
        for range in sentences {
            let range = first + range.start..first + range.end;
            let sentence = self.sentences.len() as u32;
            self.words[range.clone()].iter_mut().for_each(|w| w.sentence = sentence);
            self.shouting.push(mostly_capitals(&self.words[range.clone()]));
            self.sentences.push(range);
        }
        let first_segment = self.segments.len();
        let mut i = first;
        for mark in marks.iter() {
            while i < self.words.len() && self.words[i].token.start < mark.span.start {
                i += 1;
            }
            let start = i;
            while i < self.words.len() && self.words[i].token.end <= mark.span.end {
                self.words[i].quoted = true;
                i += 1;
            }
            if start < i && self.segments.len() >= most_segments(text) {
                self.beyond.get_or_insert((mark.span, 0)).1 += 1;
            } else if start < i {
                self.segments.push(Segment {
                    marked: *mark,
                    paragraph,
                    words: start..i,
                    continues: false,
                    unclosed: mark.end != MarkedEnd::Closed,
                });
            }
        }
        self.paragraphs.push(Paragraph {
            kind,
            words: first..self.words.len(),
            segments: first_segment..self.segments.len(),
        });
        self.segments[first_segment..].last().is_some_and(|s| s.marked.end == MarkedEnd::Paragraph)
    }

    /// Ties paragraphs that end inside a quotation to the next one, where that goes on.
    fn continued(&mut self) {
        let mut open: Option<usize> = None;
        for p in 0..self.paragraphs.len() {
            let paragraph = &self.paragraphs[p];
            if paragraph.kind != ParagraphKind::Body {
                continue;
            }
            if let (Some(before), Some(first)) = (open, paragraph.segments.clone().next())
                && self.segments[first].words.start == paragraph.words.start
            {
                self.segments[before].unclosed = false;
                self.segments[first].continues = true;
            }
            open = paragraph.segments.clone().last().filter(|&s| self.segments[s].marked.end == MarkedEnd::Paragraph);
        }
    }

    /// The text of a word.
    pub fn str(&self, i: usize) -> &'a str {
        self.words[i].token.of(self.text)
    }

    /// The span from the first to the last word of a range; empty for an empty range.
    pub fn span(&self, words: Range<usize>) -> TextSpan {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|i| self.words.get(i))) {
            (Some(first), Some(last)) if words.start < words.end => first.span().cover(last.span()),
            _ => TextSpan::default(),
        }
    }

    /// The words of the sentence that holds word `i`.
    pub fn sentence_of(&self, i: usize) -> Range<usize> {
        self.sentences[self.words[i].sentence as usize].clone()
    }

    /// Whether the sentence that holds word `i` is set in capitals as headlines are.
    pub fn is_shouting(&self, i: usize) -> bool {
        self.shouting[self.words[i].sentence as usize]
    }

    /// The words of the paragraph that holds word `i`.
    pub fn paragraph_of(&self, i: usize) -> Range<usize> {
        self.paragraphs[self.words[i].paragraph as usize].words.clone()
    }
}

fn mostly_capitals(words: &[Word]) -> bool {
    let (mut lower, mut capitals) = (0, 0);
    for word in words {
        lower += usize::from(word.shape == Shape::Lower);
        capitals += usize::from(word.is_capital());
    }
    lower + capitals > 3 && capitals * 20 > (lower + capitals) * 13
}

fn word(text: &str, token: Token, lexicon: &Lexicon, paragraph: usize) -> Word {
    let printed = token.of(text);
    // A last full stop is no part of the word ("Sen."), nor are soft hyphens.
    let plain = if printed.len() > 1 { printed.strip_suffix('.').unwrap_or(printed) } else { printed };
    let letters = if token.kind == TokenKind::Word { ascii_letters(plain.as_bytes(), printed.len()) } else { None };
    let Letters { key, tail3, tail2, shape } =
        letters.unwrap_or_else(|| any_letters(plain, shape(printed, token.kind)));
    // A capital does not make a name of what is longer than any.
    let shape = if printed.len() > LONGEST_NAMED && token.kind == TokenKind::Word { Shape::Lower } else { shape };
    let entry = lexicon.entry(key);
    Word {
        token,
        key,
        base: if entry.base == 0 { key } else { entry.base },
        tail3,
        tail2,
        known: entry.known,
        shape,
        tag: Tag::Other,
        quoted: false,
        sentence: 0,
        paragraph: paragraph as u32,
    }
}

/// What a word's letters tell.
struct Letters {
    key: u64,
    tail3: u64,
    tail2: u64,
    shape: Shape,
}

impl Letters {
    fn new(lower: &[u8], shape: Shape) -> Self {
        let tail = |n: usize| key_of(lower[lower.len().saturating_sub(n)..].iter().copied());
        Self { key: key_of(lower.iter().copied()), tail3: tail(3), tail2: tail(2), shape }
    }
}

/// Each byte's small letter, and above it one for a small letter, one for any letter: sums of both for [`LONGEST`]
/// bytes have room beside each other.
static LETTERS: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < table.len() {
        let byte = i as u8;
        table[i] = byte.to_ascii_lowercase() as u32
            | (byte.is_ascii_lowercase() as u32) << 8
            | (byte.is_ascii_alphabetic() as u32) << 20;
        i += 1;
    }
    table
};
/// A word of more bytes is left to the longer way.
const LONGEST: usize = 64;
/// A word of more bytes is nobody's name: each quotation would repeat it.
const LONGEST_NAMED: usize = 120;

/// [`any_letters`] and [`shape`] of a word of letters in ASCII, as most are; none for others. `len` is the length as
/// printed.
fn ascii_letters(plain: &[u8], len: usize) -> Option<Letters> {
    if plain.len() > LONGEST {
        return None;
    }
    let mut sums = 0;
    let key = key_of(plain.iter().map(|b| {
        let letter = LETTERS[usize::from(*b)];
        sums += letter >> 8;
        letter as u8
    }));
    let (small, letters) = (sums as usize & 0xfff, (sums >> 12) as usize);
    let first = plain.first().is_some_and(u8::is_ascii_uppercase);
    let upper = letters - small - usize::from(first);
    // What holds hyphens, or capitals among small letters, is looked at letter by letter.
    if letters < plain.len() || upper > 0 && small > 0 {
        return None;
    }
    let small_letter = |b: u8| LETTERS[usize::from(b)] as u8;
    let (tail3, tail2) = match *plain {
        [.., a, b, c] => {
            let [a, b, c] = [a, b, c].map(small_letter);
            (key_of([a, b, c].into_iter()), key_of([b, c].into_iter()))
        }
        _ => (key, key),
    };
    Some(Letters { key, tail3, tail2, shape: named_shape(first, upper, small, len) })
}

/// The keys of any word; its shape is given.
fn any_letters(plain: &str, shape: Shape) -> Letters {
    let mut buffer = [0_u8; 64];
    match lower_case(plain, &mut buffer) {
        Some(lower) => Letters::new(lower, shape),
        None => {
            let lower = plain.replace('\u{ad}', "").replace('’', "'").to_lowercase();
            Letters::new(lower.as_bytes(), shape)
        }
    }
}

/// The lower-case form of a word as its key takes it; none where that is long, or a letter's form hangs on its place.
fn lower_case<'b>(word: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let mut n = 0;
    let mut put = |c: char| -> Option<()> {
        let to = buffer.get_mut(n..n + c.len_utf8())?;
        n += c.encode_utf8(to).len();
        Some(())
    };
    for c in word.chars() {
        match c {
            '\0'..='\x7f' => put(c.to_ascii_lowercase())?,
            '\u{ad}' => {}
            '’' => put('\'')?,
            // Dashes, marks and dots have one form.
            '\u{2010}'..='\u{2027}' => put(c)?,
            'Σ' => return None,
            _ => c.to_lowercase().try_for_each(&mut put)?,
        }
    }
    Some(&buffer[..n])
}

fn shape(printed: &str, kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Number => return Shape::Number,
        TokenKind::Sign => return Shape::Sign,
        TokenKind::Clitic => return Shape::Clitic,
        TokenKind::Handle => return Shape::Handle,
        TokenKind::Word => {}
    }
    let first = printed.starts_with(char::is_uppercase);
    let (mut upper, mut lower) = (0, 0);
    let mut last = None;
    for c in printed.chars() {
        // "Jean-Luc" and "O’Dell" are capitalised words like others.
        let begins = last.is_none_or(|l| matches!(l, '-' | '‐' | '‑' | '\'' | '’'));
        upper += usize::from(c.is_uppercase() && !begins);
        lower += usize::from(c.is_lowercase());
        last = Some(c);
    }
    if printed.len() > 4 && upper == 1 && (printed.starts_with("Mc") || printed.starts_with("Mac")) {
        upper = 0;
    }
    named_shape(first, upper, lower, printed.len())
}

/// The shape of a word of `len` bytes with so many letters of each sort, capitals at the head of its parts left out.
fn named_shape(first: bool, upper: usize, lower: usize, len: usize) -> Shape {
    match (first, upper, lower) {
        (true, 0, 0) if len > 1 => Shape::Initial,
        (true, 0, _) => Shape::Capital,
        (true, _, 0) => Shape::Upper,
        (_, 0, _) => Shape::Lower,
        _ => Shape::Camel,
    }
}
