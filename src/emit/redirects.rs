use super::write::Xml;
use super::write::words::absolute;
use super::{Emitter, OutFile, SiteInput, hosts};
use crate::archive::{ArticleRecord, Person, Withdrawn, folded_name, is_device};
use crate::config::SiteSettings;
use crate::diag::{Code, Diagnostic, Noted, codes};
use crate::text::percent;
use crate::words::{Phrase, Piece};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A page at each old address of an article or a person that leads to the new one, for hosts that cannot redirect.
pub(super) struct Redirects;

impl Emitter for Redirects {
    fn name(&self) -> &'static str {
        "redirects"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let old = old_addresses(input);
        accepted(input, &old).map(|accepted| {
            let file = |(path, at): (String, usize)| OutFile { bytes: page(&old[at], input.site), path: path.into() };
            accepted.into_iter().map(file).collect()
        })
    }
}

/// The old addresses at which nothing else stands, as files below the output folder, and which they are.
pub(super) fn accepted(input: &SiteInput<'_>, old: &[Old<'_>]) -> Noted<Vec<(String, usize)>> {
    let mut out = Noted::<Vec<(String, usize)>>::default();
    if old.is_empty() {
        return out;
    }
    let mut places = Places::default();
    for page in input.pages {
        places.keep(page, Owner::Page);
    }
    for name in hosts::names(input.site.host) {
        places.keep(name, Owner::Host(name));
    }
    for (path, file) in input.copied {
        places.keep(path, Owner::File(file));
    }
    for (at, Old { alias, leads_to, file, key, .. }) in old.iter().enumerate() {
        let Some(path) = file_of(alias) else {
            let message = format!("the alias `{alias}` is no address below the site");
            out.diagnostics.push(refused(codes::ADDRESS_REFUSED, file, key, message));
            continue;
        };
        match places.clash(&path) {
            None => {
                places.keep(&path, Owner::Old(at));
                out.value.push((path, at));
            }
            // The same old address twice in one file asks for nothing new.
            Some((Owner::Old(owner), Way::Same)) if old[owner].leads_to == *leads_to => {}
            Some((owner, _)) => {
                let owner = match owner {
                    Owner::Page => "a page of the site".to_owned(),
                    Owner::Host(name) => format!("`{name}`, which the host reads"),
                    Owner::File(file) => format!("`{file}`"),
                    Owner::Old(other) => format!("`{}`", old[other].file),
                };
                let message = format!("the alias `{alias}` is an address of {owner}");
                out.diagnostics.push(refused(codes::ALIAS_TAKEN, file, key, message));
            }
        }
    }
    out
}

/// An address that was something's, and what it was.
pub(super) struct Old<'a> {
    alias: Cow<'a, str>,
    /// Below the site's root.
    pub(super) leads_to: Cow<'a, str>,
    /// What is there now, by name.
    name: &'a str,
    /// Which words say so.
    words: &'static str,
    /// The file that says so, and its key.
    file: &'a str,
    key: &'static str,
}

/// The old addresses of articles, of what stands where articles were, and of people.
pub(super) fn old_addresses<'a>(input: &SiteInput<'a>) -> Vec<Old<'a>> {
    let of_article = |article: &'a ArticleRecord| {
        article.facts.aliases.iter().map(move |alias| Old {
            alias: Cow::Borrowed(alias),
            leads_to: Cow::Borrowed(&article.address),
            name: &article.facts.headline,
            words: "report.moved",
            file: &article.facts.path,
            key: "aliases",
        })
    };
    let of_person = |person: &'a Person| {
        person.authority.iter().flat_map(move |file| {
            file.former.iter().map(move |former| Old {
                alias: Cow::Owned(format!("/people/{former}/")),
                leads_to: Cow::Owned(person.address()),
                name: &person.name,
                words: "person.moved",
                file: &file.path,
                key: "former",
            })
        })
    };
    let title = input.site.words.text("withdrawn.title");
    let of_withdrawn = |gone: &'a Withdrawn| {
        gone.aliases.iter().map(move |alias| Old {
            alias: Cow::Borrowed(alias),
            leads_to: Cow::Borrowed(&gone.address),
            name: title,
            words: "report.moved",
            file: &gone.path,
            key: "aliases",
        })
    };
    let articles = input.archive.articles.iter().flat_map(of_article);
    let articles = articles.chain(input.archive.withdrawn.iter().flat_map(of_withdrawn));
    articles.chain(input.archive.people.iter().flat_map(of_person)).collect()
}

