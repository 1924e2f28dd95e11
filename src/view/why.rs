//! How we know who spoke, as a sentence (theme specification §8).

use super::desk::{office_words, shortened};
use crate::archive::{ArticleRecord, Basis, Person};
use crate::model::{Annotations, Article, Block, BlockKind, ChainId, Form, Gender, MentionId, Quote, Rule};
use crate::text::{TextSpan, slug};
use crate::words::Words;

/// Bytes of evidence that are quoted; the rest is left out at a word.
const LONGEST: usize = 120;

/// What the sentences draw on, looked up once for each report.
pub(super) struct Witness<'a> {
    record: &'a ArticleRecord,
    article: &'a Article,
    annotations: &'a Annotations,
    words: &'a Words,
    /// The body's paragraphs as a reader counts them, without those in lists and tables: a paragraph's number
    /// is its place from 1.
    paragraphs: Vec<TextSpan>,
    /// For each gender the only chain that may have it; none where there are several or none.
    only: [Option<ChainId>; 2],
}

impl<'a> Witness<'a> {
    pub(super) fn new(
        record: &'a ArticleRecord,
        article: &'a Article,
        annotations: &'a Annotations,
        words: &'a Words,
    ) -> Self {
        let is_paragraph = |b: &&Block| b.kind == BlockKind::Paragraph && b.within.is_none();
        let paragraphs = article.blocks.iter().filter(is_paragraph).map(|b| b.span).collect();
        let only = [Gender::Feminine, Gender::Masculine].map(|gender| {
            let mut fits = annotations.chains.iter().enumerate().filter(|(_, c)| c.gender.is_none_or(|g| g == gender));
            let first = fits.next().map(|(i, _)| ChainId::new(i));
            first.filter(|_| fits.next().is_none())
        });
        Self { record, article, annotations, words, paragraphs, only }
    }

    /// Says how the speaker of a quotation was found; `at` is its place in the record's facts. No full stop; begins in
    /// lower case or with a quotation.
    ///
    /// `name` is the speaker as the page shows them, `person` their entry.
    pub(super) fn why(&self, at: usize, name: &str, person: Option<&Person>) -> String {
        let Some(fact) = self.record.facts.quotes.get(at) else { return String::new() };
        let Some(quote) = self.annotations.quotes.get(fact.quote as usize) else { return String::new() };
        let evidence = quote.evidence.map(|span| shortened(span.of(&self.article.text), LONGEST));
        let evidence = evidence.filter(|words| !words.is_empty()).map(|words| self.words.locale().quoted(&words));
        let said = |otherwise: &str| evidence.clone().unwrap_or_else(|| self.words.text(otherwise).to_owned());
        let fill = |key: &str, with: &[(&str, &str)]| self.words.fill(key, with);
        // The archive may know more of the speaker than the report did.
        match fact.rule {
            Rule::Name => {
                let said = evidence.unwrap_or_else(|| fill("why.name", &[("name", name)]));
                self.known_as(said, quote, name)
            }
            Rule::Surname => match quote.speaker.and_then(|id| Some((id, self.annotations.chains.get(id.index())?))) {
                Some((_, chain)) if chain.full => {
                    let said = said("why.a-surname");
                    let said = fill("why.surname-full", &[("said", &*said), ("full", &*chain.name)]);
                    self.known_as(said, quote, name)
                }
                Some((id, _)) if self.record.is_by_title(id) => {
                    let title = self.record.facts.chains.get(id.index()).and_then(|chain| chain.roles.first());
                    let title = self.words.locale().quoted(title.map_or(self.words.text("why.the-title"), |role| role));
                    fill("why.surname-title", &[("said", &*said("why.a-surname")), ("title", &*title), ("name", name)])
                }
                _ => said("why.surname"),
            },
            Rule::Title => {
                let basis = u32::try_from(at).ok().and_then(|at| self.record.by_office(at));
                self.title(quote, name, person, basis, evidence)
            }
            Rule::Pronoun => {
                let antecedent = self.antecedent(quote, name);
                fill("why.pronoun", &[("said", &*said("why.a-pronoun")), ("antecedent", &*antecedent)])
            }
            Rule::SameSentence => match evidence {
                Some(evidence) => fill("why.goes-on-from", &[("evidence", &*evidence)]),
                None => fill("why.goes-on-with", &[("name", name)]),
            },
            Rule::Continued => match evidence {
                Some(evidence) => fill("why.quotation-from", &[("evidence", &*evidence)]),
                None => self.words.text("why.quotation-before").to_owned(),
            },
            Rule::Group => fill("why.group", &[("said", &*said("why.several"))]),
            Rule::Unnamed => fill("why.unnamed", &[("said", &*said("why.somebody"))]),
            Rule::Unknown => self.words.text("why.unknown").to_owned(),
            Rule::ByHand => match fact.checked.as_ref().and_then(|checked| checked.date) {
                Some(date) => fill("why.by-hand-on", &[("date", &*self.words.locale().brief(date))]),
                None => self.words.text("why.by-hand").to_owned(),
            },
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
            let said = evidence.unwrap_or_else(|| self.words.text("why.an-office").to_owned());
            return self.words.fill("why.office-report", &[("said", &*said), ("name", name)]);
        };
        let marked = self.words.locale().quoted(&title);
        let known = |key: &str| self.words.fill(key, &[("title", &*marked), ("name", name)]);
        match basis {
            Some(Basis::File) => return known("why.title-held"),
            Some(Basis::Between) => return known("why.title-between"),
            Some(Basis::Near) => return known("why.title-near"),
            Some(Basis::Once) => return known("why.title-once"),
            None => {}
        }
        let held = person.zip(self.record.date()).and_then(|(person, day)| {
            let mut held = person.offices().iter().filter(|office| office.held_on(day));
            held.find(|office| is_named_by(&office_words(office, self.words), &title))
        });
        match held {
            Some(_) => known("why.title-held"),
            None => known("why.title-report"),
        }
    }

    /// Adds to a sentence, where the report gives another name than the page: "; in this archive that is William Renn".
    fn known_as(&self, said: String, quote: &Quote, name: &str) -> String {
        let chain = quote.speaker.and_then(|id| self.annotations.chains.get(id.index()));
        let ends = |name: &str| {
            let words = slug(name);
            (words.split('-').next().map(str::to_owned), words.rsplit('-').next().map(str::to_owned))
        };
        match chain {
            Some(chain) if chain.full && ends(&chain.name) != ends(name) => {
                self.words.fill("why.known-as", &[("said", &*said), ("name", name)])
            }
            _ => said,
        }
    }

    /// Whom a pronoun is taken for, and why.
    fn antecedent(&self, quote: &Quote, name: &str) -> String {
        let Some(chain) = quote.speaker else { return self.words.text("why.nobody").to_owned() };
        for (only, (theirs, key)) in
            self.only.iter().zip([(Gender::Feminine, "why.only-woman"), (Gender::Masculine, "why.only-man")])
        {
            let gender = self.annotations.chains.get(chain.index()).and_then(|c| c.gender);
            let fits = gender == Some(theirs);
            if fits && *only == Some(chain) && self.annotations.chains.len() > 1 {
                return self.words.fill(key, &[("name", name)]);
            }
        }
        let before = quote.parts.first().map_or(0, |part| part.words.start);
        match self.named_before(chain, before) {
            Some(paragraph) => self.words.fill("why.paragraph", &[("name", name), ("number", &*paragraph.to_string())]),
            None => self.words.fill("why.taken", &[("name", name)]),
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
