//! How right the rules are, by what editors decided.

use crate::annotate::{self, Outcome};
use crate::archive::{self, Archive, ArticleRecord, PersonId};
use crate::build::{self, BuildOptions, Failure, Progress, Story, Unaided};
use crate::model::{Decision, Kind, Quote, QuoteFact, Rule, Sidecar, Voice};
use crate::text::{TextSpan, slug};
use crate::view::{BANDS, RULES, percent, rule_name};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// What the rules alone say of the quotations that editors have checked, beside what editors say.
///
/// Each decision counts once. `all`, `by_rule` and `by_confidence` are of those whose words the rules took for
/// somebody's speech; a decision that leaves the speaker open says that they were right.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// Reports with at least one decision.
    pub reports: usize,
    /// All decisions.
    pub decisions: usize,
    /// Of these, those whose words are not found, or are an earlier decision's.
    pub stale: usize,
    /// Those that give an address that is nobody's.
    pub unknown_people: usize,
    /// Those about words that the rules did not take for speech.
    pub missed: usize,
    /// Those by which speech that the rules found is nobody's words; counted as wrong as well.
    pub no_speech: usize,
    /// Those that give speech other words than the rules did.
    pub other_ends: usize,
    /// Those that give speech another kind.
    pub other_kind: usize,
    /// Everything that can be compared.
    pub all: Tally,
    /// The same by the rule that found the speaker, in the order of the method page; rules without a case are left out.
    pub by_rule: Vec<ByRule>,
    /// The same by confidence, highest first; bands without a case are left out.
    pub by_confidence: Vec<ByConfidence>,
}

/// How often the speaker was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// Quotations that editors have decided about.
    pub checked: usize,
    /// Of these, those whose speaker the rules had right.
    pub right: usize,
    /// The mean of what the rules thought of themselves, 0 to 1; 0 without a case.
    #[serde(serialize_with = "two_places")]
    pub expected: f64,
}

/// One rule's share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ByRule {
    /// Its name in data: "surname".
    pub rule: &'static str,
    /// Its share.
    #[serde(flatten)]
    pub tally: Tally,
}

/// One band's share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ByConfidence {
    /// Its lower end in percent, itself included.
    pub from: u32,
    /// Its upper end, included.
    pub to: u32,
    /// Its share.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Reads the site without its sidecars and compares what the rules say with what the sidecars do.
///
/// Nothing is published. Errors where the site could not be built for a fault of its settings.
pub fn score(options: &BuildOptions, progress: &dyn Progress) -> Result<Score, Failure> {
    let mut score = Score::default();
    build::unaided(options, progress, &mut |site| score = of_site(site))?;
    Ok(score)
}

fn of_site(site: &Unaided<'_>) -> Score {
    let mut judge = Judge::new(site);
    for (id, sidecar) in site.sidecars.iter().filter(|(_, sidecar)| !sidecar.decisions.is_empty()) {
        let Ok(story) = site.story(*id) else { continue };
        judge.score.reports += 1;
        judge.article(site.archive.article(*id), &story, sidecar);
    }
    judge.finished()
}

/// One comparison.
struct Case {
    rule: Rule,
    confidence: f32,
    right: bool,
}

struct Judge<'a> {
    archive: &'a Archive,
    /// Everybody by their address, and by the aliases of their people file; none where several would have it.
    people: FxHashMap<String, Option<PersonId>>,
    /// Names in full that editors gave to people whom nobody else need name.
    added: FxHashSet<String>,
    score: Score,
    cases: Vec<Case>,
}

impl<'a> Judge<'a> {
    fn new(site: &Unaided<'a>) -> Self {
        let decisions = site.sidecars.iter().flat_map(|(_, sidecar)| &sidecar.decisions);
        let added = decisions.filter_map(|decision| match &decision.speaker {
            Some(Voice::Named(name)) => Some(slug(name)),
            _ => None,
        });
        let archive = site.archive;
        let person = |id| {
            let person = archive.person(id);
            (id, &*person.slug, person.authority.as_deref())
        };
        let people = archive::by_address(&archive.person_ids().map(person).collect::<Vec<_>>());
        Self { archive, people, added: added.collect(), score: Score::default(), cases: Vec::new() }
    }

