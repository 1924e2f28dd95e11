//! Rulings that no article meets, or more than one, and names that nobody gives.

use super::{Ruled, Rulings};
use crate::diag::{Diagnostic, Lines, codes};
use crate::model::{Action, Source, Target};
use rustc_hash::{FxHashMap, FxHashSet};

impl Rulings {
    /// Says whether every ruling could be carried out; notes `ruling-idle` for a name that nobody gives.
    ///
    /// Errors with `ruling-unmet` for an article that is not there and for an address that two could have. `read` are
    /// all articles: their files, and what they were read under, none where they could not be read.
    pub(in crate::build) fn carried_out<'a>(
        &self,
        read: impl Iterator<Item = (&'a str, Option<&'a Ruled>)> + Clone,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let Some(source) = self.source.as_ref().filter(|_| !self.ledger.rulings.is_empty()) else {
            return Ok(Vec::new());
        };
        let mut met: Vec<Vec<&str>> = vec![Vec::new(); self.ledger.rulings.len()];
        for (path, ruled) in read.clone() {
            for at in self.own(path, ruled.map_or("", |ruled| &ruled.address)) {
                met[at].push(path);
            }
        }
        let mut noted = Vec::new();
        let lines = Lines::new(&source.text);
        let mut near = None;
        for (ruling, met) in self.ledger.rulings.iter().zip(&met) {
            let say = |message: String, help: String| {
                Diagnostic::new(codes::RULING_UNMET, &source.path, message)
                    .within(&lines, ruling.at, "this ruling")
                    .note("nothing was published: the ruling might be meant for an article that is")
                    .help(help)
            };
            let deleted = matches!(ruling.action, Action::Withdraw { deleted: true });
            match (&ruling.target, &**met) {
                (None, _) => {}
                (Some(Target::Address(address)), []) if deleted && is_article(address) => {}
                (Some(Target::Address(address)), []) if deleted => noted.push(say(
                    format!("no article can have had the address `/{address}`"),
                    "write it as `/2031/11/14/calder-tunnel/`".to_owned(),
                )),
                (Some(_), [path]) if deleted => noted.push(say(
                    format!("`{path}` is still there, and the ruling says that it is deleted"),
                    "take `deleted = true` out, or delete the file".to_owned(),
                )),
                (Some(_), [_]) => {}
                (Some(target), []) => {
                    let words = match target {
                        Target::File(path) => format!("no article is called `{path}`"),
                        Target::Address(address) => format!("no article has the address `/{address}`"),
                    };
                    let near = near.get_or_insert_with(|| Near::new(read.clone()));
                    noted.push(say(words, near.meant(target)));
                }
                (Some(_), [first, second, ..]) => noted.push(say(
                    format!("`{first}` and `{second}` ask for the same address"),
                    format!("write which is meant: `article = \"{first}\"`"),
                )),
            }
        }
        if noted.is_empty() { Ok(self.idle(source, read)) } else { Err(noted) }
    }

    /// Notes `ruling-idle` for names that are withheld and that nobody gives.
    fn idle<'a>(&self, source: &Source, read: impl Iterator<Item = (&'a str, Option<&'a Ruled>)>) -> Vec<Diagnostic> {
        let seen: FxHashSet<u128> =
            read.filter_map(|(_, ruled)| ruled).flat_map(|ruled| ruled.withheld.iter().copied()).collect();
        let rulings = self.ledger.rulings.iter().zip(&self.digests);
        let lines = Lines::new(&source.text);
        rulings
            .filter(|(ruling, digest)| matches!(ruling.action, Action::Anonymise(_)) && !seen.contains(digest))
            .map(|(ruling, _)| {
                Diagnostic::new(codes::RULING_IDLE, &source.path, "a name is to be withheld that no article gives")
                    .within(&lines, ruling.at, "this ruling")
                    .note("nothing was replaced")
                    .help("write the full name as the articles give it, and other spellings into `also`")
            })
            .collect()
    }
}

/// Whether an address is one that articles have.
pub(super) fn is_article(address: &str) -> bool {
    let mut steps = address.trim_end_matches('/').split('/');
    let number =
        |step: Option<&str>, n: usize| step.is_some_and(|s| s.len() == n && s.bytes().all(|b| b.is_ascii_digit()));
    let dated = match address.strip_prefix("undated/") {
        Some(_) => steps.next().is_some(),
        None => number(steps.next(), 4) && number(steps.next(), 2) && number(steps.next(), 2),
    };
    dated && steps.next().is_some_and(|slug| !slug.is_empty()) && steps.next().is_none()
}

/// The articles that a ruling may have meant, by their files and by their addresses.
struct Near {
    files: Nearest,
    addresses: Nearest,
}

/// The first article of each name, and of each folder: an address has its day for one.
#[derive(Default)]
struct Nearest {
    by_name: FxHashMap<String, String>,
    by_folder: FxHashMap<Option<String>, String>,
}

impl Near {
    fn new<'a>(read: impl Iterator<Item = (&'a str, Option<&'a Ruled>)>) -> Self {
        let mut near = Self { files: Nearest::default(), addresses: Nearest::default() };
        for (path, ruled) in read {
            near.files.add(path.to_owned());
            if let Some(ruled) = ruled {
                near.addresses.add(format!("/{}", ruled.address));
            }
        }
        near
    }

    /// What the ruling may have meant: an article of the same name on another day, or one of the same day.
    fn meant(&self, target: &Target) -> String {
        let (nearest, given) = match target {
            Target::File(given) => (&self.files, given),
            Target::Address(given) => (&self.addresses, given),
        };
        match nearest.by_name.get(name(given)).or_else(|| nearest.by_folder.get(&folder(given))) {
            Some(other) => format!("did you mean `{other}`?"),
            None => "copy the address of its page; for an article whose file is deleted too, add `deleted = true`"
                .to_owned(),
        }
    }
}

impl Nearest {
    fn add(&mut self, other: String) {
        self.by_folder.entry(folder(other.trim_start_matches('/'))).or_insert_with(|| other.clone());
        self.by_name.entry(name(&other).to_owned()).or_insert(other);
    }
}

fn name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn folder(path: &str) -> Option<String> {
    path.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| folder.to_owned())
}
