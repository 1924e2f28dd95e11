//! What sort of quotation marked words are: speech, or scare quotes, titles and nicknames.

use super::lexicon::Known;
use super::model::{Features, feature};
use super::reading::{ParagraphKind, Reading, Shape, Word};
use super::speakers::{Around, bucket, mix};
use super::tagger::Tag;
use crate::model::Kind;
use crate::text::MarkedEnd;

/// The best candidate for a segment, and how clearly it is the best.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The candidate; none where there is nobody.
    pub candidate: Option<usize>,
    /// Its score, and the next best's.
    pub scores: (f32, f32),
}

/// The features of segment `s`.
pub fn features(around: &Around<'_, '_>, s: usize, chosen: Chosen, out: &mut impl Features) {
    let (top, second) = chosen.scores;
    let reading = around.reading;
    let words = &reading.words;
    let segment = &reading.segments[s];
    let (i, j) = (segment.words.start, segment.words.end);
    let paragraph = reading.paragraphs[segment.paragraph].words.clone();
    let inside = &words[i..j];
    let text = segment.marked.words.of(reading.text);
    let n = text.split_whitespace().take(9).count() as u64;
    let capital = text.starts_with(char::is_uppercase);
    let small = Known::PREPOSITION.or(Known::DETERMINER).or(Known::CONJUNCTION);
    let lettered = || inside.iter().filter(|w| !matches!(w.shape, Shape::Sign | Shape::Clitic | Shape::Number));
    let titled = n > 1 && lettered().all(|w| w.is_capital() || w.known.has(small));
    let end = match text.chars().next_back() {
        Some(',') => 1,
        Some('.') => 2,
        Some('?' | '!') => 3,
        _ => 0,
    };
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(400, n.min(8), 0);
    add(401, u64::from(capital), 0);
    add(402, u64::from(titled), n.min(5));
    add(403, u64::from(segment.marked.double), 0);
    add(404, segment.marked.end as u64, 0);
    add(405, end, 0);
    let before = i.checked_sub(1).filter(|k| paragraph.contains(k)).map(|k| &words[k]);
    let after = Some(j).filter(|k| paragraph.contains(k)).map(|k| &words[k]);
    add(406, before.map_or(0, |w| w.key), 0);
    add(407, before.map_or(99, |w| w.tag as u64), 0);
    add(408, before.map_or(0, |w| w.base), 1);
    add(409, after.map_or(0, |w| if w.tag == Tag::Name { 1 } else { w.key }), 0);
    add(410, after.map_or(99, |w| w.tag as u64), 0);
    add(411, mix(&[before.map_or(99, |w| w.tag as u64), n.min(4)]), u64::from(capital));
    // The nearest report verb of the sentence.
    let sentence = reading.sentence_of(i);
    let limit = 60;
    let reports = (sentence.start.max(i.saturating_sub(limit))..sentence.end.min(j + limit))
        .filter(|&k| words[k].is_report() && !words[k].quoted);
    let distance = |k: usize| if k < i { i - k } else { k.saturating_sub(j) };
    let nearest = reports.clone().min_by_key(|&k| distance(k));
    add(412, reports.take(2).count() as u64, 0);
    if let Some(k) = nearest {
        add(413, bucket(distance(k)), u64::from(k < i));
        add(414, words[k].base, 0);
    }
    let heading = reading.paragraphs[segment.paragraph].kind != ParagraphKind::Body;
    add(415, u64::from(heading), 0);
    add(416, u64::from(inside.iter().take(60).any(|w| w.known.has(Known::SPOKEN))), 0);
    add(417, u64::from(inside.iter().take(60).any(|w| w.tag.is_verb() || w.tag == Tag::Modal)), 0);
    add(418, (top.clamp(-4.0, 6.0) + 4.0) as u64, 0);
    add(419, (top - second).clamp(0.0, 6.0) as u64, 0);
    let others = reading.paragraphs[segment.paragraph].segments.len() - 1;
    add(420, others.min(3) as u64, 0);
    if let Some(before) = before {
        let far = i.checked_sub(2).filter(|k| paragraph.contains(k)).map_or(0, |k| words[k].key);
        let near = match before.tag {
            Tag::Determiner | Tag::Preposition | Tag::Participle | Tag::Past | Tag::Noun | Tag::Other => before.key,
            tag => tag as u64,
        };
        add(421, far, near);
        if matches!(reading.str(i - 1), "’s" | "'s") {
            add(422, 0, 0);
        }
    }
    if n == 1 {
        add(
            423,
            inside.iter().find(|w| w.shape != Shape::Sign).map_or(0, |w| w.tag as u64),
            before.map_or(99, |w| w.tag as u64),
        );
    }
    let small_key = |w: Option<&Word>| match w {
        None => 1,
        Some(w) if w.shape == Shape::Sign || w.tag.is_noun() || w.tag == Tag::Adjective => w.tag as u64 + 100,
        Some(w) => w.key,
    };
    let sign = |w: Option<&Word>| w.map_or(1, |w| if w.shape == Shape::Sign { w.key } else { w.tag as u64 + 100 });
    add(440, mix(&[sign(before), sign(after)]), n.min(4));
    add(441, mix(&[small_key(before), sign(after)]), u64::from(capital));
    add(442, mix(&[sign(before), u64::from(titled)]), i.checked_sub(2).map_or(0, |k| words[k].base));
    add(443, before.map_or(0, |w| w.base), sign(after));
    if n <= 3 {
        let first = inside.iter().find(|w| w.shape != Shape::Sign);
        add(444, first.map_or(0, |w| w.base), n);
    }
    let determined = (i.saturating_sub(4)..i)
        .rev()
        .take_while(|k| {
            paragraph.contains(k)
                && (words[*k].tag.is_noun()
                    || words[*k].tag == Tag::Adjective
                    || words[*k].tag == Tag::Determiner
                    || words[*k].shape == Shape::Clitic)
        })
        .last()
        .map_or(0, |k| {
            if words[k].known.has(Known::POSSESSIVE) {
                2
            } else if words[k].tag == Tag::Determiner {
                1
            } else {
                3
            }
        });
    let modifies = u64::from(after.is_some_and(|w| w.tag.is_noun()));
    add(445, mix(&[determined, modifies]), n.min(4));
    add(446, mix(&[determined, sign(after)]), u64::from(titled));
    add(424, u64::from(titled), after.map_or(99, |w| w.tag as u64));
    add(425, end, mix(&[n.min(3), u64::from(capital)]));
    add(426, 0, 0);
    if let Some(candidate) = chosen.candidate.map(|c| &around.candidates[c]) {
        let same = u64::from(words[candidate.head].sentence == words[i].sentence);
        let order = candidate.link.map_or(0, |l| l.order as u64);
        let class = candidate.link.map_or(0, |l| {
            let known = words[l.verb].known;
            u64::from(known.has(Known::CORE)) + u64::from(known.has(Known::SPEECH))
        });
        let governs = mix(&[same, order, class]);
        add(430, governs, 0);
        add(431, governs, n.min(4));
        add(432, governs, before.map_or(99, |w| w.tag as u64));
        add(433, candidate.sort as u64, same);
        add(434, candidate.sort as u64, class);
        add(435, governs, u64::from(heading));
        add(436, governs, mix(&[u64::from(titled), end]));
        if let Some(link) = candidate.link {
            let near = u64::from(link.verb + 1 == i) | u64::from(link.verb < i) << 1;
            add(437, words[link.verb].base, mix(&[same, near]));
            add(438, mix(&[governs, near]), sign(before));
        }
    }
}

