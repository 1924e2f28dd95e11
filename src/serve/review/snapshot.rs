//! What the last build knew of who said what: all that review asks of the archive.

use crate::archive::{Archive, ArticleId, ArticleRecord, PersonId};
use crate::build::Finished;
use crate::config::ReadSettings;
use crate::model::{ChainId, Kind, QuoteFact, QuotePart, Rule, Sentence};
use crate::text::{TextSpan, digest, folded};
use crate::view::{rule_name, shortened};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Speakers of a report that are offered; the first nine have a key each.
const SPEAKERS: usize = 40;
/// Bytes of a headline in the queue.
const HEADLINE: usize = 120;
/// Bytes of the sentence around a quotation.
const SENTENCE: usize = 400;
/// Words that a quotation has to have before the same words by somebody else are a conflict: “yes” is anybody's.
const TELLING: usize = 5;

/// The archive as review knows it. One is made after each build, and swapped whole.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// Rises with each.
    pub(super) number: u64,
    /// Oldest first.
    pub(super) reports: Vec<Report>,
    by_path: FxHashMap<Box<str>, usize>,
    /// By surname.
    pub(super) people: Vec<Someone>,
    /// The site's root.
    pub(super) root: Box<str>,
    /// How articles are read.
    pub(super) read: ReadSettings,
    /// Below this confidence a speaker is doubtful.
    pub(super) threshold: f32,
    /// The moment for which the site was built, and the zone of its days.
    now: Option<Timestamp>,
    zone: String,
}

/// A report with what was said in it.
#[derive(Debug)]
pub(super) struct Report {
    /// The file, from the site's root.
    pub(super) path: Box<str>,
    /// The page's address, with the site's root.
    pub(super) address: Box<str>,
    pub(super) headline: Box<str>,
    pub(super) date: Option<Date>,
    /// What was said, by place.
    pub(super) quotes: Vec<Said>,
    /// Who may have said it: who speaks in it first, then whom else it names.
    pub(super) speakers: Vec<Speaker>,
    /// What the bytes it was read from are known by.
    print: u128,
    pub(super) cut: Arc<Cut>,
}

/// Someone who may speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Speaker {
    /// As a sidecar names them: a person's id, `?`, `none`, or a name.
    pub(super) key: Box<str>,
    /// As a reader knows them.
    pub(super) name: Box<str>,
    /// Office or description; may be empty.
    pub(super) office: Box<str>,
}

/// A quotation as the build left it.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) id: Box<str>,
    /// The words with their marks.
    pub(super) text: Box<str>,
    pub(super) kind: Kind,
    /// As a sidecar names them.
    pub(super) speaker: Box<str>,
    pub(super) name: Box<str>,
    /// Whether the speaker has an id, or is nobody: what can be written down as it is.
    pub(super) is_known: bool,
    pub(super) rule: Rule,
    pub(super) confidence: f32,
    /// Who is given the same words elsewhere.
    pub(super) conflict: Option<Box<str>>,
    pub(super) checked: bool,
}

/// How sure we are of a quotation's speaker; the first is looked at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// Under the threshold, or in conflict.
    Doubtful,
    /// As the rules say, and nobody has looked.
    Unchecked,
    /// An editor has decided.
    Checked,
}

/// Where quotations stand in the reading text; the text itself stays on disk.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// Of the file's decoded text.
    pub(super) print: u64,
    /// By [`Report::quotes`].
    pub(super) quotes: Vec<CutQuote>,
}

#[derive(Debug, Default)]
pub(super) struct CutQuote {
    pub(super) parts: Vec<QuotePart>,
    /// The words that stand for the speaker: "she", "the Harbour Minister".
    pub(super) mention: Option<Box<str>>,
    /// The words that show the speaker: "she said".
    pub(super) evidence: Option<TextSpan>,
    /// The sentence around it, or from the first around it to the last.
    pub(super) sentence: Box<str>,
}

