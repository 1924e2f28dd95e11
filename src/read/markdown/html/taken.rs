use super::element::{Element, keeps, stays};
use super::tag::Tag;
use crate::text::FileSpan;
use std::ops::Range;

/// Kinds of things that are named; more are told of, and not by name.
const NAMED: usize = 8;
/// Bytes of a name that are shown.
const SHOWN: usize = 24;

/// What was taken out of the raw HTML of a file.
#[derive(Debug, Default)]
pub(in crate::read::markdown) struct Taken {
    /// The first place.
    pub(in crate::read::markdown) first: Option<FileSpan>,
    /// Distinct, in the order of the file.
    names: Vec<String>,
    more: bool,
}

impl Taken {
    /// A tag fell, its words stay.
    pub(super) fn tag(&mut self, name: &str, at: &Range<usize>) {
        self.named(at, format!("`<{}>`", shown(name)));
    }

    /// An element fell with all that is in it.
    pub(super) fn whole(&mut self, name: &str, at: &Range<usize>) {
        self.named(at, format!("`<{}>` and all in it", shown(name)));
    }

    /// Tags fell because there are so many of them.
    pub(super) fn beyond(&mut self, what: &str, at: &Range<usize>) {
        self.named(at, what.to_owned());
    }

    /// Notes the attributes of a start tag that do not stay.
    pub(super) fn attributes(&mut self, tag: &Tag<'_>, element: &Element, at: &Range<usize>) {
        // A link that leads nowhere falls itself.
        let leads = *element != Element::Link || tag.value("href").is_some();
        for name in tag.attributes().filter(|name| stays(element) && leads && !keeps(element, name)) {
            self.named(at, format!("`{}`", shown(name)));
        }
    }

    /// What was taken out, in words: "`<script>` and all in it, `<div>`, `onclick`".
    pub(in crate::read::markdown) fn told(&self) -> String {
        self.names.join(", ") + if self.more { " and more" } else { "" }
    }

    fn named(&mut self, at: &Range<usize>, name: String) {
        let place = FileSpan::new(at.start, at.end);
        self.first = Some(self.first.map_or(place, |first| first.min(place)));
        if self.names.contains(&name) {
            return;
        }
        if self.names.len() < NAMED {
            self.names.push(name);
        } else {
            self.more = true;
        }
    }
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(SHOWN).collect::<String>().to_lowercase()
}
