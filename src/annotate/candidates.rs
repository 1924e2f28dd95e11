//! Candidates: the noun phrases and pronouns that may stand for a speaker, each with the verb that it governs.

use super::lexicon::Known;
use super::people::People;
use super::reading::{Reading, Shape, Word};
use super::tagger::Tag;
use crate::model::Form;
use std::ops::Range;

/// A phrase outside quotation marks that may stand for a speaker.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its words, from determiner to head: "the Harbour Minister".
    pub words: Range<usize>,
    /// Its head: the last noun.
    pub head: usize,
    /// What sort of phrase.
    pub sort: Sort,
    /// The verb it governs, where one is near.
    pub link: Option<Link>,
}

/// What sort of phrase a candidate is. The numbers are part of features: they must not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// "he"
    He = 0,
    /// "she"
    She,
    /// "they"
    They,
    /// "I"
    I,
    /// "we"
    We,
    /// "it"
    It,
    /// "who"
    Who,
    /// "you"
    You,
    /// "his", "their"
    Possessive,
    /// "Ingrid Marsh"
    FullName,
    /// "Marsh"
    ShortName,
    /// "Northsound Wire": capitalised, no person
    Proper,
    /// Capitalised with a word of bodies
    ProperBody,
    /// Capitalised programme, paper, agency
    ProperProgramme,
    /// Capitalised place
    ProperPlace,
    /// "the minister"
    DefiniteRole,
    /// "a minister"
    IndefiniteRole,
    /// "minister"
    BareRole,
    /// "the officials"
    DefiniteCrowd,
    /// "several officials"
    IndefiniteCrowd,
    /// "officials"
    BareCrowd,
    /// "the council"
    DefiniteBody,
    /// "a council"
    IndefiniteBody,
    /// "council"
    BareBody,
    /// "the harbour"
    DefiniteOther,
    /// "a harbour"
    IndefiniteOther,
    /// "harbour"
    BareOther,
    /// "others", "some"
    Few,
}

impl Candidate {
    /// The verb that reports what the candidate says.
    pub fn reports(&self) -> Option<usize> {
        self.link.filter(|l| matches!(l.order, Order::SubjectVerb | Order::VerbSubject)).map(|l| l.verb)
    }
}

impl Sort {
    /// Whether it is a pronoun that one person may stand behind.
    pub fn is_personal(self) -> bool {
        matches!(self, Sort::He | Sort::She)
    }

    /// Whether it names a person.
    pub fn is_name(self) -> bool {
        matches!(self, Sort::FullName | Sort::ShortName)
    }

    /// Whether it stands for a body or for several people.
    pub fn is_group(self) -> bool {
        use Sort::*;
        matches!(
            self,
            They | We
                | It
                | Proper
                | ProperBody
                | ProperProgramme
                | ProperPlace
                | DefiniteCrowd
                | IndefiniteCrowd
                | BareCrowd
                | DefiniteBody
                | IndefiniteBody
                | BareBody
                | Few
        )
    }

    /// Whether it describes one person without a name.
    pub fn is_role(self) -> bool {
        matches!(self, Sort::DefiniteRole | Sort::IndefiniteRole | Sort::BareRole)
    }
}

/// How a candidate governs a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// How they stand.
    pub order: Order,
    /// The verb.
    pub verb: usize,
    /// Auxiliaries and adverbs between.
    pub steps: u8,
    /// Whether an apposition or a prepositional phrase stands between.
    pub apposition: bool,
}

/// How a candidate and its verb stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// "Marsh said"
    SubjectVerb = 1,
    /// "said Marsh"
    VerbSubject = 2,
    /// "Marsh left": the verb reports no speech.
    Other = 3,
    /// "Marsh was told": the verb's speaker is another.
    Passive = 4,
}