/// A person of the archive, to be found by name.
#[derive(Debug)]
pub(super) struct Someone {
    pub(super) id: Box<str>,
    pub(super) name: Box<str>,
    pub(super) office: Box<str>,
    pub(super) n_quotes: usize,
    /// Their people file, from the site's root.
    pub(super) file: Option<Box<str>>,
    /// The reports that name them, newest first.
    pub(super) reports: Vec<u32>,
    /// All their names, as searches compare them.
    pub(super) words: Vec<Box<str>>,
}

impl Snapshot {
    /// Looks at a finished site. Where a report's file is as it was `before`, it is not opened again.
    pub(super) fn of(site: &Finished<'_>, before: Option<&Self>) -> Self {
        let archive = site.archive;
        let ids: Vec<ArticleId> = archive.article_ids().collect();
        let mut reports: Vec<Report> = ids.into_par_iter().map(|id| Report::of(site, id, before)).collect();
        find_conflicts(&mut reports);
        let by_path = reports.iter().enumerate().map(|(at, report)| (report.path.clone(), at)).collect();
        Self {
            number: before.map_or(1, |before| before.number + 1),
            reports,
            by_path,
            people: archive.person_ids().map(|id| Someone::of(archive, id)).collect(),
            root: site.settings.site.root.clone(),
            read: site.settings.read.clone(),
            threshold: site.settings.site.threshold,
            now: site.now(),
            zone: site.settings.site.timezone.to_string(),
        }
    }

    /// The report of that file.
    pub(super) fn report(&self, path: &str) -> Option<&Report> {
        self.by_path.get(path).map(|at| &self.reports[*at])
    }

    /// How sure we are of a quotation.
    pub(super) fn status(&self, said: &Said) -> Status {
        match said.checked {
            true => Status::Checked,
            false if said.confidence < self.threshold || said.conflict.is_some() => Status::Doubtful,
            false => Status::Unchecked,
        }
    }

    /// The person of that id.
    pub(super) fn person(&self, id: &str) -> Option<&Someone> {
        self.people.iter().find(|person| &*person.id == id)
    }

    /// The day by the build's clock, in the site's zone.
    pub(super) fn today(&self) -> Date {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        self.now.unwrap_or_else(Timestamp::now).to_zoned(zone).date()
    }

    /// What a speaker is called whom a sidecar names.
    pub(super) fn name_of(&self, key: &str) -> Box<str> {
        match key {
            "?" => UNNAMED.into(),
            "none" => "Not speech".into(),
            _ => self.person(key).map_or_else(|| key.into(), |person| person.name.clone()),
        }
    }
}

const UNNAMED: &str = "Unnamed";

impl Report {
    fn of(site: &Finished<'_>, id: ArticleId, before: Option<&Snapshot>) -> Self {
        let record = site.archive.article(id);
        let facts = &record.facts;
        let print = site.print(id);
        let kept = before.and_then(|before| before.report(&facts.path)).filter(|kept| kept.print == print);
        let cut = kept.map_or_else(|| Arc::new(Cut::of(site, id)), |kept| Arc::clone(&kept.cut));
        let (root, address) = (&*site.settings.site.root, &*record.address);
        Self {
            path: facts.path.clone(),
            address: [root, address].concat().into(),
            headline: shortened(&facts.headline, HEADLINE).into(),
            date: record.date(),
            quotes: (0..).zip(&facts.quotes).map(|(at, fact)| Said::of(site.archive, record, at, fact)).collect(),
            speakers: speakers(site.archive, record),
            print,
            cut,
        }
    }
}

impl Cut {
    /// Opens a report. One that can no longer be read has nothing to point at, and the next build says so.
    fn of(site: &Finished<'_>, id: ArticleId) -> Self {
        let Ok(story) = site.story(id) else { return Self::default() };
        let cut = |fact: &QuoteFact| {
            let quote = story.annotations.quotes.get(fact.quote as usize)?;
            let mention = quote.mention.map(|id| story.annotations.mention(id).span.of(&story.article.text).into());
            let sentence = sentence(&story.annotations.sentences, &quote.parts);
            let sentence = shortened(sentence.of(&story.article.text), SENTENCE).into();
            Some(CutQuote { parts: quote.parts.clone(), mention, evidence: quote.evidence, sentence })
        };
        let facts = &site.archive.article(id).facts;
        Self {
            print: xxh3_64(story.source.text.as_bytes()),
            quotes: facts.quotes.iter().map(|fact| cut(fact).unwrap_or_default()).collect(),
        }
    }
}

