use super::element::{Element, keeps, stays};
use super::tag::{Tag, UNSEEN};
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
    /// Elements and the like: distinct, in the order in which they were met.
    names: Vec<String>,
    /// Attributes likewise.
    attributes: Vec<String>,
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

    /// An instruction or a declaration fell, of which these are the words: "`<?php` to `?>`".
    pub(super) fn unseen(&mut self, words: &str, at: &Range<usize>) {
        let Some((begins, ends)) = UNSEEN.iter().find(|(begins, _)| words.starts_with(begins)) else { return };
        let name = words.get(begins.len()..).unwrap_or_default();
        let n = if begins.ends_with('[') { 0 } else { SHOWN };
        let name: String = name.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).take(n).collect();
        self.named(at, format!("`{begins}{name}` to `{ends}`"));
    }

    /// Tags fell that no name tells best: there are too many of them, or no place for them.
    pub(super) fn beyond(&mut self, what: &str, at: &Range<usize>) {
        self.named(at, what.to_owned());
    }

    /// Notes the attributes of a start tag that do not stay.
    pub(super) fn attributes(&mut self, tag: &Tag<'_>, element: &Element, at: &Range<usize>) {
        // A link that leads nowhere falls itself.
        let leads = *element != Element::Link || tag.value("href").is_some();
        for name in tag.attributes().filter(|name| stays(element) && leads && !keeps(element, name)) {
            let name = format!("`{}`", shown(name));
            Self::add(&mut self.attributes, name, &mut self.more);
            self.saw(at);
        }
    }

    /// What was taken out, in words: "`<script>` and all in it, `<div>`, the attributes `onclick`, `style`".
    pub(in crate::read::markdown) fn told(&self) -> String {
        let mut told = self.names.join(", ");
        if !self.attributes.is_empty() {
            told += if told.is_empty() { "the attribute" } else { ", the attribute" };
            told += if self.attributes.len() > 1 { "s " } else { " " };
            told += &self.attributes.join(", ");
        }
        told + if self.more { " and more" } else { "" }
    }

    fn named(&mut self, at: &Range<usize>, name: String) {
        Self::add(&mut self.names, name, &mut self.more);
        self.saw(at);
    }

    fn saw(&mut self, at: &Range<usize>) {
        let place = FileSpan::new(at.start, at.end);
        self.first = Some(self.first.map_or(place, |first| first.min(place)));
    }

    fn add(names: &mut Vec<String>, name: String, more: &mut bool) {
        if names.contains(&name) {
            return;
        }
        if names.len() < NAMED {
            names.push(name);
        } else {
            *more = true;
        }
    }
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(SHOWN).collect::<String>().to_lowercase()
}
