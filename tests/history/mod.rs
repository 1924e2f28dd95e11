//! Warm is cold: a random history of edits, each build compared byte for byte with one from nothing.
//!
//! `ONRECORD_HISTORY_STEPS` makes the history longer, `ONRECORD_HISTORY_SEED` another.

// The stream of numbers that the corpus is made from.
#[path = "../../examples/corpus/chance.rs"]
pub(crate) mod chance;
pub(crate) mod edits;

use super::support::{files_below, project, read_tree};
use chance::Chance;
use edits::Site;
use onrecord::build::{self, BuildOptions, Failure, Memory, Onlooker, Published, Quiet};
use onrecord::diag::{Diagnostic, codes};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Builds compared in CI.
const STEPS: usize = 200;

#[test]
fn every_build_of_a_random_history_is_that_of_a_clean_one() {
    play(STEPS, Site::new, &mut None);
}

/// As in a preview: with what the last build left in memory, and with somebody who reads meanwhile.
#[test]
fn so_is_every_build_that_remembers_the_last() {
    let mut preview = Some(Preview::default());
    play(STEPS / 2, Site::new, &mut preview);
    let shown = preview.map_or(0, |preview| preview.n_shown);
    assert!(shown > STEPS / 4, "{shown} pages were shown before the others");
}

/// Each quotation has a page of its own, which shows its speaker as they look among the others of the report.
#[test]
fn so_is_every_build_with_pages_of_quotations() {
    play(STEPS / 8, Site::of_quotations, &mut Some(Preview::default()));
}

fn play(usual: usize, begin: fn(PathBuf, Chance) -> Site, preview: &mut Option<Preview>) {
    let number = |name: &str, usual: usize| std::env::var(name).ok().map_or(usual, |n| n.parse().expect("a number"));
    let (steps, seed) = (number("ONRECORD_HISTORY_STEPS", usual), number("ONRECORD_HISTORY_SEED", 1) as u64);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut site = begin(folder.path().join("site"), Chance::new(seed));
    let mut log = vec!["the beginning".to_owned()];
    for step in 0..steps {
        if step > 0 {
            log = (0..site.chance.early(4) + 1).map(|_| site.edit()).collect();
        }
        check(&mut site, folder.path(), preview, &format!("seed {seed}, step {step}, after: {}", log.join("; ")));
        if site.chance.percent(25) {
            // Nothing changed: the shortest way of all.
            check(
                &mut site,
                folder.path(),
                preview,
                &format!("seed {seed}, step {step}, again after: {}", log.join("; ")),
            );
        }
    }
}

/// What no default page shows, a site's own template may.
#[test]
fn a_link_to_a_day_goes_with_the_last_article_of_the_day() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut site = Site::empty(folder.path().join("site"), Chance::new(1));
    let template = std::fs::read_to_string(project("templates/article.html")).expect("a template");
    let link = "{% if page.updated %} {{ page.updated.url }}{% endif %}</h1>";
    site.put("templates/article.html", template.replacen("</h1>", link, 1));
    let article = |section: &str, dates: &str| {
        format!("+++\ntitle = \"Quay\"\n{dates}\nsection = \"{section}\"\n+++\nThe ferry sails.\n")
    };
    site.put("content/quay.md", article("Harbour", "date = 2031-11-12\nupdated = 2031-11-14"));
    site.put("content/other.md", article("Letters", "date = 2031-11-14"));
    site.put("content/newest.md", article("World", "date = 2031-11-20"));
    let heading = |site: &Site| {
        let page = site.root.join("public/2031/11/12/quay/index.html");
        std::fs::read_to_string(page).expect("a page").contains("/2031/11/14/</h1>")
    };
    check(&mut site, folder.path(), &mut None, "the beginning");
    assert!(heading(&site));
    std::fs::remove_file(site.root.join("content/other.md")).expect("a file");
    check(&mut site, folder.path(), &mut None, "the day has no article");
    assert!(!heading(&site));
    site.put("content/another.md", article("Letters", "date = 2031-11-14"));
    check(&mut site, folder.path(), &mut None, "the day has one again");
    assert!(heading(&site));
}