/// Finds all candidates; sorted by first word, disjoint but for possessives inside a phrase ("his wife").
pub fn candidates(reading: &Reading<'_>, people: &People) -> Vec<Candidate> {
    let mut out = Vec::with_capacity(reading.words.len() / 3);
    for sentence in &reading.sentences {
        let (mut i, mut headless) = (sentence.start, sentence.start);
        while i < sentence.end {
            i = phrase(reading, people, (i, sentence.end), &mut headless, &mut out);
        }
    }
    // A verb behind its subject has no second one before it: "Marsh told the council".
    let mut subjects: Vec<usize> = Vec::new();
    for candidate in &mut out {
        candidate.link = link(reading, candidate);
        match candidate.link {
            Some(link) if link.order == Order::SubjectVerb => subjects.push(link.verb),
            Some(link) if link.order == Order::VerbSubject && subjects.last() == Some(&link.verb) => {
                candidate.link = None
            }
            _ => {}
        }
    }
    out
}

/// Takes the phrase at `i`, if any, and returns where to go on.
///
/// No phrase that begins before `headless` has a head: of a long run of numbers each begins no look of its own to the
/// run's end.
fn phrase(
    reading: &Reading<'_>,
    people: &People,
    (i, end): (usize, usize),
    headless: &mut usize,
    out: &mut Vec<Candidate>,
) -> usize {
    let words = &reading.words;
    let word = &words[i];
    if word.quoted {
        return i + 1;
    }
    let mut add = |words: Range<usize>, head: usize, sort: Sort| {
        out.push(Candidate { words, head, sort, link: None });
    };
    if let Some(sort) = pronoun(reading, i) {
        add(i..i + 1, i, sort);
        // "her" may open a phrase: "her deputy".
        if sort != Sort::Possessive {
            return i + 1;
        }
    }
    // "heard that Marsh": no determiner before a name.
    let clause =
        word.tag == Tag::Determiner && reading.str(i) == "that" && words.get(i + 1).is_some_and(Word::is_capital);
    if clause {
        return i + 1;
    }
    let opens = matches!(
        word.tag,
        Tag::Determiner
            | Tag::Adjective
            | Tag::Number
            | Tag::Noun
            | Tag::Nouns
            | Tag::Name
            | Tag::Participle
            | Tag::Ing
    ) || people.at(i).is_some()
        || word.known.has(Known::POSSESSIVE);
    if !opens {
        if word.known.has(Known::CROWD) && word.tag == Tag::Pronoun {
            add(i..i + 1, i, Sort::Few);
        }
        return i + 1;
    }
    let mut head = None;
    let mut j = i;
    while i >= *headless && j < end && !words[j].quoted {
        let person = people.at(j).is_some();
        // "Marsh last week", "Marsh Friday": what follows a name and is no noun begins something else.
        if !person && head.is_some_and(|h| people.at(h).is_some()) {
            let goes_on = words[j].tag.is_noun() && !words[j].known.has(Known::DAY.or(Known::MONTH))
                || is_possessive_clitic(reading, j)
                || is_bare_possessive(reading, j);
            if !goes_on {
                break;
            }
        }
        match words[j].tag {
            Tag::Noun | Tag::Nouns | Tag::Name => head = Some(j),
            _ if person => head = Some(j),
            Tag::Determiner if j == i => {}
            // "the 52-year-old said"
            Tag::Adjective | Tag::Number if j > i && is_age(reading, j) && !goes_on_behind(words.get(j + 1)) => {
                head = Some(j)
            }
            Tag::Adjective | Tag::Number => {}
            Tag::Participle | Tag::Ing
                if head.is_none() && (j > i || words.get(j + 1).is_some_and(|w| w.tag.is_noun())) => {}
            _ if words[j].shape == Shape::Clitic && is_possessive_clitic(reading, j) => {}
            _ if words[j].shape == Shape::Sign && is_bare_possessive(reading, j) => {}
            _ => break,
        }
        j += 1;
    }
    match head {
        Some(head) => {
            // A last possessive ("Marsh’s") is no part of the phrase; what follows it is: "Marsh’s deputy".
            add(i..head + 1, head, sort(reading, people, i..head + 1, head));
            head + 1
        }
        None => {
            // Whatever a later beginning goes over, this one went over.
            *headless = j.max(*headless);
            if word.known.has(Known::CROWD) || (word.tag == Tag::Determiner && is_some(reading, i)) {
                add(i..i + 1, i, Sort::Few);
            }
            i + 1
        }
    }
}

