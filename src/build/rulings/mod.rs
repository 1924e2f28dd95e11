//! What was decided about articles after they were published, carried out before anything else sees them.

mod on;
#[cfg(test)]
mod tests;
mod unmet;
mod words;

use super::cache::checksum;
use super::find::Found;
use super::hash::Hash;
use super::load;
use super::settings::SITE_TOML;
use crate::archive::{Gone, address_suffix, wanted_address};
use crate::config::Settings;
use crate::diag::{Diagnostic, codes};
use crate::model::{Action, Article, AuthorityPerson, Correction, Ledger, Notice, Ruling, Source, Target};
use crate::read::{self, Proposed, Redaction, RedactionIndex, in_order};
use crate::text::{FileSpan, slug};
use on::On;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unmet::is_article;
use words::withhold_pictures;

/// The ledger, ready to be asked of any article.
#[derive(Default)]
pub(super) struct Rulings {
    ledger: Ledger,
    /// The file, for messages.
    source: Option<Source>,
    /// By file, and by address: which rulings are on it.
    by_file: FxHashMap<Box<str>, Vec<usize>>,
    by_address: FxHashMap<Box<str>, Vec<usize>>,
    /// By wanted address: the lengths of what rulings have behind it, where two asked for it.
    suffixes: FxHashMap<Box<str>, BTreeSet<usize>>,
    /// By ruling: what it replaces, where it withholds a name.
    redactions: Vec<Option<Redaction>>,
    /// By ruling: what tells it from others, wherever in the ledger it stands.
    digests: Vec<u128>,
    /// The other way round.
    by_digest: FxHashMap<u128, Vec<usize>>,
    /// Names withheld throughout the archive, in the order of the ledger.
    everywhere: Vec<usize>,
    /// Of all these; 0 where there are none.
    everywhere_digest: u128,
    /// Finds these.
    index: RedactionIndex,
}

/// What an article was read under: where this is the same, what was read of it serves again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ruled {
    /// The address that its own words ask for.
    pub(super) address: Box<str>,
    /// Of all rulings on it.
    digest: u128,
    /// Of those that found a name to withhold.
    withheld: Vec<u128>,
}

impl Ruled {
    /// Of a file's bytes and of what was decided about them: what an article's own pages are made of.
    pub(super) fn words(&self, file: Hash) -> Hash {
        match self.digest {
            0 => file,
            digest => Hash::of_all([file, Hash::of(&digest.to_le_bytes())].into_iter()),
        }
    }
}

/// What becomes of an article.
pub(super) enum Verdict {
    /// It is published, as it is now.
    Stays,
    /// Nothing of it is.
    Gone(Gone),
}

/// What is said where the ledger is there and cannot be followed.
const NOTHING_PUBLISHED: &str = "nothing was published: a ruling that is not read might be one that forbids it";

/// What is said of a people file that cannot be read where names are withheld.
const MIGHT_BE_WITHHELD: &str =
    "nothing was published: the file might give other names of somebody whose name is withheld";