fn refused(code: Code, file: &str, key: &str, message: String) -> Diagnostic {
    Diagnostic::new(code, file, message)
        .note("no redirect was written")
        .help(format!("take it out of `{key}`, or mend it"))
}

/// How the files end that a build may put anywhere: no folder may have such a name, or it would stand in a file's
/// place.
const FILES: &[&str] = &[
    ".avif", ".bin", ".css", ".csv", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".json", ".png", ".svg", ".txt", ".webp",
    ".xml",
];

/// The file that a host serves at an old address: `/old/story` is `old/story/index.html`.
///
/// None for what is no path below the site: another host, `..`, hidden names, names that some file systems refuse.
fn file_of(alias: &str) -> Option<String> {
    let path = percent::decode(alias.split(['?', '#']).next()?);
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let (last, folders) = steps.split_last()?;
    let is_name = |step: &&str| {
        step.len() <= 200
            && !step.starts_with('.')
            && !is_device(step)
            && !step.ends_with(['.', ' '])
            && !step.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
    };
    let is_page = !path.ends_with('/') && (last.ends_with(".html") || last.ends_with(".htm"));
    let is_ours = |step: &&str| {
        let step = step.to_lowercase();
        ["404.html", "index.html"].contains(&&*step) || FILES.iter().any(|ending| step.ends_with(ending))
    };
    let refused = path.starts_with("//")
        || path.len() > 1000
        || !steps.iter().all(is_name)
        || folders.iter().any(is_ours)
        || (!is_page && is_ours(last));
    let joined = steps.join("/");
    if refused {
        None
    } else if is_page {
        Some(joined)
    } else {
        Some(joined + "/index.html")
    }
}

/// The page at an old address. It leads on by itself, and by a link where that is turned off.
fn page(old: &Old<'_>, site: &SiteSettings) -> Vec<u8> {
    let headline = old.name;
    let here = format!("{}{}", site.root, percent::encode(&old.leads_to));
    let mut html = Xml::html();
    html.open("html", &[("lang", &site.language)]).line();
    html.open("head", &[]).line();
    html.empty("meta", &[("charset", "utf-8")]).line();
    html.element("title", headline).line();
    html.empty("link", &[("rel", "canonical"), ("href", &absolute(site, &old.leads_to))]).line();
    html.empty("meta", &[("name", "robots"), ("content", "noindex")]).line();
    html.empty("meta", &[("http-equiv", "refresh"), ("content", &format!("0; url={here}"))]).line();
    html.close().line();
    html.open("body", &[]).open("p", &[]);
    for piece in site.words.phrase(old.words, None).map_or(&[][..], Phrase::pieces) {
        match piece {
            Piece::Text(words) => html.text(words),
            _ => html.open("a", &[("href", &here)]).text(headline).close(),
        };
    }
    html.finish()
}

/// What stands somewhere.
#[derive(Clone, Copy)]
enum Owner<'a> {
    Page,
    /// A file for the host, by name.
    Host(&'static str),
    /// A file that is published as it is, by its own path.
    File(&'a str),
    /// A redirect, by its place among the old addresses.
    Old(usize),
}

/// How a file that is to be written meets another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// They have one path.
    Same,
    /// One wants a folder where the other is.
    Folder,
}

/// Which files and folders there are, whatever their case and the form of their letters.
#[derive(Default)]
struct Places<'a> {
    files: FxHashMap<String, Owner<'a>>,
    /// With the owner of the first file in each.
    folders: FxHashMap<String, Owner<'a>>,
}

impl<'a> Places<'a> {
    fn keep(&mut self, path: &str, owner: Owner<'a>) {
        let path = folded_name(path);
        // Where the nearest folder is known, so are those above it.
        for (at, _) in path.rmatch_indices('/') {
            if self.folders.contains_key(&path[..at]) {
                break;
            }
            self.folders.insert(path[..at].to_owned(), owner);
        }
        self.files.entry(path).or_insert(owner);
    }

    /// What stands where a file is to be written, or where one of its folders would have to be.
    fn clash(&self, path: &str) -> Option<(Owner<'a>, Way)> {
        let path = folded_name(path);
        let above = || path.match_indices('/').find_map(|(at, _)| self.files.get(&path[..at]));
        let same = self.files.get(&path).map(|owner| (*owner, Way::Same));
        same.or_else(|| above().or_else(|| self.folders.get(&path)).map(|owner| (*owner, Way::Folder)))
    }
}
