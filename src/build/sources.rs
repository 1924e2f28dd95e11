use super::find::Found;
use crate::diag::{Diagnostic, codes};
use crate::{media, read};
use std::collections::BTreeMap;

/// The files of a site by what is done with them; each list by path.
#[derive(Default)]
pub(super) struct Sources {
    /// What a reader claims.
    pub(super) articles: Vec<Found>,
    /// `content/people/*.md`.
    pub(super) people: Vec<Found>,
    /// Sidecars: what editors decided about the article beside each.
    pub(super) sidecars: Vec<Found>,
    /// Pictures beside articles and people.
    pub(super) pictures: Vec<Found>,
    /// Everything in `static/`.
    pub(super) statics: Vec<Found>,
    /// `content/rulings.toml`, where it is.
    pub(super) rulings: Vec<Found>,
    /// Paths below the content folder of which nothing is made.
    pub(super) passed_over: Vec<Box<str>>,
}

impl Sources {
    /// Sorts the files of the content folder and of `static/`.
    pub(super) fn new(content: Vec<Found>, statics: Vec<Found>, folder: &str) -> Self {
        let mut sources = Self { statics, ..Self::default() };
        let people = format!("{folder}/people/");
        let rulings = format!("{folder}/{}", read::RULINGS);
        for file in content {
            if media::is_picture(&file.path) {
                sources.pictures.push(file);
            } else if file.path.starts_with(&*people) && read::is_markdown(&file.path) {
                sources.people.push(file);
            } else if file.path.eq_ignore_ascii_case(&rulings) {
                sources.rulings.push(file);
            } else if read::is_sidecar(&file.path) {
                sources.sidecars.push(file);
            } else if read::reader(&file.path).is_some() {
                sources.articles.push(file);
            } else {
                sources.passed_over.push(file.path);
            }
        }
        sources
    }

    /// Says of which files nothing is made: `file-passed-over`.
    pub(super) fn unclaimed(&self) -> impl Iterator<Item = Diagnostic> {
        let note = |path: &str| {
            Diagnostic::new(codes::FILE_PASSED_OVER, path, "nothing is made of a file of this kind")
                .note("it is not published")
                .help("reports end in .md or .txt; what is to be published as it is belongs into static/")
        };
        self.passed_over.iter().map(move |path| note(path))
    }

    /// The articles in their order, each with the sidecar beside it.
    ///
    /// Of two articles whose names differ in their endings the first has it. The second list is of the sidecars that no
    /// article has.
    pub(super) fn pairs(&self) -> (Vec<(&Found, Option<&Found>)>, Vec<&Found>) {
        let mut by_path: BTreeMap<&str, &Found> = self.sidecars.iter().map(|file| (&*file.path, file)).collect();
        let pairs = self.articles.iter().map(|file| (file, by_path.remove(&*read::sidecar_path(&file.path)))).collect();
        (pairs, by_path.into_values().collect())
    }

    /// Takes the sidecars away, each with the path of its article.
    pub(super) fn without_sidecars(&mut self) -> Vec<(Box<str>, Found)> {
        let pairs = self.pairs().0;
        let of: BTreeMap<Box<str>, Box<str>> =
            pairs.into_iter().filter_map(|(file, beside)| Some((beside?.path.clone(), file.path.clone()))).collect();
        let sidecars = std::mem::take(&mut self.sidecars).into_iter();
        sidecars.filter_map(|file| Some((of.get(&file.path)?.clone(), file))).collect()
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &[Found]> {
        let Self { articles, sidecars, people, pictures, statics, rulings, passed_over: _ } = self;
        [&**articles, sidecars, people, pictures, statics, rulings].into_iter()
    }
}
