use super::write::Xml;
use super::write::words::absolute;
use super::{Emitter, OutFile, SiteInput};
use crate::archive::{ArticleRecord, Withdrawn};
use crate::config::SiteSettings;
use crate::diag::{Code, Diagnostic, Noted, codes};
use crate::text::percent;
use crate::words::{Phrase, Piece};
use rustc_hash::{FxHashMap, FxHashSet};

/// A page at each old address of an article that leads to the new one, for hosts that cannot redirect.
pub(super) struct Redirects;

impl Emitter for Redirects {
    fn name(&self) -> &'static str {
        "redirects"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let moved = moved(input);
        accepted(input, &moved).map(|accepted| {
            let file = |(path, at): (String, usize)| OutFile { bytes: page(&moved[at], input.site), path: path.into() };
            accepted.into_iter().map(file).collect()
        })
    }
}

/// The old addresses at which no other page stands, as files below the output folder, and whose they are.
pub(super) fn accepted(input: &SiteInput<'_>, moved: &[Moved<'_>]) -> Noted<Vec<(String, usize)>> {
    let aliases = || moved.iter().enumerate().flat_map(|(at, moved)| moved.aliases.iter().map(move |s| (at, s)));
    let mut out = Noted::<Vec<(String, usize)>>::default();
    if aliases().next().is_none() {
        return out;
    }
    let mut places = Places::default();
    for page in input.pages {
        places.keep(page, None);
    }
    for (at, alias) in aliases() {
        let moved_to = &moved[at];
        let Some(path) = file_of(alias) else {
            let message = format!("the alias `{alias}` is no address below the site");
            out.diagnostics.push(refused(codes::ADDRESS_REFUSED, moved_to, message));
            continue;
        };
        match places.clash(&path) {
            None => {
                places.keep(&path, Some(at));
                out.value.push((path, at));
            }
            // The same old address twice in one article asks for nothing new.
            Some(Some(owner)) if owner == at => {}
            Some(owner) => {
                let owner = owner.map_or("a page of the site".into(), |o| format!("`{}`", moved[o].path));
                let message = format!("the alias `{alias}` is an address of {owner}");
                out.diagnostics.push(refused(codes::ALIAS_TAKEN, moved_to, message));
            }
        }
    }
    out
}

/// What has old addresses: an article, or the page that stands where one was.
pub(super) struct Moved<'a> {
    path: &'a str,
    aliases: &'a [Box<str>],
    title: &'a str,
    pub(super) address: &'a str,
}

/// Everything that could have old addresses.
pub(super) fn moved<'a>(input: &SiteInput<'a>) -> Vec<Moved<'a>> {
    let articles = input.archive.articles.iter().map(|article| {
        let ArticleRecord { facts, address, .. } = article;
        Moved { path: &facts.path, aliases: &facts.aliases, title: &facts.headline, address }
    });
    let title = input.site.words.text("withdrawn.title");
    let withdrawn = input.archive.withdrawn.iter().map(|gone| {
        let Withdrawn { path, aliases, address, .. } = gone;
        Moved { path, aliases, title, address }
    });
    articles.chain(withdrawn).collect()
}

fn refused(code: Code, moved: &Moved<'_>, message: String) -> Diagnostic {
    Diagnostic::new(code, moved.path, message)
        .note("no redirect was written")
        .help("take it out of `aliases`, or mend it")
}

/// How the files end that a build may put anywhere: no folder may have such a name, or it would stand in a file's place.
const FILES: &[&str] = &[
    ".avif", ".css", ".csv", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".json", ".png", ".svg", ".txt", ".webp", ".xml",
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
fn page(moved: &Moved<'_>, site: &SiteSettings) -> Vec<u8> {
    let headline = moved.title;
    let here = format!("{}{}", site.root, percent::encode(moved.address));
    let mut html = Xml::html();
    html.open("html", &[("lang", &site.language)]).line();
    html.open("head", &[]).line();
    html.empty("meta", &[("charset", "utf-8")]).line();
    html.element("title", headline).line();
    html.empty("link", &[("rel", "canonical"), ("href", &absolute(site, moved.address))]).line();
    html.empty("meta", &[("name", "robots"), ("content", "noindex")]).line();
    html.empty("meta", &[("http-equiv", "refresh"), ("content", &format!("0; url={here}"))]).line();
    html.close().line();
    html.open("body", &[]).open("p", &[]);
    for piece in site.words.phrase("report.moved", None).map_or(&[][..], Phrase::pieces) {
        match piece {
            Piece::Text(words) => html.text(words),
            _ => html.open("a", &[("href", &here)]).text(headline).close(),
        };
    }
    html.finish()
}

/// Which files and folders there are, whatever their case.
#[derive(Default)]
struct Places {
    /// The article whose redirect it is; none for pages.
    files: FxHashMap<String, Option<usize>>,
    folders: FxHashSet<String>,
}

impl Places {
    fn keep(&mut self, path: &str, owner: Option<usize>) {
        let path = path.to_lowercase();
        self.folders.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
        self.files.entry(path).or_insert(owner);
    }

    /// What stands where a file is to be written, or where one of its folders would have to be.
    fn clash(&self, path: &str) -> Option<Option<usize>> {
        let path = path.to_lowercase();
        let above = path.match_indices('/').find_map(|(at, _)| self.files.get(&path[..at]).copied());
        self.files.get(&path).copied().or(above).or_else(|| self.folders.contains(&path).then_some(None))
    }
}