/// From the sentence that a quotation begins in to the one that it ends in.
fn sentence(sentences: &[Sentence], parts: &[QuotePart]) -> TextSpan {
    let whole = parts.iter().map(|part| part.marked).reduce(TextSpan::cover).unwrap_or_default();
    let first = sentences.partition_point(|sentence| sentence.end <= whole.start);
    let over = sentences[first..].iter().take_while(|sentence| sentence.start < whole.end);
    over.fold(whole, |whole, sentence| whole.cover(*sentence))
}

impl Said {
    fn of(archive: &Archive, record: &ArticleRecord, at: u32, fact: &QuoteFact) -> Self {
        let chain = fact.speaker.and_then(|chain| record.facts.chains.get(chain as usize));
        let (speaker, name, is_known) = match (record.speaker(at).map(|id| archive.person(id)), chain) {
            (Some(person), _) => (person.slug.clone(), person.name.clone(), true),
            (None, Some(chain)) => (chain.name.clone(), chain.name.clone(), chain.full),
            (None, None) => ("?".into(), fact.unnamed.clone().unwrap_or_else(|| UNNAMED.into()), true),
        };
        Self {
            id: fact.id.clone(),
            text: fact.text.clone(),
            kind: fact.kind,
            speaker,
            name,
            is_known,
            rule: fact.rule,
            confidence: fact.confidence,
            conflict: None,
            checked: fact.is_checked(),
        }
    }

    /// The rule as data names it.
    pub(super) fn rule(&self) -> &'static str {
        rule_name(self.rule)
    }
}

/// Whom a report lets speak: most words first; then the others it names, in its order.
fn speakers(archive: &Archive, record: &ArticleRecord) -> Vec<Speaker> {
    let chains = &record.facts.chains;
    let mut words = vec![0_u32; chains.len()];
    for quote in &record.facts.quotes {
        if let Some(words) = quote.speaker.and_then(|chain| words.get_mut(chain as usize)) {
            *words += quote.words;
        }
    }
    let mut order: Vec<usize> = (0..chains.len()).filter(|at| chains[*at].full || words[*at] > 0).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(words[*at]), *at));
    let mut speakers: Vec<Speaker> = Vec::new();
    for at in order {
        let person = record.who(ChainId::new(at)).map(|id| archive.person(id));
        let (key, name) = person.map_or((&chains[at].name, &chains[at].name), |person| (&person.slug, &person.name));
        if speakers.len() < SPEAKERS && !speakers.iter().any(|speaker| speaker.key == *key) {
            let office = chains[at].roles.first().map_or_else(Box::default, |role| shortened(role, 80).into());
            speakers.push(Speaker { key: key.clone(), name: name.clone(), office });
        }
    }
    speakers
}

impl Someone {
    fn of(archive: &Archive, id: PersonId) -> Self {
        let person = archive.person(id);
        let aliases = person.authority.iter().flat_map(|file| &file.aliases);
        let forms = person.forms.iter().map(|(words, _, _)| words);
        let mut words: Vec<Box<str>> =
            std::iter::once(&person.name).chain(aliases).chain(forms).map(|n| plain(n)).collect();
        words.sort();
        words.dedup();
        let office = person.offices().first().map(|office| &office.title);
        let office = office.or_else(|| person.roles.first().map(|(role, _)| role));
        Self {
            id: person.slug.clone(),
            name: person.name.clone(),
            office: office.map_or_else(Box::default, |role| shortened(role, 80).into()),
            n_quotes: person.quotes.len(),
            file: person.authority.as_ref().map(|file| file.path.clone()),
            reports: person.articles.iter().filter_map(|id| u32::try_from(id.index()).ok()).collect(),
            words,
        }
    }
}