/// Whether the marks set off what the copy calls a thing: "The ‘dry list’ of staff has not been published".
///
/// An article opens the sentence, a word or three in marks follow, and the sentence goes on without a comma or a verb
/// of saying that would make them somebody's.
pub fn is_label(reading: &Reading<'_>, s: usize) -> bool {
    let words = &reading.words;
    let segment = &reading.segments[s];
    let (i, j) = (segment.words.start, segment.words.end);
    let sentence = reading.sentence_of(i);
    let opens = i == sentence.start + 1 && words[sentence.start].known.has(Known::DETERMINER);
    let inside = words[i..j].iter().filter(|w| w.shape != Shape::Sign).count();
    opens && inside <= 3 && j < sentence.end && words[j].shape != Shape::Sign && !words[j].is_report()
}

/// Whether a segment is a nickname inside a name: Ola “Dusty” Brandt.
pub fn is_nickname(reading: &Reading<'_>, s: usize) -> bool {
    let words = &reading.words;
    let segment = &reading.segments[s];
    let (i, j) = (segment.words.start, segment.words.end);
    let near = |k: Option<usize>| k.and_then(|k| words.get(k)).filter(|w| w.sentence == words[i].sentence);
    let small = Known::DETERMINER.or(Known::PREPOSITION).or(Known::PRONOUN).or(Known::CONJUNCTION).or(Known::SPEECH);
    let is_name = |w: Option<&Word>| w.is_some_and(|w| w.shape == Shape::Capital && !w.known.has(small));
    let inside = words[i..j].iter().filter(|w| w.shape != Shape::Sign);
    segment.marked.end == MarkedEnd::Closed
        && is_name(near(i.checked_sub(1)))
        && is_name(near(Some(j)))
        && inside.clone().count() <= 2
        && inside.clone().all(Word::is_capital)
}

/// The kind of a segment that is speech: whole, or a phrase in the reporter's sentence; in headings neither is sure.
pub fn kind(reading: &Reading<'_>, s: usize) -> Kind {
    let segment = &reading.segments[s];
    let paragraph = &reading.paragraphs[segment.paragraph];
    if paragraph.kind == ParagraphKind::Heading {
        return Kind::Headline;
    }
    let text = segment.marked.words.of(reading.text);
    let whole = text.starts_with(|c: char| c.is_uppercase() || c == '…' || c == '[')
        || segment.continues
        || segment.words.start == paragraph.words.start;
    let words = text.split_whitespace().take(3).count();
    // “Yes,” she said: a whole saying of one word stands at the head of a sentence, or behind a comma or colon.
    let head = segment.words.start == reading.sentence_of(segment.words.start).start
        || matches!(reading.str(segment.words.start - 1), "," | ":" | "—" | "–");
    if whole && (words >= 3 || head) { Kind::Direct } else { Kind::Partial }
}
