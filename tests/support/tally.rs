use onrecord::annotate::{Answer, Answered, Label, Who};
use onrecord::model::Kind;
use onrecord::text::TextSpan;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Add;

/// How many answers of one sort are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    right: usize,
    gold: usize,
    found: usize,
}

/// What can be right or wrong, in the order in which it is told.
const SORTS: [&str; 6] = ["cases", "kind", "speaker", "cue", "mention", "reported"];

/// What is right in a row of cases.
///
/// *Kind* counts stretches in quotation marks whose sort and edges are right, *speaker* quotations (scare quotes are
/// none) given to the right person, group or nobody, *reported* statements whose speaker is right and of whose words
/// four in five are. *False names* are quotations of a group, of somebody unnamed, or of nobody, that got a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    counts: [Count; SORTS.len()],
    false_names: usize,
}

/// One quotation, or a further part of it.
type Marked<'a> = (TextSpan, &'a Label);

impl Tally {
    /// Counts one case.
    pub(crate) fn of(gold: &Answered, found: &Answered, whole: bool) -> Self {
        let mut tally = Self::default();
        let [cases, kind, speaker, cue, mention, reported] = &mut tally.counts;
        *cases = *cases + Count { right: usize::from(whole), gold: 1, found: 1 };
        let (gold_marked, gold_reported) = parted(&gold.answers);
        let (found_marked, found_reported) = parted(&found.answers);
        let same = |a: &Marked<'_>, b: &Marked<'_>| a.0 == b.0 && sort_of(a.1) == sort_of(b.1);
        kind.compare(&gold_marked, &found_marked, same);
        let attributed = |marked: &[Marked<'_>]| -> Vec<(TextSpan, Who)> {
            let who = |m: &Marked<'_>| match m.1 {
                Label::Quote(kind, who) if *kind != Kind::Scare => Some((m.0, who.clone())),
                _ => None,
            };
            marked.iter().filter_map(who).collect()
        };
        let (gold_said, found_said) = (attributed(&gold_marked), attributed(&found_marked));
        speaker.compare(&gold_said, &found_said, |a, b| a == b);
        let is_person = |who: &Who| matches!(who, Who::Person(_));
        let nobody_s = |span: TextSpan| !gold_said.iter().any(|(s, who)| *s == span && is_person(who));
        let in_gold = |span: TextSpan| gold_marked.iter().any(|m| m.0 == span);
        tally.false_names = found_said.iter().filter(|(s, who)| is_person(who) && in_gold(*s) && nobody_s(*s)).count();
        let only = |answers: &[Answer], keep: fn(&Label) -> bool| -> Vec<Answer> {
            answers.iter().filter(|a| keep(&a.label)).cloned().collect()
        };
        let is_cue: fn(&Label) -> bool = |label| *label == Label::Cue;
        let is_mention: fn(&Label) -> bool = |label| matches!(label, Label::Mention(_));
        cue.compare(&only(&gold.answers, is_cue), &only(&found.answers, is_cue), |a, b| a == b);
        mention.compare(&only(&gold.answers, is_mention), &only(&found.answers, is_mention), |a, b| a == b);
        reported.compare(&gold_reported, &found_reported, |a, b| a.1 == b.1 && overlap(a.0, b.0) >= 0.8);
        tally
    }

    /// The sorts of answers that are not all right and no more.
    pub(crate) fn faults(&self) -> impl Iterator<Item = &'static str> {
        let faulty = |count: &Count| count.right < count.gold || count.extra() > 0;
        self.counts.iter().zip(SORTS).skip(1).filter(move |(count, _)| faulty(count)).map(|(_, sort)| sort)
    }

    /// What is worse than in `floor`, in words.
    pub(crate) fn falls_below<'a>(&'a self, floor: &'a Self) -> impl Iterator<Item = String> + 'a {
        let counts = self.counts.iter().zip(&floor.counts).zip(SORTS);
        let fewer = counts.clone().filter(|((now, then), _)| now.right < then.right);
        let fewer = fewer.map(|((now, then), sort)| format!("{sort}: {} right, {} before", now.right, then.right));
        let more = counts.filter(|((now, then), _)| now.extra() > then.extra());
        let more = more.map(|((now, then), sort)| format!("{sort}: {} too many, {} before", now.extra(), then.extra()));
        let names = (self.false_names > floor.false_names)
            .then(|| format!("false names: {}, {} before", self.false_names, floor.false_names));
        fewer.chain(more).chain(names)
    }
}

