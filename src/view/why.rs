//! How we know who spoke, as a sentence (theme specification §8).

use super::desk::{office_words, shortened};
use crate::archive::{ArticleRecord, Basis, Person};
use crate::model::{Annotations, Article, Block, BlockKind, ChainId, Form, Gender, MentionId, Quote, Rule};
use crate::text::{TextSpan, slug};

/// Bytes of evidence that are quoted; the rest is left out at a word.
const LONGEST: usize = 120;

/// What the sentences draw on, looked up once for each report.
pub(super) struct Witness<'a> {
    record: &'a ArticleRecord,
    article: &'a Article,
    annotations: &'a Annotations,
    /// The body's paragraphs as a reader counts them, without those in lists and tables: a paragraph's number
    /// is its place from 1.
    paragraphs: Vec<TextSpan>,
    /// For each gender the only chain that may have it; none where there are several or none.
    only: [Option<ChainId>; 2],
}

impl<'a> Witness<'a> {
    pub(super) fn new(record: &'a ArticleRecord, article: &'a Article, annotations: &'a Annotations) -> Self {
        let is_paragraph = |b: &&Block| b.kind == BlockKind::Paragraph && b.within.is_none();
        let paragraphs = article.blocks.iter().filter(is_paragraph).map(|b| b.span).collect();
        let only = [Gender::Feminine, Gender::Masculine].map(|gender| {
            let mut fits = annotations.chains.iter().enumerate().filter(|(_, c)| c.gender.is_none_or(|g| g == gender));
            let first = fits.next().map(|(i, _)| ChainId::new(i));
            first.filter(|_| fits.next().is_none())
        });
        Self { record, article, annotations, paragraphs, only }
    }

    /// Says how the speaker of a quotation was found; `at` is its place in the record's facts. No full stop; begins in
    /// lower case or with a quotation.
    ///
    /// `name` is the speaker as the page shows them, `person` their entry.
    pub(super) fn why(&self, at: usize, name: &str, person: Option<&Person>) -> String {
        let Some(fact) = self.record.facts.quotes.get(at) else { return String::new() };
        let Some(quote) = self.annotations.quotes.get(fact.quote as usize) else { return String::new() };
        let evidence = quote.evidence.map(|span| shortened(span.of(&self.article.text), LONGEST));
        let evidence = evidence.filter(|words| !words.is_empty()).map(|words| format!("“{words}”"));
        let said = |otherwise: &str| evidence.clone().unwrap_or_else(|| otherwise.to_owned());
        // The archive may know more of the speaker than the report did.
        match fact.rule {
            Rule::Name => said(&format!("{name} is named beside the words")) + &self.known_as(quote, name),
            Rule::Surname => match quote.speaker.and_then(|id| Some((id, self.annotations.chains.get(id.index())?))) {
                Some((_, chain)) if chain.full => {
                    let known_as = self.known_as(quote, name);
                    format!("{}; the report gives the full name, {}{known_as}", said("a surname"), chain.name)
                }
                Some((id, _)) if self.record.is_by_title(id) => {
                    let title = self.record.facts.chains.get(id.index()).and_then(|chain| chain.roles.first());
                    let title = title.map_or("the title", |role| role);
                    format!(
                        "{}; the report says “{title}”, and {name} alone is that in this archive",
                        said("a surname")
                    )
                }
                _ => said("a surname stands beside the words"),
            },
            Rule::Title => {
                let basis = u32::try_from(at).ok().and_then(|at| self.record.by_office(at));
                self.title(quote, name, person, basis, evidence)
            }
            Rule::Pronoun => format!("{}; {}", said("a pronoun"), self.antecedent(quote, name)),
            Rule::SameSentence => match evidence {
                Some(evidence) => format!("the sentence goes on from {evidence}"),
                None => format!("the sentence goes on with {name}"),
            },
            Rule::Continued => match evidence {
                Some(evidence) => format!("the quotation goes on from {evidence}"),
                None => "the quotation goes on from the one before".to_owned(),
            },
            Rule::Group => format!("{}; a group or a body, not a person", said("several speak")),
            Rule::Unnamed => format!("{}; the report gives no name", said("somebody speaks")),
            Rule::Unknown => "the report does not say who spoke".to_owned(),
            Rule::ByHand => "an editor of this archive said so".to_owned(),
        }
    }