fn is_some(reading: &Reading<'_>, i: usize) -> bool {
    const SOME: [&str; 9] = ["this", "that", "these", "those", "another", "one", "some", "all", "both"];
    SOME.iter().any(|some| reading.str(i).eq_ignore_ascii_case(some))
}

fn is_possessive_clitic(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.str(i), "’s" | "'s" | "’S" | "'S") && reading.words[i].tag == Tag::Other
}

/// The apostrophe of "the Tarrows’ boat": right behind an s, before what is owned.
fn is_bare_possessive(reading: &Reading<'_>, i: usize) -> bool {
    let words = &reading.words;
    let behind_s = || {
        let before = i.checked_sub(1).map(|k| &words[k]);
        before.is_some_and(|w| w.token.end == words[i].token.start)
            && reading.str(i - 1).ends_with(['s', 'S', 'x', 'z'])
    };
    let owned = words.get(i + 1).is_some_and(|w| w.tag.is_noun() || w.tag == Tag::Adjective);
    matches!(reading.str(i), "’" | "'") && owned && behind_s()
}

/// The pronoun at `i`.
pub fn pronoun(reading: &Reading<'_>, i: usize) -> Option<Sort> {
    let word = &reading.words[i];
    if !word.known.has(Known::PRONOUN.or(Known::POSSESSIVE)) {
        return None;
    }
    let printed = reading.str(i);
    let is = |forms: &[&str]| forms.iter().any(|f| printed.eq_ignore_ascii_case(f));
    Some(if is(&["he", "him", "himself"]) {
        Sort::He
    } else if is(&["she", "herself"]) || (is(&["her"]) && word.tag == Tag::Pronoun) {
        Sort::She
    } else if is(&["they", "them"]) {
        Sort::They
    } else if is(&["i", "me"]) {
        Sort::I
    } else if is(&["we", "us"]) && printed != "US" {
        Sort::We
    } else if is(&["it"]) {
        Sort::It
    } else if is(&["who"]) {
        Sort::Who
    } else if is(&["you"]) {
        Sort::You
    } else if is(&["his", "her", "their", "its", "my", "our"]) {
        Sort::Possessive
    } else {
        return None;
    })
}

fn sort(reading: &Reading<'_>, people: &People, words: Range<usize>, head: usize) -> Sort {
    use Sort::*;
    if people.at(head).is_some() {
        return match people.naming(head).map(|n| n.form) {
            Some(Form::FullName) => FullName,
            _ => ShortName,
        };
    }
    let all = &reading.words;
    let last = &all[head];
    let role = last.known.has(Known::ROLE.or(Known::TITLE))
        || all[words.clone()].iter().any(|w| w.known.has(Known::ROLE)) && is_age(reading, head);
    let definite = all[words.start].known.has(Known::POSSESSIVE)
        || matches!(reading.str(words.start), "the" | "The" | "this" | "This" | "that" | "That" | "these" | "those");
    let alone = words.len() == 1 && last.shape == Shape::Capital;
    if last.tag == Tag::Name
        && !(role && (definite || alone || all[words.clone()].iter().any(|w| w.shape == Shape::Lower)))
    {
        let inside = &all[words];
        return if inside.iter().any(|w| w.known.has(Known::PROGRAMME)) {
            ProperProgramme
        } else if last.known.has(Known::ORGANISATION.or(Known::BODY)) {
            ProperBody
        } else if last.known.has(Known::PLACE.or(Known::NATION)) {
            ProperPlace
        } else {
            Proper
        };
    }
    let indefinite = all[words.start].known.has(Known::INDEFINITE);
    let pick = |d, i, b| {
        if definite {
            d
        } else if indefinite {
            i
        } else {
            b
        }
    };
    if last.known.has(Known::CROWD) && (last.tag != Tag::Noun || !role) {
        pick(DefiniteCrowd, IndefiniteCrowd, BareCrowd)
    } else if role || is_age(reading, head) {
        pick(DefiniteRole, IndefiniteRole, BareRole)
    } else if last.known.has(Known::BODY) {
        pick(DefiniteBody, IndefiniteBody, BareBody)
    } else {
        pick(DefiniteOther, IndefiniteOther, BareOther)
    }
}

