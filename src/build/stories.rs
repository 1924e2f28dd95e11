use super::find::Found;
use super::timings::{Clock, Work};
use super::{Progress, load};
use crate::annotate::{self, Holders, Lexicon};
use crate::archive::Archive;
use crate::config::Settings;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Annotations, Article, Authority, Facts, Source, Status};
use crate::read;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// An article with what was found in it: all that its own page is made of.
pub(super) struct Story {
    pub(super) article: Article,
    pub(super) annotations: Annotations,
    pub(super) source: Source,
}

/// Everything the articles gave.
#[derive(Default)]
pub(super) struct Stories {
    /// By path.
    pub(super) stories: Vec<Story>,
    /// What each tells the archive, in the same order.
    pub(super) facts: Vec<Facts>,
    /// Files that were refused.
    pub(super) left_out: usize,
    /// Drafts held back.
    pub(super) drafts: usize,
}

/// What became of one file.
enum Outcome {
    Story(Box<(Story, Facts)>),
    LeftOut,
    Draft,
}

impl Stories {
    /// Takes the facts and leaves the stories to be put in the archive's order.
    pub(super) fn take_facts(&mut self) -> Vec<Facts> {
        std::mem::take(&mut self.facts)
    }

    /// The stories by `ArticleId`.
    pub(super) fn in_order_of(self, archive: &Archive) -> Vec<Story> {
        let mut by_path: Vec<Option<Story>> = self.stories.into_iter().map(Some).collect();
        let paths: FxHashMap<Box<str>, usize> = by_path
            .iter()
            .enumerate()
            .filter_map(|(i, story)| Some((story.as_ref()?.article.path.clone(), i)))
            .collect();
        archive.articles.iter().filter_map(|record| by_path.get_mut(*paths.get(&record.facts.path)?)?.take()).collect()
    }
}

/// Reads and annotates every article; `files` are sorted by path, and so is what comes back.
pub(super) fn read(
    files: &[Found],
    settings: &Settings,
    authority: &Authority,
    drafts: bool,
    clock: &Clock,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Stories {
    let lexicon = Lexicon::english();
    let holders = Holders::new(authority, lexicon);
    let outcomes: Vec<(Outcome, Vec<Diagnostic>)> = files
        .par_iter()
        .map(|file| {
            let outcome = one(file, settings, drafts, lexicon, &holders, clock);
            progress.step();
            outcome
        })
        .collect();
    let mut stories = Stories::default();
    for (outcome, noted) in outcomes {
        diagnostics.extend(noted);
        match outcome {
            Outcome::Story(both) => {
                stories.stories.push(both.0);
                stories.facts.push(both.1);
            }
            Outcome::LeftOut => stories.left_out += 1,
            Outcome::Draft => stories.drafts += 1,
        }
    }
    stories
}

fn one(
    file: &Found,
    settings: &Settings,
    drafts: bool,
    lexicon: &Lexicon,
    holders: &Holders,
    clock: &Clock,
) -> (Outcome, Vec<Diagnostic>) {
    let mut noted = Vec::new();
    let bytes = match clock.time(Work::Load, || load::bytes(file)) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return (Outcome::LeftOut, vec![diagnostic]),
    };
    let (source, article) = clock.time(Work::Read, || {
        let source = read::decode(&file.path, &bytes).into_value(&mut noted);
        let article = read::read(&source, &settings.read).into_value(&mut noted);
        (source, article)
    });
    let Some(article) = article.filter(|_| !noted.iter().any(|d| d.severity == Severity::Error)) else {
        return (Outcome::LeftOut, noted);
    };
    if article.furniture.status == Status::Draft && !drafts {
        return (Outcome::Draft, noted);
    }
    let story = clock.time(Work::Annotate, || {
        let annotations =
            annotate::annotate(&article, &source, lexicon, holders, &settings.annotate).into_value(&mut noted);
        let facts = annotate::facts(&article, &annotations);
        (Story { article, annotations, source }, facts)
    });
    (Outcome::Story(Box::new(story)), noted)
}