    fn title(
        &self,
        quote: &Quote,
        name: &str,
        person: Option<&Person>,
        basis: Option<Basis>,
        evidence: Option<String>,
    ) -> String {
        let mention = quote.mention.and_then(|id| self.annotations.mentions.get(id.index()));
        let title =
            mention.map(|m| shortened(m.span.of(&self.article.text), LONGEST)).filter(|words| !words.is_empty());
        let Some(title) = title else {
            return format!("{}; {name} in this report", evidence.unwrap_or_else(|| "an office".to_owned()));
        };
        let known = match basis {
            Some(Basis::File) => return format!("“{title}” is {name}’s office on this date"),
            Some(Basis::Between) => Some("by reports from before and after this one"),
            Some(Basis::Near) => Some("by other reports of about that time"),
            Some(Basis::Once) => Some("by one other report of about that time"),
            None => None,
        };
        if let Some(known) = known {
            return format!("“{title}” is {name}’s office on this date, {known}");
        }
        let held = person.zip(self.record.date()).and_then(|(person, day)| {
            let mut held = person.offices().iter().filter(|office| office.held_on(day));
            held.find(|office| is_named_by(&office_words(office), &title))
        });
        match held {
            Some(_) => format!("“{title}” is {name}’s office on this date"),
            None => format!("“{title}” is {name} in this report"),
        }
    }

    /// What to add where the report gives another name than the page: "; in this archive that is William Renn".
    fn known_as(&self, quote: &Quote, name: &str) -> String {
        let chain = quote.speaker.and_then(|id| self.annotations.chains.get(id.index()));
        let ends = |name: &str| {
            let words = slug(name);
            (words.split('-').next().map(str::to_owned), words.rsplit('-').next().map(str::to_owned))
        };
        match chain {
            Some(chain) if chain.full && ends(&chain.name) != ends(name) => format!("; in this archive that is {name}"),
            _ => String::new(),
        }
    }

    /// Whom a pronoun is taken for, and why.
    fn antecedent(&self, quote: &Quote, name: &str) -> String {
        let Some(chain) = quote.speaker else { return "nobody fits".to_owned() };
        for (only, word) in self.only.iter().zip(["woman", "man"]) {
            let gender = self.annotations.chains.get(chain.index()).and_then(|c| c.gender);
            let fits = gender == Some(if word == "woman" { Gender::Feminine } else { Gender::Masculine });
            if fits && *only == Some(chain) && self.annotations.chains.len() > 1 {
                return format!("{name} is the only {word} named in the report");
            }
        }
        let before = quote.parts.first().map_or(0, |part| part.words.start);
        match self.named_before(chain, before) {
            Some(paragraph) => format!("{name} is named in paragraph {paragraph}"),
            None => format!("taken for {name}"),
        }
    }

    /// The last paragraph before a place in which a chain is named.
    fn named_before(&self, chain: ChainId, place: u32) -> Option<usize> {
        let mentions = &self.annotations.chains.get(chain.index())?.mentions;
        let mention = |id: &MentionId| self.annotations.mentions.get(id.index());
        let before = mentions.partition_point(|id| mention(id).is_some_and(|m| m.span.start < place));
        let is_name = |form| matches!(form, Form::FullName | Form::Surname | Form::GivenName | Form::Honorific);
        // A person is named within a few mentions; a bound keeps a hostile report linear.
        let named = mentions[..before].iter().rev().take(64).filter_map(mention).find(|m| is_name(m.form))?;
        let paragraph = self.paragraphs.partition_point(|p| p.start <= named.span.start);
        let inside = paragraph.checked_sub(1).is_some_and(|i| self.paragraphs[i].contains(named.span));
        inside.then_some(paragraph)
    }
}

/// Whether words as an article prints them ("the minister") share a word of weight with an office ("Harbour
/// Minister of Merrow").
fn is_named_by(office: &str, words: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.map(str::to_lowercase).collect()
    };
    let office = split(office);
    split(words).iter().any(|word| office.contains(word))
}
