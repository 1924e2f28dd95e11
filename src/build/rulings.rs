//! What was decided about articles after they were published, carried out before anything else sees them.

use super::cache::checksum;
use super::find::Found;
use super::hash::Hash;
use super::load;
use super::settings::SITE_TOML;
use crate::archive::{Gone, address_suffix, wanted_address};
use crate::config::Settings;
use crate::diag::{Diagnostic, Lines, codes};
use crate::model::{
    Action, Anonymity, Article, AuthorityPerson, BlockKind, Correction, Ledger, MarkKind, Notice, Photo, Ruling,
    Source, Target,
};
use crate::read::{self, Redaction};
use crate::text::{FileSpan, percent};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The ledger, ready to be asked of any article.
#[derive(Default)]
pub(super) struct Rulings {
    ledger: Ledger,
    /// The file, for messages.
    source: Option<Source>,
    /// By file, and by wanted address: which rulings may be on it.
    by_file: FxHashMap<Box<str>, Vec<usize>>,
    by_address: FxHashMap<Box<str>, Vec<usize>>,
    /// By ruling: what it replaces, where it withholds a name.
    redactions: Vec<Option<Redaction>>,
    /// Names withheld throughout the archive.
    everywhere: Vec<usize>,
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
        for ruling in &mut ledger.rulings {
            if let (Action::Anonymise(name), None) = (&mut ruling.action, &ruling.target) {
                with_file(name, people);
            }
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

    fn new(ledger: Ledger, source: Source) -> Self {
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
                    let mut may_be = |address: &str| rulings.by_address.entry(address.into()).or_default().push(at);
                    may_be(address);
                    // `2031/11/14/quay-k3zq/` may be the second that asked for `2031/11/14/quay/`.
                    if let Some((wanted, _)) = address.rsplit_once('-') {
                        may_be(&format!("{wanted}/"));
                    }
                }
                None => rulings.everywhere.push(at),
            }
        }
        rulings.ledger = ledger;
        rulings.without_names();
        rulings
    }

    /// Takes names that are withheld everywhere out of what the ledger itself tells readers.
    fn without_names(&mut self) {
        let redact = |text: &mut Box<str>| {
            for redaction in self.everywhere.iter().filter_map(|at| self.redactions[*at].as_ref()) {
                *text = redaction.redact_parts(text).text.into();
            }
        };
        for ruling in &mut self.ledger.rulings {
            redact(&mut ruling.reason);
            if let Action::Correct(was, now) = &mut ruling.action {
                was.iter_mut().chain(now).for_each(redact);
            }
        }
    }

    /// The rulings on an article, in the order of the ledger.
    fn on(&self, path: &str, wanted: &str) -> Vec<usize> {
        if self.ledger.rulings.is_empty() {
            return Vec::new();
        }
        let of = |map: &FxHashMap<Box<str>, Vec<usize>>, key: &str| map.get(key).cloned().unwrap_or_default();
        let mut all = of(&self.by_file, path);
        all.extend(of(&self.by_address, wanted).into_iter().filter(|at| self.is_address(*at, path, wanted)));
        all.extend(&self.everywhere);
        all.sort_unstable();
        all
    }

    fn is_address(&self, at: usize, path: &str, wanted: &str) -> bool {
        let Some(Target::Address(address)) = &self.ledger.rulings[at].target else { return false };
        let Some(suffix) = address.strip_prefix(wanted.trim_end_matches('/')) else { return false };
        match suffix.strip_prefix('-') {
            Some(suffix) => {
                let suffix = suffix.trim_end_matches('/');
                (4..=51).contains(&suffix.len()) && address_suffix(path, suffix.len()) == suffix
            }
            None => suffix == "/",
        }
    }

    /// Whether an article that was read under `ruled` would be read in the same way now.
    pub(super) fn stand(&self, path: &str, ruled: &Ruled) -> bool {
        self.digest(&self.on(path, &ruled.address)) == ruled.digest
    }

    fn digest(&self, rulings: &[usize]) -> u128 {
        if rulings.is_empty() {
            return 0;
        }
        let each: Vec<_> = rulings.iter().map(|at| digest(&self.ledger.rulings[*at])).collect();
        checksum(format!("{each:?}").as_bytes())
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
        let on = self.on(&article.path, &address);
        let mut ruled = Ruled { digest: self.digest(&on), address: address.into(), withheld: Vec::new() };
        let rulings = || on.iter().map(|at| (*at, &self.ledger.rulings[*at]));
        let withdrawn = rulings().find(|(_, ruling)| matches!(ruling.action, Action::Withdraw { .. }));
        let Some((mut article, withheld)) = self.withheld(&on, source, article, read, noted) else {
            return (ruled, None);
        };
        ruled.withheld = withheld;
        if let Some((_, ruling)) = withdrawn {
            let gone = self.gone(&on, ruling, &article);
            return (ruled, Some((article, Verdict::Gone(gone))));
        }
        self.furnish(&on, &mut article);
        for (at, ruling) in rulings() {
            let Some(redaction) = &self.redactions[at] else { continue };
            if remains(&article, source, redaction, ruled.withheld.contains(&digest(ruling))) {
                noted.push(
                    Diagnostic::new(
                        codes::NAME_REMAINS,
                        &article.path,
                        "a name that is withheld stands here in a form that cannot be taken out",
                    )
                    .note("this article is left out")
                    .help("write the name in plain letters here, or take it out"),
                );
                return (ruled, None);
            }
        }
        (ruled, Some((article, Verdict::Stays)))
    }

    /// Takes withheld names out of a source and reads it anew, where it gives any; none where it cannot be read then.
    /// With the digests of the rulings that found a name.
    fn withheld(
        &self,
        on: &[usize],
        source: &mut Source,
        article: Article,
        read: impl Fn(&Source, &mut Vec<Diagnostic>) -> Option<Article>,
        noted: &mut Vec<Diagnostic>,
    ) -> Option<(Article, Vec<u128>)> {
        let mut spans: Vec<FileSpan> = Vec::new();
        let mut withheld = Vec::new();
        for at in on {
            let Some(redaction) = &self.redactions[*at] else { continue };
            if let Some(redacted) = redaction.redact(&source.text) {
                for span in &mut spans {
                    *span = redacted.moved(*span);
                }
                spans.extend(redacted.spans.iter().map(|(_, new)| *new));
                source.text = redacted.text.into();
            } else if !redaction.names(&article.path) {
                continue;
            }
            withheld.push((redaction, &self.ledger.rulings[*at]));
        }
        let digests = withheld.iter().map(|(_, ruling)| digest(ruling)).collect();
        if withheld.is_empty() {
            return Some((article, digests));
        }
        noted.clear();
        let mut article = read(source, noted)?;
        let withholding = self.withholding(on);
        for (redaction, Ruling { date, reason, .. }) in withheld {
            article.slug = crate::text::slug(&redaction.redact_parts(&format!("/{}", article.slug)).text).into();
            article.furniture.notices.push(Notice { at: *date, withholds: true, text: told(&withholding, reason) });
        }
        spans.sort_unstable();
        withhold_pictures(&mut article, source, &spans);
        Some((article, digests))
    }

    /// Those of some rulings that withhold a name.
    fn withholding(&self, on: &[usize]) -> Vec<&Redaction> {
        on.iter().filter_map(|at| self.redactions[*at].as_ref()).collect()
    }

    /// What is left of a withdrawn article. Where a name is withheld as well, its addresses do without it.
    fn gone(&self, on: &[usize], ruling: &Ruling, article: &Article) -> Gone {
        let Article { path, slug, furniture, .. } = article;
        let redactions = || on.iter().filter_map(|at| self.redactions[*at].as_ref());
        let nameless = |alias: &str| !redactions().any(|redaction| redaction.hints(alias));
        Gone {
            path: path.clone(),
            wanted: wanted_address(slug, &furniture.headline, furniture.published),
            aliases: furniture.aliases.iter().filter(|alias| nameless(alias)).cloned().collect(),
            at: ruling.date,
            reason: told(&self.withholding(on), &ruling.reason),
        }
    }

    /// Adds to an article what was decided about it.
    fn furnish(&self, on: &[usize], article: &mut Article) {
        let furniture = &mut article.furniture;
        // Looked for once: of the rulings on one article, each would go through all others.
        let withholding = self.withholding(on);
        for Ruling { action, date, reason, .. } in on.iter().map(|at| &self.ledger.rulings[*at]) {
            let text = || told(&withholding, reason);
            let words = |words: &Option<Box<str>>| words.as_deref().map(|words| told(&withholding, words));
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

    /// Takes names that are withheld in an article out of the file beside it.
    pub(super) fn take_names_out(&self, path: &str, ruled: &Ruled, beside: &mut Source) {
        let on = self.on(path, &ruled.address);
        for at in on {
            let Some(redaction) = &self.redactions[at] else { continue };
            if ruled.withheld.contains(&digest(&self.ledger.rulings[at])) {
                beside.text = redaction.redact_parts(&beside.text).text.into();
            }
        }
    }

    /// A people file without the names that are withheld; none where it is such a person's own.
    pub(super) fn person(
        &self,
        mut source: Source,
        read: impl Fn(&Source) -> Option<AuthorityPerson>,
    ) -> Option<Source> {
        for at in &self.everywhere {
            let Some(redaction) = &self.redactions[*at] else { continue };
            if redaction.names(&source.path) {
                return None;
            }
            if let Some(redacted) = redaction.redact(&source.text) {
                let person = read(&source)?;
                if std::iter::once(&person.name).chain(&person.aliases).any(|name| redaction.names(name)) {
                    return None;
                }
                source.text = redacted.text.into();
            }
        }
        Some(source)
    }

    /// Whether no name is withheld throughout the archive.
    pub(super) fn withhold_nothing(&self) -> bool {
        self.everywhere.is_empty()
    }

    /// Whether a text gives a name that is withheld throughout the archive.
    pub(super) fn withhold(&self, text: &str) -> bool {
        self.everywhere.iter().filter_map(|at| self.redactions[*at].as_ref()).any(|redaction| redaction.names(text))
    }

    /// The last part of an address without the names that are withheld throughout the archive.
    fn nameless(&self, slug: &str) -> String {
        let all = self.everywhere.iter().filter_map(|at| self.redactions[*at].as_ref());
        all.fold(slug.to_owned(), |slug, redaction| match redaction.redact(&format!("/{slug}")) {
            Some(redacted) => crate::text::slug(&redacted.text),
            None => slug,
        })
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

    /// Says whether every ruling could be carried out; notes `ruling-idle` for a name that nobody gives.
    ///
    /// Errors with `ruling-unmet` for an article that is not there and for an address that two could have. `read` are all articles: their files, and what they were read under, none where they could not be read.
    pub(super) fn carried_out<'a>(
        &self,
        read: impl Iterator<Item = (&'a str, Option<&'a Ruled>)> + Clone,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let Some(source) = self.source.as_ref().filter(|_| !self.ledger.rulings.is_empty()) else {
            return Ok(Vec::new());
        };
        let mut met: Vec<Vec<&str>> = vec![Vec::new(); self.ledger.rulings.len()];
        for (path, ruled) in read.clone() {
            for at in self.on(path, ruled.map_or("", |ruled| &ruled.address)) {
                met[at].push(path);
            }
        }
        let mut noted = Vec::new();
        let lines = Lines::new(&source.text);
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
                    noted.push(say(words, nearest(target, read.clone())));
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
        let rulings = self.ledger.rulings.iter().zip(&self.redactions);
        let lines = Lines::new(&source.text);
        let idle = rulings.filter(|(ruling, redaction)| redaction.is_some() && !seen.contains(&digest(ruling)));
        idle.map(|(ruling, _)| {
            Diagnostic::new(codes::RULING_IDLE, &source.path, "a name is to be withheld that no article gives")
                .within(&lines, ruling.at, "this ruling")
                .note("nothing was replaced")
                .help("write the full name as the articles give it, and other spellings into `also`")
        })
        .collect()
    }
}

/// Withholds with a name all others that the person's own file gives.
fn with_file(name: &mut Anonymity, people: &[Found]) {
    let redaction = Redaction::new(name);
    for file in people {
        let Ok(bytes) = load::bytes(file) else { continue };
        let source = read::decode(&file.path, &bytes).value;
        let Some(person) = read::person(&source).value else { continue };
        let names = || std::iter::once(&person.name).chain(&person.aliases);
        if names().any(|name| redaction.names(name)) {
            name.also.extend(names().filter(|other| !redaction.names(other)).cloned());
        }
    }
}

/// Of a ruling, wherever in the ledger it stands.
fn digest(Ruling { target, at: _, action, date, reason }: &Ruling) -> u128 {
    checksum(format!("{:?}", (target, action, date, reason)).as_bytes())
}

/// Photographs whose words gave the name show whom they named; `spans` are where something was replaced, sorted.
fn withhold_pictures(article: &mut Article, source: &Source, spans: &[FileSpan]) {
    let lines = |span: FileSpan| {
        let (start, end) = (span.start as usize, (span.end as usize).min(source.text.len()));
        let from = source.text.get(..start).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let to = source.text.get(end..).and_then(|text| text.find('\n')).map_or(source.text.len(), |at| end + at);
        FileSpan::new(from, to)
    };
    let touched = |span: FileSpan| {
        let behind = spans.partition_point(|other| other.end <= span.start);
        spans.get(behind).is_some_and(|other| other.start < span.end)
    };
    let mut withheld = vec![false; article.photos.len()];
    for block in &article.blocks {
        if let BlockKind::Alt(photo) | BlockKind::Caption(photo) = block.kind
            && let Some(withheld) = withheld.get_mut(photo as usize)
        {
            *withheld |= touched(article.file_span(block.span));
        }
    }
    for (photo, withheld) in article.photos.iter_mut().zip(withheld) {
        let Photo { file_at, file, .. } = &*photo;
        photo.withheld = withheld || (file.is_some() && touched(lines(*file_at)));
    }
}

/// Whether any words of an article that could be published give the name; in one that gave it, any part of it.
///
/// The file is published as it was received, with what was taken out of its HTML, and a browser reads what it hides.
fn remains(article: &Article, source: &Source, redaction: &Redaction, parts: bool) -> bool {
    let words = published(article);
    let gives = |words: &str| if parts { redaction.hints(words) } else { redaction.names(words) };
    gives(&words) || (words.contains('%') && gives(&percent::decode(&words))) || gives(&read::laid_bare(&source.text))
}

/// Every word of an article that can come to be published, addresses among them; its file's own name cannot.
fn published(article: &Article) -> String {
    let Article { path: _, slug, furniture, text, blocks: _, containers: _, parts, photos, marks, runs: _ } = article;
    let mut all: Vec<&str> = vec![text];
    let f = furniture;
    let single = [&f.kicker, &f.standfirst, &f.byline, &f.agency, &f.section, &f.rights];
    all.push(&f.headline);
    all.extend(single.into_iter().flatten().map(|words| &**words));
    all.extend([&f.authors, &f.tags, &f.aliases].into_iter().flatten().map(|words| &**words));
    for correction in &f.corrections {
        all.push(&correction.text);
        all.extend([&correction.was, &correction.now].into_iter().flatten().map(|words| &**words));
    }
    all.extend(f.notices.iter().map(|notice| &*notice.text));
    for photo in photos {
        all.extend([&photo.alt, &photo.rights].into_iter().flatten().map(|words| &**words));
        if let Some(credit) = &photo.credit {
            all.push(&credit.text);
            all.extend([&credit.photographer, &credit.agency].into_iter().flatten().map(|words| &**words));
        }
    }
    let mut addresses: Vec<&str> = vec![slug];
    addresses.extend(photos.iter().filter_map(|photo| photo.file.as_deref()));
    addresses.extend(parts.iter().map(|part| &*part.id));
    for mark in marks {
        match &mark.kind {
            MarkKind::Link(address, title) => {
                addresses.push(address);
                all.extend(title.as_deref());
            }
            MarkKind::Abbreviation(words) | MarkKind::Html(words) => all.push(words),
            _ => {}
        }
    }
    let mut out = all.join("\n\n");
    for address in addresses {
        out.push_str("\n\n/");
        out.push_str(address);
    }
    out
}

/// Whether an address is one that articles have.
fn is_article(address: &str) -> bool {
    let mut steps = address.trim_end_matches('/').split('/');
    let number =
        |step: Option<&str>, n: usize| step.is_some_and(|s| s.len() == n && s.bytes().all(|b| b.is_ascii_digit()));
    let dated = match address.strip_prefix("undated/") {
        Some(_) => steps.next().is_some(),
        None => number(steps.next(), 4) && number(steps.next(), 2) && number(steps.next(), 2),
    };
    dated && steps.next().is_some_and(|slug| !slug.is_empty()) && steps.next().is_none()
}

/// What the ruling may have meant: an article of the same name on another day, or one of the same day.
fn nearest<'a>(target: &Target, read: impl Iterator<Item = (&'a str, Option<&'a Ruled>)>) -> String {
    let (Target::File(given) | Target::Address(given)) = target;
    let name = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let folder = |path: &str| path.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut near: Option<(bool, String)> = None;
    for (path, ruled) in read {
        let other = match (target, ruled) {
            (Target::File(_), _) => path.to_owned(),
            (Target::Address(_), Some(ruled)) => format!("/{}", ruled.address),
            (Target::Address(_), None) => continue,
        };
        let same_name = name(&other) == name(given);
        let same_day = folder(other.trim_start_matches('/')) == folder(given);
        if same_name || (same_day && near.is_none()) {
            near = Some((same_name, other));
            if same_name {
                break;
            }
        }
    }
    match near {
        Some((_, other)) => format!("did you mean `{other}`?"),
        None => {
            "copy the address of its page; for an article whose file is deleted too, add `deleted = true`".to_owned()
        }
    }
}

/// What the ledger says of an article, without the names that are withheld in it.
fn told(withholding: &[&Redaction], words: &str) -> Box<str> {
    withholding.iter().fold(words.to_owned(), |words, redaction| redaction.redact_parts(&words).text).into()
}