/// A name as searches compare it, each word with a blank before it.
pub(super) fn plain(name: &str) -> Box<str> {
    let mut out = String::new();
    folded(name, |_, word| {
        out.push(' ');
        out.push_str(word);
    });
    out.into()
}

/// Marks quotations whose words somebody else is given in another report.
fn find_conflicts(reports: &mut [Report]) {
    // An id is a short digest of the words: most stand alone, and only the others need be compared.
    let mut by_id: FxHashMap<&str, Vec<Place>> = FxHashMap::default();
    for (at, report) in reports.iter().enumerate() {
        for (quote, said) in report.quotes.iter().enumerate() {
            by_id.entry(said.id.split('-').next().unwrap_or_default()).or_default().push((at, quote));
        }
    }
    let several = by_id.into_values().filter(|places| places.len() > 1);
    let mut found: Vec<(Place, Box<str>)> = several.flat_map(|places| conflicts(reports, &places)).collect();
    found.sort();
    for ((at, quote), other) in found {
        reports[at].quotes[quote].conflict = Some(other);
    }
}

/// Which report, and which of its quotations.
type Place = (usize, usize);

/// Of quotations that look alike, those whose words somebody else is given, and who that is.
fn conflicts(reports: &[Report], places: &[Place]) -> Vec<(Place, Box<str>)> {
    // Where nobody is named nothing is claimed.
    let said = |(at, quote): &Place| Some(&reports[*at].quotes[*quote]).filter(|said| &*said.speaker != "?");
    let words: Vec<String> =
        places.iter().map(|place| digest::normal_words(&reports[place.0].quotes[place.1].text)).collect();
    // By words: two of those who are given them, the same where all are.
    let mut given: FxHashMap<&str, [&Said; 2]> = FxHashMap::default();
    for (words, said) in words.iter().zip(places.iter().map(said)) {
        let Some(said) = said.filter(|_| words.split(' ').count() >= TELLING) else { continue };
        let pair = given.entry(words).or_insert([said, said]);
        if pair[0].speaker == pair[1].speaker {
            pair[1] = said;
        }
    }
    let conflict = |(place, words): (&Place, &String)| {
        let mine = said(place)?;
        let other = given.get(&**words)?.iter().find(|other| other.speaker != mine.speaker)?;
        Some((*place, other.name.clone()))
    };
    places.iter().zip(&words).filter_map(conflict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_by_two_people_are_a_conflict() {
        let said = |text: &str, speaker: &str| Said {
            id: digest::quotation_id(text).into(),
            text: text.into(),
            kind: Kind::Direct,
            speaker: speaker.into(),
            name: speaker.to_uppercase().into(),
            is_known: true,
            rule: Rule::Name,
            confidence: 0.9,
            conflict: None,
            checked: false,
        };
        let report = |quotes: Vec<Said>| Report {
            path: "".into(),
            address: "".into(),
            headline: "".into(),
            date: None,
            quotes,
            speakers: Vec::new(),
            print: 0,
            cut: Arc::default(),
        };
        let long = "“The lamp will be lit tonight.”";
        let mut reports = vec![
            report(vec![said(long, "marsh"), said("“Yes.”", "marsh")]),
            report(vec![said("the LAMP will be lit tonight", "renn"), said("“Yes.”", "renn")]),
            report(vec![said(long, "?"), said("“Nobody was in the dark.”", "renn")]),
            report(vec![said(long, "marsh"), said("“Nobody was in the dark.”", "renn")]),
        ];
        find_conflicts(&mut reports);
        let found: Vec<Vec<Option<&str>>> =
            reports.iter().map(|report| report.quotes.iter().map(|said| said.conflict.as_deref()).collect()).collect();
        assert_eq!(found, [[Some("RENN"), None], [Some("MARSH"), None], [None, None], [Some("RENN"), None]]);
    }
}
