//! Floor 3: [`Article`] to [`Annotations`]: who said what.
//!
//! A row of stages, each a pure function in a file of its own: the article is cut into words ([`reading`]), words get
//! parts of speech ([`tagger`]), names of people are found ([`names`]) and joined ([`people`]), phrases that may stand
//! for a speaker are collected ([`candidates`]), pronouns resolved ([`pronouns`]), speakers chosen ([`speech`]),
//! reported speech found ([`reported`]), and all of it is written down ([`record`]). What is known of words is data
//! ([`lexicon`]); where learning wins, weights are learned ([`model`]).

pub mod anchor;
mod answers;
pub mod candidates;
pub mod confidence;
mod decide;
mod facts;
mod follow;
mod holders;
pub mod kinds;
pub mod lexicon;
mod measured;
pub mod model;
mod name_shapes;
pub mod names;
mod not_people;
mod notation;
pub mod people;
mod phrase;
mod post_lexicon;
mod posts;
pub mod pronouns;
pub mod reading;
mod record;
pub mod reported;
pub mod resolve;
mod roles;
mod shown;
pub mod speakers;
pub mod speech;
pub mod tagger;

pub use answers::{Answer, Answered, Label, Who, answered};
pub use decide::decide;
pub use facts::facts;
pub use follow::{Followed, Outcome, follow};
pub use holders::Holders;
pub use lexicon::Lexicon;
pub use measured::{MEASURED, MEASURED_REPORTS, Measured};
pub use notation::show;
pub use posts::{is_peerage, is_title, post_of_office};

use crate::config::{AnnotateSettings, Statements};
use crate::diag::{Diagnostic, Noted, codes};
use crate::model::{Annotations, Article, Source};
use crate::text::{MarkedEnd, TextSpan};
use candidates::Candidate;
use model::Models;
use people::People;
use reading::Reading;

/// Finds who said what in an article.
///
/// The text is never altered: what is found stands off in spans of `Article::text`. Only headline, standfirst,
/// crossheads, paragraphs and captions are looked at. Notes `quote-unclosed` once for each paragraph that holds a
/// quotation nothing closes, for [`LISTED`] paragraphs at most; returns nothing else. Linear in the text; `source` is
/// only for the diagnostics' lines.
pub fn annotate(
    article: &Article,
    source: &Source,
    lexicon: &Lexicon,
    holders: &Holders,
    settings: &AnnotateSettings,
) -> Noted<Annotations> {
    annotate_with(Models::embedded(), article, source, lexicon, holders, settings)
}

/// [`annotate`] with models of the caller's: how a trainer measures what it has learned.
pub fn annotate_with(
    models: &Models,
    article: &Article,
    source: &Source,
    lexicon: &Lexicon,
    holders: &Holders,
    settings: &AnnotateSettings,
) -> Noted<Annotations> {
    let mut reading = Reading::new(article, lexicon);
    tagger::tag(&mut reading, &models.usual, &models.tags);
    let (mut people, candidates) = who(&reading, &models.names);
    holders.tie(article.furniture.published.map(|at| at.date), &mut people);
    let pronouns = pronouns::pronouns(&reading, &people, &candidates, &models.pronouns);
    let persons = resolve::persons(&reading, &people, &candidates, &pronouns);
    let mut speech = speech::speech(&reading, &candidates, &persons, models);
    speech::doubt(&reading, &candidates, &pronouns, &mut speech, &models.confidence);
    let reported = match settings.statements {
        Statements::None => Vec::new(),
        which => reported::reported(&reading, &candidates, &speech, which, &models.reported),
    };
    let found = record::Found {
        reading: &reading,
        people: &people,
        candidates: &candidates,
        pronouns: &pronouns,
        persons: &persons,
        speech: &speech,
        reported: &reported,
        weights: &models.confidence,
    };
    Noted::new(record::record(&found), unclosed(article, source, &reading))
}

/// The people of an article and the phrases that may stand for speakers: names first by how they look, then, where
/// that finds more, by how they speak.
pub fn who(reading: &Reading<'_>, weights: &impl model::Weights) -> (People, Vec<Candidate>) {
    let mut names = names::names(reading, weights);
    let people = people::people(reading, &names);
    let candidates = candidates::candidates(reading, &people);
    let more = name_shapes::speaking(reading, &candidates);
    if more.is_empty() {
        return (people, candidates);
    }
    names.extend(more);
    names.sort_unstable_by_key(|n| n.start);
    not_people::without_bodies(reading, &mut names);
    let people = people::people(reading, &names);
    let candidates = candidates::candidates(reading, &people);
    (people, candidates)
}

/// Paragraphs of one article of which it is said that a quotation is never closed.
const LISTED: usize = 40;

fn unclosed(article: &Article, source: &Source, reading: &Reading<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut paragraph = None;
    let mut more = 0;
    for segment in reading.segments.iter().filter(|s| s.unclosed) {
        // One missing mark upsets all that follow in its paragraph, and one note will do.
        if paragraph.replace(segment.paragraph) == Some(segment.paragraph) {
            continue;
        }
        if out.len() == LISTED {
            more += 1;
            continue;
        }
        let span = segment.marked.span;
        let open = span.of(&article.text).chars().next().unwrap_or('“');
        let close = match open {
            '“' | '„' | '”' => '”',
            '‘' => '’',
            other => other,
        };
        let mark = TextSpan::new(span.start as usize, span.start as usize + open.len_utf8());
        let (label, note) = match segment.marked.end {
            MarkedEnd::Reopened => (
                format!("opened here; another opening mark follows before any {close}"),
                "read as ending before the next opening mark",
            ),
            _ => (format!("opened here; no {close} follows in this paragraph"), "read as ending with its paragraph"),
        };
        out.push(
            Diagnostic::new(codes::QUOTE_UNCLOSED, &source.path, "this quotation is never closed")
                .at(&source.text, article.file_span(mark), label)
                .note(note)
                .help(format!("add {close}, or open the next paragraph with {open} if the speaker goes on")),
        );
    }
    if more > 0 {
        let message = format!("{more} more paragraphs hold quotations that are never closed");
        out.push(Diagnostic::new(codes::QUOTE_UNCLOSED, &source.path, message));
    }
    out
}