/// The look of a speaker in a report hangs on the others who speak in it, whom a quotation's own page does not name.
#[test]
fn a_page_of_a_quotation_follows_whoever_else_speaks() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut site = Site::empty(folder.path().join("site"), Chance::new(1));
    let settings = "title = \"The Record\"\nbase_url = \"https://record.example/\"\nquotation_pages = true\n";
    site.put("site.toml", settings);
    let said = "“We will sail until the last lamp on the quay is out,” said Osric Pell.\n\n“No,” said Ingrid Marsh.\n";
    site.put("content/quay.md", format!("+++\ntitle = \"Quay\"\ndate = 2031-11-12\n+++\n{said}"));
    site.put("content/people/ingrid-marsh.md", "+++\nname = \"Ingrid Marsh\"\nslot = 1\n+++\n");
    let pell = |front: &str| format!("+++\nname = {front}\n+++\n");
    let look = |site: &mut Site, after: &str| {
        check(site, folder.path(), &mut None, after);
        let pages = files_below(&site.root.join("public/q"));
        let texts =
            pages.iter().map(|path| std::fs::read_to_string(site.root.join("public/q").join(path)).expect("a page"));
        let own = texts.into_iter().find(|text| text.contains("“No,”")).expect("the page of her quotation");
        let chip = own.split("<span class=\"chip ").nth(1).expect("a chip");
        chip.split('<').next().expect("its words").replace("\" aria-hidden=\"true\">", " ")
    };
    site.put("content/people/osric-pell.md", pell("\"Osric Pell\"\nslot = 2"));
    assert_eq!(look(&mut site, "the beginning"), "s1 IM");
    site.put("content/people/osric-pell.md", pell("\"Osric Pell\"\nslot = 1"));
    assert_eq!(look(&mut site, "another has her colour, and more words"), "s5 IM");
    site.put("content/people/osric-pell.md", pell("\"Ivo Moss\"\naliases = [\"Osric Pell\"]\nslot = 2"));
    assert_eq!(look(&mut site, "another has her initials"), "s1 IMA");
    site.put("content/people/osric-pell.md", pell("\"Osric Pell\"\nslot = 2"));
    assert_eq!(look(&mut site, "as in the beginning"), "s1 IM");
}

/// A process that builds again and again.
#[derive(Default)]
struct Preview {
    memory: Memory,
    /// The output as the last build left it.
    left: BTreeMap<String, Vec<u8>>,
    /// What is read: all pages of the last build.
    pages: Vec<Box<str>>,
    /// What was shown of them before the build was over.
    shown: Vec<(Box<str>, String)>,
    n_shown: usize,
}

/// Reads `pages`, and takes down what is `shown` of them.
struct Reader<'a> {
    pages: &'a [Box<str>],
    shown: &'a mut Vec<(Box<str>, String)>,
}

impl Onlooker for Reader<'_> {
    fn waits_for(&mut self) -> Vec<Box<str>> {
        self.pages.to_vec()
    }

    fn first(&mut self, path: &str, html: String) {
        self.shown.push((path.into(), html));
    }
}

impl Preview {
    fn run(&mut self, options: &BuildOptions, before: &BTreeMap<String, Vec<u8>>) -> Result<Published, Failure> {
        if *before != self.left {
            self.memory.forget_output();
        }
        self.shown.clear();
        let mut reader = Reader { pages: &self.pages, shown: &mut self.shown };
        build::run_beside(options, &Quiet, Some(&mut self.memory), &mut reader)
    }

    /// Whatever was shown before the build was over is what came of it.
    fn check(&mut self, files: &BTreeMap<String, Vec<u8>>, after: &str) {
        for (path, html) in &self.shown {
            assert!(
                files.get(&**path).is_some_and(|file| file == html.as_bytes()),
                "{path} was shown otherwise, {after}"
            );
        }
        self.n_shown += self.shown.len();
        self.pages = files.keys().filter(|path| path.ends_with(".html")).map(|path| path.as_str().into()).collect();
        self.left.clone_from(files);
    }
}