impl Rulings {
    /// Reads the ledger, where there is one.
    ///
    /// Errors, all fatal, where it cannot be read or anything in it is at fault.
    ///
    /// Whoever has a people file that gives a withheld name loses the file's other names as well.
    pub(super) fn read(
        files: &[Found],
        people: &[Found],
        settings: &Settings,
        noted: &mut Vec<Diagnostic>,
    ) -> Result<Self, Vec<Diagnostic>> {
        // A ledger that is there and cannot be read (a link, a pipe) might forbid what would be published.
        let ledger = format!("{}/{}", settings.read.content, read::RULINGS);
        let unread = noted.iter().find(|d| d.code == codes::FILE_UNREADABLE && d.path.eq_ignore_ascii_case(&ledger));
        if let Some(unread) = unread {
            return Err(vec![unread.clone().note(NOTHING_PUBLISHED)]);
        }
        let file = match files {
            [] => return Ok(Self::default()),
            [file] => file,
            [file, other, ..] => {
                let two = format!("`{}` and `{}` are both the ledger", file.path, other.path);
                let two = Diagnostic::new(codes::RULINGS_BROKEN, &other.path, two).note(NOTHING_PUBLISHED);
                return Err(vec![two.help("put their rulings into one file, `rulings.toml`")]);
            }
        };
        let bytes = load::bytes(file).map_err(|diagnostic| vec![diagnostic])?;
        let source = read::decode(&file.path, &bytes).into_value(noted);
        let read = read::rulings(&source, &settings.site.root, &settings.read.content);
        let Some(mut ledger) = read.value else { return Err(read.diagnostics) };
        noted.extend(read.diagnostics);
        let faults = with_files(&mut ledger, people);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self::new(ledger, source))
    }

    /// Notes `name-remains` for the site's own words that give a name which is withheld throughout the archive.
    pub(super) fn own_words<'a>(&self, root: &Path, files: impl Iterator<Item = &'a Found>) -> Vec<Diagnostic> {
        if self.withhold_nothing() {
            return Vec::new();
        }
        let gives = |bytes: &[u8]| self.withhold(&String::from_utf8_lossy(bytes));
        let own = files.filter(|file| load::bytes(file).is_ok_and(|bytes| gives(&bytes))).map(|file| &*file.path);
        let settings = load::optional(&root.join(SITE_TOML), SITE_TOML).ok().flatten();
        let settings = settings.filter(|bytes| gives(bytes)).map(|_| SITE_TOML);
        own.chain(settings)
            .map(|path| {
                Diagnostic::new(codes::NAME_REMAINS, path, "these words of the site’s own give a name that is withheld")
                    .note("they are published as they are")
                    .help("take the name out of this file")
            })
            .collect()
    }

    fn new(mut ledger: Ledger, source: Source) -> Self {
        let mut rulings = Self { source: Some(source), ..Self::default() };
        for (at, ruling) in ledger.rulings.iter().enumerate() {
            let redaction = match &ruling.action {
                Action::Anonymise(name) => Some(Redaction::new(name)),
                _ => None,
            };
            rulings.redactions.push(redaction);
            match &ruling.target {
                Some(Target::File(path)) => rulings.by_file.entry(path.clone()).or_default().push(at),
                Some(Target::Address(address)) => {
                    rulings.by_address.entry(address.clone()).or_default().push(at);
                    // `2031/11/14/quay-k3zq/` may be the second that asked for `2031/11/14/quay/`.
                    if let Some((wanted, suffix)) = address.trim_end_matches('/').rsplit_once('-')
                        && (4..=51).contains(&suffix.len())
                    {
                        rulings.suffixes.entry(format!("{wanted}/").into()).or_default().insert(suffix.len());
                    }
                }
                None => rulings.everywhere.push(at),
            }
        }
        let everywhere = rulings.everywhere.iter().filter_map(|at| Some((*at, rulings.redaction(*at)?)));
        rulings.index = RedactionIndex::new(everywhere);
        rulings.without_names(&mut ledger);
        rulings.digests = ledger.rulings.iter().map(digest).collect();
        for (at, digest) in rulings.digests.iter().enumerate() {
            rulings.by_digest.entry(*digest).or_default().push(at);
        }
        let everywhere: Vec<_> = rulings.everywhere.iter().map(|at| rulings.digests[*at]).collect();
        if !everywhere.is_empty() {
            rulings.everywhere_digest = checksum(format!("{everywhere:?}").as_bytes());
        }
        rulings.ledger = ledger;
        rulings
    }

    /// Takes names that are withheld everywhere out of what the ledger itself tells readers.
    fn without_names(&self, ledger: &mut Ledger) {
        let everywhere = self.on_all();
        let redact = |text: &mut Box<str>| *text = everywhere.told(text);
        for ruling in &mut ledger.rulings {
            redact(&mut ruling.reason);
            if let Action::Correct(was, now) = &mut ruling.action {
                was.iter_mut().chain(now).for_each(redact);
            }
        }
    }

    /// What a ruling replaces, where it withholds a name.
    fn redaction(&self, at: usize) -> Option<&Redaction> {
        self.redactions.get(at)?.as_ref()
    }

    /// Whether a text gives the name that a ruling withholds.
    fn gives(&self, at: usize, text: &str) -> bool {
        self.redaction(at).is_some_and(|redaction| redaction.names(text))
    }

    /// The rulings of some digests, in no order. What one of them is on, all of the same digest are on.
    fn with_digests(&self, digests: &FxHashSet<u128>) -> impl Iterator<Item = usize> {
        digests.iter().filter_map(|digest| self.by_digest.get(digest)).flatten().copied()
    }

    /// The rulings that name an article, in the order of the ledger.
    fn own(&self, path: &str, wanted: &str) -> Vec<usize> {
        let of = |map: &FxHashMap<Box<str>, Vec<usize>>, key: &str| map.get(key).cloned().unwrap_or_default();
        let mut own = of(&self.by_file, path);
        own.extend(of(&self.by_address, wanted));
        for len in self.suffixes.get(wanted).into_iter().flatten() {
            let (name, suffix) = (wanted.trim_end_matches('/'), address_suffix(path, *len));
            own.extend(of(&self.by_address, &format!("{name}-{suffix}/")));
        }
        own.sort_unstable();
        own
    }

    /// The rulings on the whole archive.
    fn on_all(&self) -> On<'_> {
        On::new(self, Vec::new())
    }

    /// Whether an article that was read under `ruled` would be read in the same way now.
    pub(super) fn stand(&self, path: &str, ruled: &Ruled) -> bool {
        self.digest(&self.own(path, &ruled.address)) == ruled.digest
    }

    /// Of all rulings on an article in their order; `own` are those that name it. 0 where there are none.
    fn digest(&self, own: &[usize]) -> u128 {
        if own.is_empty() {
            return self.everywhere_digest;
        }
        let before = |at: usize| self.everywhere.partition_point(|other| *other < at);
        let own: Vec<_> = own.iter().map(|at| (self.digests[*at], before(*at))).collect();
        checksum(format!("{own:?}{}", self.everywhere_digest).as_bytes())
    }

    /// Carries out all rulings on an article that was read from `source`.
    ///
    /// Where a name is withheld both are read anew, without it, by `read`; none where that fails. Notes `name-remains`
    /// where the name is still there.
    pub(super) fn carry_out(
        &self,
        source: &mut Source,
        article: Article,
        read: impl Fn(&Source, &mut Vec<Diagnostic>) -> Option<Article>,
        noted: &mut Vec<Diagnostic>,
    ) -> (Ruled, Option<(Article, Verdict)>) {
        let (folder, slug) = wanted_address(&article.slug, &article.furniture.headline, article.furniture.published);
        let address = format!("{folder}{slug}/");
        let own = self.own(&article.path, &address);
        let mut ruled = Ruled { digest: self.digest(&own), address: address.into(), withheld: Vec::new() };
        let on = On::new(self, own);
        let withdrawn = on.own().find(|ruling| matches!(ruling.action, Action::Withdraw { .. }));
        let Some((mut article, withheld)) = self.withheld(&on, source, article, read, noted) else {
            return (ruled, None);
        };
        ruled.withheld = withheld;
        if let Some(ruling) = withdrawn {
            let gone = gone(&on, ruling, &article);
            return (ruled, Some((article, Verdict::Gone(gone))));
        }
        furnish(&on, &mut article);
        if self.remains(&on, &article, source, &ruled) {
            noted.push(remaining(&article.path).note("this article is left out"));
            return (ruled, None);
        }
        (ruled, Some((article, Verdict::Stays)))
    }

    /// Takes withheld names out of a source and reads it anew, where it gives any; none where it cannot be read then.
    /// With the digests of the rulings that found a name.
    fn withheld(
        &self,
        on: &On<'_>,
        source: &mut Source,
        article: Article,
        read: impl Fn(&Source, &mut Vec<Diagnostic>) -> Option<Article>,
        noted: &mut Vec<Diagnostic>,
    ) -> Option<(Article, Vec<u128>)> {
        let by_path: Vec<usize> = on.naming(&article.path).filter(|at| self.gives(*at, &article.path)).collect();
        let mut spans: Vec<FileSpan> = Vec::new();
        let mut withheld = Vec::new();
        let named = on.named(&source.text);
        let always = || Proposed::from(named.all.as_slice()).and(by_path.as_slice().into());
        let may = |source: &&mut Source| on.naming(&source.text).and(always());
        in_order(&mut &mut *source, may, |source, at| {
            let redacted = named.without(at, &source.text);
            if redacted.is_some() || by_path.binary_search(&at).is_ok() {
                withheld.push(at);
            }
            let Some(redacted) = redacted else { return false };
            for span in &mut spans {
                *span = redacted.moved(*span);
            }
            spans.extend(redacted.spans.iter().map(|(_, new)| *new));
            source.text = redacted.text.into();
            !redacted.spans.is_empty()
        });
        let digests = withheld.iter().map(|at| self.digests[*at]).collect();
        if withheld.is_empty() {
            return Some((article, digests));
        }
        noted.clear();
        let mut article = read(source, noted)?;
        for at in withheld {
            let (Some(redaction), Ruling { date, reason, .. }) = (self.redaction(at), &self.ledger.rulings[at]) else {
                continue;
            };
            article.slug = slug(&redaction.redact_parts(&format!("/{}", article.slug)).text).into();
            article.furniture.notices.push(Notice { at: *date, withholds: true, text: on.told(reason) });
        }
        spans.sort_unstable();
        withhold_pictures(&mut article, source, &spans);
        Some((article, digests))
    }

    /// Whether any words of an article that could be published give a name; in one that gave it, any part of it.
    fn remains(&self, on: &On<'_>, article: &Article, source: &Source, ruled: &Ruled) -> bool {
        if on.withhold_nothing() {
            return false;
        }
        let withheld: FxHashSet<u128> = ruled.withheld.iter().copied().collect();
        let gives = |text: &String| {
            let mut parts = self.with_digests(&withheld).filter_map(|at| self.redaction(at));
            let mut others = on.naming(text).filter(|at| !withheld.contains(&self.digests[*at]));
            parts.any(|redaction| redaction.hints(text)) || others.any(|at| self.gives(at, text))
        };
        words::texts(article, source).iter().any(gives)
    }

    /// Takes out of the file beside an article the names that are withheld in the article, and those that the file itself
    /// gives. Returns the decisions whose speaker that was, by their place: nobody is to be named in them.
    ///
    /// Errors with `name-remains` where a name is still there: then nothing of the file may be used.
    pub(super) fn take_names_out(
        &self,
        path: &str,
        ruled: &mut Ruled,
        beside: &mut Source,
    ) -> Result<Vec<usize>, Diagnostic> {
        let on = On::new(self, self.own(path, &ruled.address));
        if on.withhold_nothing() {
            return Ok(Vec::new());
        }
        let withheld: FxHashSet<u128> = ruled.withheld.iter().copied().collect();
        let mut named = on.named(&beside.text);
        ruled.withheld.extend(named.all.iter().map(|at| self.digests[*at]).filter(|digest| !withheld.contains(digest)));
        named.all.extend(self.with_digests(&withheld));
        named.all.sort_unstable();
        named.all.dedup();
        let hints = |text: &str| named.all.iter().filter_map(|at| self.redaction(*at)).any(|name| name.hints(text));
        let speakers = words::speakers(beside).into_iter();
        let nobody = speakers.filter(|(_, name)| hints(name)).map(|(at, _)| at).collect();
        for at in &named.all {
            if let Some(redacted) = named.without(*at, &beside.text) {
                beside.text = redacted.text.into();
            }
        }
        match words::decided(beside).is_some_and(|words| on.names(&words) || hints(&words)) {
            true => Err(remaining(&beside.path).note("this file is left out; the article is built without it")),
            false => Ok(nobody),
        }
    }

    /// A people file without the names that are withheld; none where it is such a person's own.
    ///
    /// Errors with `name-remains` where a name is still there.
    pub(super) fn person(
        &self,
        mut source: Source,
        read: impl Fn(&Source) -> Option<AuthorityPerson>,
    ) -> Result<Option<Source>, Diagnostic> {
        let everywhere = self.on_all();
        if everywhere.withhold_nothing() {
            return Ok(Some(source));
        }
        if everywhere.names(&source.path) {
            return Ok(None);
        }
        // Names may be written in escapes, which only whoever reads the file sees.
        if let Some(person) = read(&source)
            && everywhere.names(&words::names(&person))
        {
            return Ok(None);
        }
        let mut is_own = false;
        let named = everywhere.named(&source.text);
        let may = |source: &Source| everywhere.naming(&source.text).and(named.all.as_slice().into());
        in_order(&mut source, may, |source, at| {
            let Some(redaction) = self.redaction(at).filter(|_| !is_own) else { return false };
            let Some(redacted) = named.without(at, &source.text) else { return false };
            let names = |person: AuthorityPerson| {
                std::iter::once(&person.name).chain(&person.aliases).any(|name| redaction.names(name))
            };
            is_own = read(source).is_none_or(names);
            source.text = redacted.text.into();
            !redacted.spans.is_empty()
        });
        if is_own {
            return Ok(None);
        }
        match read(&source).is_some_and(|person| everywhere.names(&words::of_person(&person))) {
            true => Err(remaining(&source.path).note("this file is left out")),
            false => Ok(Some(source)),
        }
    }

    /// Whether no name is withheld throughout the archive.
    pub(super) fn withhold_nothing(&self) -> bool {
        self.everywhere.is_empty()
    }

    /// Whether a text gives a name that is withheld throughout the archive.
    pub(super) fn withhold(&self, text: &str) -> bool {
        self.on_all().names(text)
    }

    /// The last part of an address without the names that are withheld throughout the archive.
    fn nameless(&self, given: &str) -> String {
        let everywhere = self.on_all();
        let mut name = given.to_owned();
        let named = everywhere.named(&format!("/{name}"));
        let may = |name: &String| everywhere.naming(&format!("/{name}")).and(named.all.as_slice().into());
        in_order(&mut name, may, |name, at| {
            let Some(redacted) = named.without(at, &format!("/{name}")) else { return false };
            *name = slug(&redacted.text);
            true
        });
        name
    }

    /// Withdrawn articles whose files are gone too.
    pub(super) fn deleted(&self) -> Vec<Gone> {
        let gone = |ruling: &Ruling| match (&ruling.action, &ruling.target) {
            (Action::Withdraw { deleted: true }, Some(Target::Address(address))) => {
                let (folder, slug) = address.trim_end_matches('/').rsplit_once('/')?;
                // Where the name is withheld everywhere the address does without it too.
                let wanted = (format!("{folder}/"), self.nameless(slug));
                is_article(address).then(|| Gone {
                    path: address.clone(),
                    wanted,
                    aliases: Vec::new(),
                    at: ruling.date,
                    reason: ruling.reason.clone(),
                })
            }
            _ => None,
        };
        self.ledger.rulings.iter().filter_map(gone).collect()
    }
}

