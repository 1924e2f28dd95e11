use super::find::Found;
use crate::{media, read};

/// The files of a site by what is done with them; each list by path.
#[derive(Default)]
pub(super) struct Sources {
    /// What a reader claims.
    pub(super) articles: Vec<Found>,
    /// `content/people/*.md`.
    pub(super) people: Vec<Found>,
    /// Pictures beside articles and people.
    pub(super) pictures: Vec<Found>,
    /// Everything in `static/`.
    pub(super) statics: Vec<Found>,
    /// `content/rulings.toml`, where it is.
    pub(super) rulings: Vec<Found>,
}

impl Sources {
    /// Sorts the files of the content folder and of `static/`; files of other kinds are nobody's.
    pub(super) fn new(content: Vec<Found>, statics: Vec<Found>, folder: &str) -> Self {
        let mut sources = Self { statics, ..Self::default() };
        let people = format!("{folder}/people/");
        let rulings = format!("{folder}/{}", read::RULINGS);
        for file in content {
            if media::is_picture(&file.path) {
                sources.pictures.push(file);
            } else if file.path.strip_prefix(&*people).is_some_and(|name| name.ends_with(".md") && !name.contains('/'))
            {
                sources.people.push(file);
            } else if *file.path == *rulings {
                sources.rulings.push(file);
            } else if read::reader(&file.path).is_some() {
                sources.articles.push(file);
            }
        }
        sources
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &[Found]> {
        [&*self.articles, &*self.people, &*self.pictures, &*self.statics, &*self.rulings].into_iter()
    }
}
