//! The names of an archive: which spellings are one name, and which of them people files claim.

use super::identity::number;
use super::name::NameKey;
use crate::model::{AuthorityPerson, ChainFact, Form};
use rustc_hash::FxHashMap;

/// All names of the archive that are more than a surname, and those that people files claim.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    by_print: FxHashMap<&'a str, u32>,
    by_key: FxHashMap<NameKey, u32>,
    variants: Vec<Variant>,
    by_base: FxHashMap<String, u32>,
    groups: Vec<Group>,
    /// The people file that owns a name in a scope: an article, a folder ending in `/`, or "" for everywhere.
    claims: FxHashMap<(NameId, &'a str), u32>,
}

/// A name with its middle initials, or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NameId {
    Variant(u32),
    Group(u32),
}

/// A name with its middle initials, which may be none.
#[derive(Debug)]
struct Variant {
    key: NameKey,
    group: u32,
}

/// All variants of a name that differ in middle initials only.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    claimed: bool,
    /// Whose initials were met: one people file's, or one variant's.
    initials: Option<Initials>,
    /// Whether initials of two people were met, so that they tell people apart.
    apart: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Initials {
    OfFile(u32),
    OfVariant(u32),
}

impl<'a> Names<'a> {
    /// Gives a people file its names; returns those that another file has already, with that file.
    pub(super) fn claim(&mut self, at: usize, file: &'a AuthorityPerson) -> Vec<(&'a str, usize)> {
        let mut taken = Vec::new();
        let own = self.variant(&file.name);
        let own_group = self.variants[own as usize].group;
        for name in std::iter::once(&file.name).chain(&file.aliases) {
            let variant = self.variant(name);
            let group = self.variants[variant as usize].group;
            if self.variants[variant as usize].key.base.is_empty() {
                continue;
            }
            // An alias that is but another spelling must not carry the name out of its scope.
            for scope in scopes(file, variant == own) {
                let owner = *self.claims.entry((NameId::Variant(variant), scope)).or_insert(number(at)) as usize;
                if owner != at && taken.last() != Some(&(&**name, owner)) {
                    taken.push((&**name, owner));
                }
            }
            for scope in scopes(file, group == own_group) {
                self.claims.entry((NameId::Group(group), scope)).or_insert(number(at));
            }
            self.groups[group as usize].claimed = true;
            self.meet(variant);
        }
        taken
    }

    /// Takes note of a name in an article.
    pub(super) fn learn(&mut self, name: &'a str) {
        if !self.by_print.contains_key(name) {
            let variant = self.variant(name);
            self.meet(variant);
        }
    }

    /// The variant that a printed name is, made where it is new.
    fn variant(&mut self, name: &'a str) -> u32 {
        if let Some(variant) = self.by_print.get(name) {
            return *variant;
        }
        let key = NameKey::of(name);
        let variant = self.by_key.get(&key).copied().unwrap_or_else(|| {
            let group = *self.by_base.entry(key.base.clone()).or_insert_with(|| {
                self.groups.push(Group::default());
                number(self.groups.len() - 1)
            });
            self.variants.push(Variant { key: key.clone(), group });
            let variant = number(self.variants.len() - 1);
            self.by_key.insert(key, variant);
            variant
        });
        self.by_print.insert(name, variant);
        variant
    }

    /// Takes note of a variant's initials. People files come first, so that one person's may be several.
    fn meet(&mut self, variant: u32) {
        let Variant { key, group } = &self.variants[variant as usize];
        if !key.middles.is_empty() {
            let file = self.claims.get(&(NameId::Variant(variant), ""));
            let initials = file.map_or(Initials::OfVariant(variant), |file| Initials::OfFile(*file));
            let group = &mut self.groups[*group as usize];
            group.apart |= group.initials.is_some_and(|met| met != initials);
            group.initials = Some(initials);
        }
    }

    /// The variant of a learnt name that has a given name and a surname.
    pub(super) fn full(&self, name: &str) -> Option<u32> {
        self.by_print.get(name).copied().filter(|variant| self.variants[*variant as usize].key.full)
    }

    /// The people file whose name this is in an article.
    pub(super) fn by_file(&self, variant: u32, path: &str) -> Option<u32> {
        let group = self.variants[variant as usize].group;
        let Group { claimed, apart, .. } = self.groups[group as usize];
        if !claimed {
            return None;
        }
        let owner = |name: NameId| around(path).find_map(|scope| self.claims.get(&(name, scope)).copied());
        owner(NameId::Variant(variant)).or_else(|| if apart { None } else { owner(NameId::Group(group)) })
    }

    /// The people file of which an article's bare surname, or one of the forms it stands in, is an alias.
    pub(super) fn by_alias(&self, chain: &ChainFact, path: &str) -> Option<u32> {
        if self.claims.is_empty() {
            return None;
        }
        // "Lord Hale" before "Hale": the longer form says more.
        let titled = chain.forms.iter().filter(|(_, form, _)| matches!(form, Form::FullName | Form::Honorific));
        titled.map(|(words, ..)| words).chain(std::iter::once(&chain.name)).find_map(|words| {
            let variant = NameId::Variant(*self.by_key.get(&NameKey::of(words))?);
            around(path).find_map(|scope| self.claims.get(&(variant, scope)).copied())
        })
    }

    /// Who a name is where no people file says: what to know them by, the name without needless initials, and these.
    pub(super) fn by_evidence(&self, variant: u32) -> (NameId, NameKey, String) {
        let Variant { key, group } = &self.variants[variant as usize];
        let Group { apart, initials, .. } = self.groups[*group as usize];
        if apart {
            return (NameId::Variant(variant), key.clone(), String::new());
        }
        let initials = match initials {
            Some(Initials::OfVariant(variant)) => self.variants[variant as usize].key.middles.clone(),
            _ => String::new(),
        };
        (NameId::Group(*group), NameKey { middles: String::new(), ..key.clone() }, initials)
    }
}

/// Where a people file's name counts: in its articles where it is the name itself, else everywhere.
fn scopes(file: &AuthorityPerson, own: bool) -> impl Iterator<Item = &str> {
    let articles: &[Box<str>] = if own { &file.articles } else { &[] };
    articles.iter().map(|scope| &**scope).chain(articles.is_empty().then_some(""))
}

/// The scopes that hold an article, narrowest first: itself, its folders, everywhere.
fn around(path: &str) -> impl Iterator<Item = &str> {
    let folders = path.rmatch_indices('/').map(|(at, _)| &path[..=at]);
    std::iter::once(path).chain(folders).chain(std::iter::once(""))
}