/// What is left of a withdrawn article. Where a name is withheld as well, its addresses do without it.
fn gone(on: &On<'_>, ruling: &Ruling, article: &Article) -> Gone {
    let Article { path, slug, furniture, .. } = article;
    Gone {
        path: path.clone(),
        wanted: wanted_address(slug, &furniture.headline, furniture.published),
        aliases: furniture.aliases.iter().filter(|alias| !on.hints(alias)).cloned().collect(),
        at: ruling.date,
        reason: on.told(&ruling.reason),
    }
}

/// Adds to an article what was decided about it.
fn furnish(on: &On<'_>, article: &mut Article) {
    let furniture = &mut article.furniture;
    for Ruling { action, date, reason, .. } in on.own() {
        let text = || on.told(reason);
        let words = |words: &Option<Box<str>>| words.as_deref().map(|words| on.told(words));
        match action {
            Action::Correct(was, now) => {
                let (was, now) = (words(was), words(now));
                furniture.corrections.push(Correction { at: *date, text: text(), was, now });
            }
            Action::Notice => furniture.notices.push(Notice { at: *date, withholds: false, text: text() }),
            Action::Noindex => furniture.noindex = true,
            Action::EmbargoUntil(until) => furniture.embargo = Some(*until),
            Action::Expire(until) => furniture.expires = Some(*until),
            Action::Anonymise(_) | Action::Withdraw { .. } => {}
        }
    }
    furniture.corrections.sort();
    furniture.notices.sort();
}