    fn article(&mut self, record: &ArticleRecord, story: &Story, sidecar: &Sidecar) {
        let followed = annotate::follow(&story.annotations, &story.article, sidecar);
        self.score.decisions += sidecar.decisions.len();
        for (decision, outcome) in sidecar.decisions.iter().zip(followed.outcomes) {
            let Outcome::Here { parts, most } = outcome else {
                self.score.stale += 1;
                continue;
            };
            let found = most.and_then(|at| Some((at, story.annotations.quotes.get(at)?)));
            let fact = found.and_then(|(at, quote)| Some((fact_of(record, at)?, quote)));
            match fact {
                Some(((at, fact), quote)) => self.case(record, decision, (at, fact), quote, &parts),
                None if decision.speaker == Some(Voice::Nobody) => {}
                // Marked words that are no speech, and the editor agrees.
                None if found.is_some() && decision.speaker.is_none() && decision.kind.is_none() => {}
                None => self.score.missed += 1,
            }
        }
    }

    fn case(
        &mut self,
        record: &ArticleRecord,
        decision: &Decision,
        (at, fact): (u32, &QuoteFact),
        quote: &Quote,
        parts: &[TextSpan],
    ) {
        let Some(right) = self.is_right(record, decision, at, fact) else {
            self.score.unknown_people += 1;
            return;
        };
        self.cases.push(Case { rule: fact.rule, confidence: fact.confidence, right });
        if decision.speaker == Some(Voice::Nobody) {
            self.score.no_speech += 1;
            return;
        }
        let same_ends = quote.parts.len() == parts.len()
            && quote.parts.iter().zip(parts).all(|(part, given)| part.words == *given || part.marked == *given);
        self.score.other_ends += usize::from(!same_ends);
        self.score.other_kind += usize::from(decision.kind.is_some_and(|kind: Kind| kind != fact.kind));
    }

    /// Whether the rules have the speaker right; none where the editor's address is nobody's.
    fn is_right(&self, record: &ArticleRecord, decision: &Decision, at: u32, fact: &QuoteFact) -> Option<bool> {
        let speaker = record.speaker(at);
        Some(match &decision.speaker {
            None => true,
            Some(Voice::Nobody) => false,
            Some(Voice::Unnamed) => fact.speaker.is_none(),
            Some(Voice::Person(address)) => match self.people.get(&**address) {
                Some(Some(person)) => speaker == Some(*person),
                // Only decisions know of them, and the rules do not.
                None if self.added.contains(&**address) => false,
                Some(None) | None => return None,
            },
            Some(Voice::Named(name)) => {
                let wanted = slug(name);
                let chain = fact.speaker.and_then(|chain| record.facts.chains.get(chain as usize));
                chain.is_some_and(|chain| slug(&chain.name) == wanted)
                    || speaker.is_some_and(|id| {
                        slug(&self.archive.person(id).name) == wanted
                            || self.people.get(&wanted).copied().flatten() == Some(id)
                    })
            }
        })
    }

    fn finished(mut self) -> Score {
        let tally = |of: &dyn Fn(&Case) -> bool| {
            let cases: Vec<&Case> = self.cases.iter().filter(|case| of(case)).collect();
            let sum: f64 = cases.iter().map(|case| f64::from(case.confidence)).sum();
            let checked = cases.len();
            let right = cases.iter().filter(|case| case.right).count();
            Tally { checked, right, expected: if checked == 0 { 0.0 } else { sum / checked as f64 } }
        };
        self.score.all = tally(&|_| true);
        let by_rule =
            RULES.iter().map(|rule| ByRule { rule: rule_name(*rule), tally: tally(&|case| case.rule == *rule) });
        self.score.by_rule = by_rule.filter(|row| row.tally.checked > 0).collect();
        let tops = std::iter::once(100).chain(BANDS.iter().map(|from| from.saturating_sub(1)));
        let by_confidence = BANDS.iter().zip(tops).map(|(from, to)| {
            let within = |case: &Case| (*from..=to).contains(&percent(case.confidence));
            ByConfidence { from: *from, to, tally: tally(&within) }
        });
        self.score.by_confidence = by_confidence.filter(|row| row.tally.checked > 0).collect();
        self.score
    }
}

/// The fact that a quotation is, where it is speech.
fn fact_of(record: &ArticleRecord, quote: usize) -> Option<(u32, &QuoteFact)> {
    let quotes = &record.facts.quotes;
    let at = quotes.binary_search_by_key(&quote, |fact| fact.quote as usize).ok()?;
    Some((u32::try_from(at).ok()?, &quotes[at]))
}

fn two_places<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((value * 100.0).round() / 100.0)
}