/// Whether a phrase goes on with this word.
fn goes_on_behind(word: Option<&Word>) -> bool {
    word.is_some_and(|w| w.tag.is_noun() || matches!(w.tag, Tag::Adjective | Tag::Number | Tag::Ing))
}

/// "the 52-year-old"
fn is_age(reading: &Reading<'_>, head: usize) -> bool {
    reading.str(head).ends_with("-year-old")
}

/// A word that may stand between subject and verb: "had", "later", "never".
fn is_helper(word: &Word) -> bool {
    let verbs = Known::HAVE.or(Known::BE).or(Known::DO).or(Known::MODAL).or(Known::NEGATION);
    let is_verb = word.tag.is_verb() || matches!(word.tag, Tag::Modal | Tag::Other);
    word.tag == Tag::Adverb
        || word.known.has(Known::ADVERB) && word.shape == Shape::Lower
        || word.known.has(verbs) && is_verb
}

/// Words an apposition between subject and verb may run over.
const LONGEST_APPOSITION: usize = 28;

fn link(reading: &Reading<'_>, candidate: &Candidate) -> Option<Link> {
    let words = &reading.words;
    let sentence = reading.sentence_of(candidate.head);
    let mut k = candidate.words.end;
    let mut steps = 0;
    let mut apposition = false;
    while k < sentence.end && steps < 4 && !words[k].quoted {
        let word = &words[k];
        if word.is_report() {
            let passive = k > candidate.words.end && words[k - 1].known.has(Known::BE) && word.tag == Tag::Participle;
            let order = if passive { Order::Passive } else { Order::SubjectVerb };
            return Some(Link { order, verb: k, steps, apposition });
        }
        // "under fire for having claimed": a verb of another clause.
        if word.tag == Tag::Ing {
            break;
        }
        if is_helper(word) {
            k += 1;
            steps += 1;
            continue;
        }
        if word.tag.is_finite() {
            return Some(Link { order: Order::Other, verb: k, steps, apposition });
        }
        match reading.str(k) {
            "," if !apposition => {
                // "Renn, 54, a ferryman, said": up to the comma that the verb follows.
                let limit = sentence.end.min(k + LONGEST_APPOSITION);
                let mut commas = (k + 1..limit).filter(|&m| reading.str(m) == ",");
                let verb =
                    |m: usize| words.get(m + 1).is_some_and(|w| w.is_report() || w.tag.is_finite() || is_helper(w));
                match commas.find(|&m| verb(m)).or_else(|| (k + 1..limit).find(|&m| reading.str(m) == ",")) {
                    Some(m) => k = m + 1,
                    None => break,
                }
                apposition = true;
            }
            "(" if !apposition => {
                let limit = sentence.end.min(k + 9);
                match (k + 1..limit).find(|&m| reading.str(m) == ")") {
                    Some(m) => k = m + 1,
                    None => break,
                }
                apposition = true;
            }
            "of" | "for" | "at" | "from" | "with" | "in" if steps < 2 && !apposition => {
                k += 1;
                let limit = sentence.end.min(k + 8);
                while k < limit
                    && (words[k].tag.is_noun()
                        || matches!(words[k].tag, Tag::Determiner | Tag::Adjective | Tag::Preposition | Tag::Number)
                        || words[k].shape == Shape::Clitic
                        || words[k].known.has(Known::CONJUNCTION))
                    && !words[k].is_report()
                {
                    k += 1;
                }
                apposition = true;
            }
            "and" if steps < 3 => {
                k += 1;
                steps += 1;
            }
            _ => break,
        }
    }
    let before = candidate.words.start.checked_sub(1).filter(|&b| b >= sentence.start)?;
    let verb = &words[before];
    // "“…,” said Marsh": the verb opens its clause.
    let opens = before == sentence.start || {
        let last = &words[before - 1];
        last.quoted || last.shape == Shape::Sign || last.tag == Tag::Adverb || last.known.has(Known::CONJUNCTION)
    };
    (verb.is_report() && verb.tag.is_finite() && !verb.quoted && opens).then_some(Link {
        order: Order::VerbSubject,
        verb: before,
        steps: 0,
        apposition: false,
    })
}