/// Withholds with each name that is withheld throughout the archive all others that the person's own file gives.
///
/// Returns what stands against it: files that cannot be read and might be such a person's.
fn with_files(ledger: &mut Ledger, people: &[Found]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let everywhere = ledger.rulings.iter().enumerate().filter(|(_, ruling)| ruling.target.is_none());
    let redactions: BTreeMap<usize, Redaction> = everywhere
        .filter_map(|(at, ruling)| match &ruling.action {
            Action::Anonymise(name) => Some((at, Redaction::new(name))),
            _ => None,
        })
        .collect();
    let index = RedactionIndex::new(redactions.iter().map(|(at, redaction)| (*at, redaction)));
    if index.is_empty() {
        return faults;
    }
    for file in people {
        let bytes = match load::bytes(file) {
            Ok(bytes) => bytes,
            Err(fault) => {
                faults.push(fault.note(MIGHT_BE_WITHHELD));
                continue;
            }
        };
        let source = read::decode(&file.path, &bytes).value;
        let read = read::person(&source);
        let Some(person) = read.value else {
            let texts = [source.text.to_string(), read::laid_bare(&source.text), source.path.to_string()];
            let is_given = |text: &String| {
                index.naming(text).any(|at| redactions.get(&at).is_some_and(|redaction| redaction.names(text)))
            };
            if texts.iter().any(is_given) {
                faults.extend(read.diagnostics.into_iter().map(|fault| fault.note(MIGHT_BE_WITHHELD)));
            }
            continue;
        };
        let names = || std::iter::once(&person.name).chain(&person.aliases);
        let may: BTreeSet<usize> = names().flat_map(|name| index.naming(name)).collect();
        for at in may {
            let (Some(redaction), Action::Anonymise(name)) = (redactions.get(&at), &mut ledger.rulings[at].action)
            else {
                continue;
            };
            if names().any(|name| redaction.names(name)) {
                name.also.extend(names().filter(|other| !redaction.names(other)).cloned());
            }
        }
    }
    faults
}

/// Of a file in which a name is left.
fn remaining(path: &str) -> Diagnostic {
    Diagnostic::new(codes::NAME_REMAINS, path, "a name that is withheld stands here in a form that cannot be taken out")
        .help("write the name in plain letters here, or take it out")
}

/// Of a ruling, wherever in the ledger it stands.
fn digest(Ruling { target, at: _, action, date, reason }: &Ruling) -> u128 {
    checksum(format!("{:?}", (target, action, date, reason)).as_bytes())
}