impl Count {
    fn compare<T>(&mut self, gold: &[T], found: &[T], same: impl Fn(&T, &T) -> bool) {
        self.gold += gold.len();
        self.found += found.len();
        self.right += gold.iter().filter(|g| found.iter().any(|f| same(g, f))).count();
    }

    /// Answers given that are none.
    fn extra(self) -> usize {
        self.found.saturating_sub(self.right)
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { right: self.right + other.right, gold: self.gold + other.gold, found: self.found + other.found }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.counts.iter_mut().zip(other.counts).for_each(|(a, b)| *a = *a + b);
        self.false_names += other.false_names;
        self
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, sort) in self.counts.iter().zip(SORTS) {
            match count.extra() {
                _ if sort == SORTS[0] => write!(f, "{}/{} {sort}, ", count.right, count.gold)?,
                extra => write!(f, "{sort} {}/{} and {extra} wrong, ", count.right, count.gold)?,
            }
        }
        write!(f, "{} false names", self.false_names)
    }
}

/// Stretches in marks, and statements with whose they are; further parts go with the quote that opened last.
fn parted(answers: &[Answer]) -> (Vec<Marked<'_>>, Vec<(TextSpan, &Who)>) {
    let (mut marked, mut reported): (Vec<_>, Vec<(TextSpan, &Who)>) = (Vec::new(), Vec::new());
    let mut indirect = false;
    for Answer { span, label } in answers {
        match label {
            Label::Quote(kind, who) => {
                indirect = *kind == Kind::Indirect;
                if indirect { reported.push((*span, who)) } else { marked.push((*span, label)) }
            }
            // A statement is measured from its first word to its last.
            Label::More if indirect => reported.iter_mut().last().into_iter().for_each(|r| r.0 = r.0.cover(*span)),
            Label::More => marked.push((*span, label)),
            Label::Cue | Label::Mention(_) => {}
        }
    }
    (marked, reported)
}

fn sort_of(label: &Label) -> Option<Kind> {
    match label {
        Label::Quote(kind, _) => Some(*kind),
        _ => None,
    }
}

fn overlap(a: TextSpan, b: TextSpan) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    f64::from(shared) / f64::from(a.cover(b).end - a.cover(b).start)
}

/// The floor as it stands in its file: one table a folder, each sort as right, gold, found.
pub(crate) fn show_floor(tallies: &BTreeMap<String, Tally>) -> String {
    let mut out = String::from(
        "# What the annotator gets right in the suite, by folder: [right, in the gold, found]. Written by `just bless`;\n\
         # a test sees to it that no figure falls.\n",
    );
    for (folder, tally) in tallies {
        out.push_str(&format!("\n[{folder}]\n"));
        for (count, sort) in tally.counts.iter().zip(SORTS) {
            out.push_str(&format!("{sort} = [{}, {}, {}]\n", count.right, count.gold, count.found));
        }
        out.push_str(&format!("false-names = {}\n", tally.false_names));
    }
    out
}

/// Reads [`show_floor`] back.
pub(crate) fn read_floor(text: &str) -> BTreeMap<String, Tally> {
    let table: toml::Table = text.parse().expect("the floor is TOML");
    let number = |value: &toml::Value| value.as_integer().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let tally = |folder: &toml::Value| {
        let counts = SORTS.map(|sort| {
            let n = |i: usize| folder.get(sort).and_then(|count| count.get(i)).map(number).unwrap_or_default();
            Count { right: n(0), gold: n(1), found: n(2) }
        });
        Tally { counts, false_names: folder.get("false-names").map(number).unwrap_or_default() }
    };
    table.iter().map(|(folder, figures)| (folder.clone(), tally(figures))).collect()
}