/// Builds the site as it is, warm and cold, and compares all that comes of it.
fn check(site: &mut Site, folder: &Path, preview: &mut Option<Preview>, after: &str) {
    let clean = folder.join("clean");
    let _ = std::fs::remove_dir_all(&clean);
    let public = site.root.join("public");
    let before = read_tree(&public);
    let cold = build::run(&options(site, &clean, false), &Quiet);
    let options = options(site, &public, true);
    let warm = match preview {
        Some(preview) => preview.run(&options, &before),
        None => build::run(&options, &Quiet),
    };
    let files = read_tree(&public);
    if let Some(preview) = preview.as_mut().filter(|_| warm.is_ok()) {
        preview.check(&files, after);
    }
    let (cold, warm) = match (cold, warm) {
        (Ok(cold), Ok(warm)) => (cold, warm),
        (Err(cold), Err(warm)) => {
            assert_eq!(words(&warm.diagnostics), words(&cold.diagnostics), "{after}");
            assert!(files == before, "a build that failed left the site as it was, {after}");
            return;
        }
        (cold, warm) => panic!("cold {:?}, warm {:?}, {after}", cold.is_ok(), warm.is_ok()),
    };
    let ours: BTreeMap<_, _> = files.into_iter().filter(|(path, _)| !site.foreign.contains(path)).collect();
    let clean = read_tree(&clean);
    for (path, bytes) in &clean {
        let standing = ours.get(path).unwrap_or_else(|| panic!("{path} is missing, {after}"));
        if standing != bytes {
            let [warm, cold] = [standing, bytes].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let differ = warm.lines().zip(cold.lines()).find(|(warm, cold)| warm != cold);
            panic!("{path} is another, {after}: {differ:#?}");
        }
    }
    let extra: Vec<_> = ours.keys().filter(|path| !clean.contains_key(*path)).collect();
    assert!(extra.is_empty(), "{extra:?} should be gone, {after}");
    assert_eq!(words(&warm.diagnostics), words(&cold.diagnostics), "{after}");
    assert_eq!(figures(&warm), figures(&cold), "{after}");
    let said = warm.diagnostics.iter().any(|noted| noted.code == codes::OUTPUT_FOREIGN);
    assert_eq!(said, !site.foreign.is_empty(), "what is foreign is mentioned, {after}");
}

fn options(site: &Site, out: &Path, cache: bool) -> BuildOptions {
    let mut options = BuildOptions::new(&site.root);
    options.out = Some(out.to_path_buf());
    options.drafts = site.drafts;
    options.cache = cache;
    options
}

fn figures(published: &Published) -> [usize; 8] {
    let Published { reports, quotations, unsure, people, pages, left_out, drafts, .. } = *published;
    [reports, quotations, unsure, people, pages, left_out, drafts, published.written.files]
}

/// What was said, but for the output folder.
fn words(diagnostics: &[Diagnostic]) -> Vec<String> {
    let said = diagnostics.iter().filter(|noted| noted.code != codes::OUTPUT_FOREIGN);
    said.map(|noted| format!("{noted:?}")).collect()
}

/// A page that is shown before its site stands shows nothing that is not there yet.
#[test]
fn nothing_is_shown_ahead_of_a_file_that_is_published_as_it_is() {
    let site = tempfile::tempdir().expect("a folder");
    let put = |path: &str, words: &str| {
        let place = site.path().join(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        std::fs::write(place, words).expect("a file");
    };
    let story =
        |words: &str| format!("+++\ntitle = \"Quay\"\ndate = 2031-11-14\n+++\n\n“{words},” said Ingrid Marsh.\n");
    let options = BuildOptions { linked_styles: true, ..BuildOptions::new(site.path()) };
    let mut preview = Preview { pages: vec!["2031/11/14/quay/index.html".into()], ..Preview::default() };
    let mut shown = |words: &str| {
        put("content/quay.md", &story(words));
        preview.run(&options, &BTreeMap::new()).expect("built");
        preview.shown.len()
    };
    shown("It holds");
    assert_eq!(shown("It held"), 1, "with an edit of its words alone");
    put("static/plan.txt", "words");
    assert_eq!(shown("It will hold"), 0, "a static file has come");
    assert_eq!(shown("It shall hold"), 1, "it is there");
    put("static/plan.txt", "other words");
    assert_eq!(shown("It may hold"), 0, "it has changed");
    std::fs::remove_file(site.path().join("static/plan.txt")).expect("removed");
    assert_eq!(shown("It might hold"), 0, "it has gone");
    assert_eq!(shown("It could hold"), 1);
}
