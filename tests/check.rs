//! `onrecord check`: the sample archive is clean, and in a copy with faults of every kind each is found where it is.

use super::support::{Session, copy_tree, project};
use jiff::civil::{Date, date};
use onrecord::build::{BuildOptions, Quiet};
use onrecord::check;
use onrecord::diag::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Code, path, line; line 0 is the file as a whole.
type Found = (String, String, u32);

fn today() -> Date {
    date(2032, 2, 1)
}

fn look_over(root: &Path) -> Vec<Diagnostic> {
    check::run(&BuildOptions::new(root), Some(today()), &Quiet).expect("a site that builds").diagnostics
}

fn found(diagnostics: &[Diagnostic]) -> BTreeSet<Found> {
    let line = |noted: &Diagnostic| noted.place.as_ref().map_or(0, |place| place.line);
    diagnostics.iter().map(|noted| (noted.code.name().to_owned(), noted.path.to_string(), line(noted))).collect()
}

/// A copy of the sample archive.
fn copy() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    copy_tree(&project("content"), &scratch.path().join("content"));
    fs::copy(project("site.toml"), scratch.path().join("site.toml")).expect("settings");
    scratch
}

#[test]
fn the_sample_is_clean_but_for_what_is_there_to_be_seen() {
    let sample = copy();
    let checked = check::run(&BuildOptions::new(sample.path()), Some(today()), &Quiet).expect("a site that builds");
    assert!(checked.is_clean(false), "{:?}", found(&checked.diagnostics));
    let loud: BTreeSet<&str> = checked
        .diagnostics
        .iter()
        .filter(|noted| noted.severity > onrecord::diag::Severity::Note)
        .map(|noted| noted.code.name())
        .collect();
    // docs/sample-archive.md, "What the build says of it".
    assert_eq!(loud, BTreeSet::from(["picture-missing", "quote-unclosed"]));
    assert!(!sample.path().join("public").exists(), "check writes no site of its own into public/");
}

/// The faults, planted into a copy as they are added.
struct Planted<'a> {
    root: &'a Path,
    expected: BTreeSet<Found>,
}

impl Planted<'_> {
    fn file(&self, path: &str, text: impl AsRef<[u8]>) {
        let target = self.root.join(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, text).expect("a file");
    }

    /// Expects a finding at the first line of a file that holds some words.
    fn expect(&mut self, code: &str, path: &str, words: &str) {
        let text = fs::read_to_string(self.root.join(path)).expect("a planted file");
        let line = text.lines().position(|line| line.contains(words)).expect("the planted words") as u32 + 1;
        assert!(self.expected.insert((code.to_owned(), path.to_owned(), line)), "{code} twice at {path}:{line}");
    }

    /// Expects a finding about a file as a whole.
    fn expect_file(&mut self, code: &str, path: &str) {
        assert!(self.expected.insert((code.to_owned(), path.to_owned(), 0)), "{code} twice at {path}");
    }

    /// Plants a report; gives its path.
    fn report(&self, name: &str, front_matter: &str, body: &str) -> String {
        let path = format!("content/planted/{name}.md");
        self.file(&path, format!("+++\ntitle = \"Planted: {name}\"\n{front_matter}+++\n\n{body}"));
        path
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root.join(path)).expect("a file of the sample");
        assert!(text.contains(from), "{path} has no {from}");
        self.file(path, text.replacen(from, to, 1));
    }
}

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><path d=\"M0 0h4v3H0z\"/></svg>\n";
const OTHER: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 3\"><path d=\"M0 0h8v3H0z\"/></svg>\n";
const THIRD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 3\"><path d=\"M0 0h9v3H0z\"/></svg>\n";

const STORY: &str = "The lamps along the western wall went out one after the other on Sunday night, and nobody could say why for \
    most of the evening.\n\nAn electrician found a gull’s nest in the box below the fourth lamp. It had been there since \
    spring, and three eggs had hatched in it while the lamps burned overhead.\n\nThe nest was moved to the roof of the \
    customs house in a hat. The lamps came back at ten minutes past eleven, all but the fourth, which needs a new glass \
    that has to come from the mainland on the Tuesday boat.\n";

#[test]
fn every_planted_fault_is_found_at_its_line_and_nothing_else_is() {
    let site = copy();
    let before = found(&look_over(site.path()));
    let mut planted = Planted { root: site.path(), expected: BTreeSet::new() };
    plant_links(&mut planted);
    plant_pictures(&mut planted);
    plant_people(&mut planted);
    plant_copies(&mut planted);
    plant_dates(&mut planted);
    plant_data(&mut planted);
    plant_pages(&mut planted);
    plant_decisions(&mut planted);
    assert_eq!(planted.expected.len(), 50);

    let diagnostics = look_over(site.path());
    let after = found(&diagnostics);
    let fresh: BTreeSet<Found> = after.difference(&before).cloned().collect();
    let missed: Vec<_> = planted.expected.difference(&fresh).collect();
    let wrong: Vec<_> = fresh.difference(&planted.expected).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "not found: {missed:#?}\nnot planted: {wrong:#?}");
    let lost: Vec<_> = before.difference(&after).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let mut times: BTreeMap<Found, usize> = BTreeMap::new();
    for noted in &diagnostics {
        *times.entry(found(std::slice::from_ref(noted)).pop_first().expect("one")).or_default() += 1;
    }
    let twice: Vec<_> = planted.expected.iter().filter(|fault| times[*fault] > 1).collect();
    assert!(twice.is_empty(), "told twice: {twice:?}");
}

fn plant_links(planted: &mut Planted<'_>) {
    let path = planted.report(
        "2031-06-01-links",
        "",
        "The ferry was [late](/2031/06/01/never/) on Sunday.\n\nIt was *late [again](nowhere.html)* on Monday.\n\n\
         - On Tuesday it was [early][tuesday].\n- The [picture](/img/planted/none.svg) shows it.\n\n\
         > Its timetable is [here](#timetable).\n\nThe last one was [very late](/2031/11/14/calder-tunnel/#q-222222).\n\n\
         An [old page](/planted.html), a [heavy one](/heavy.html) and [lists](/planted-lists.html) are kept.\n\n\
         [tuesday]: ../../../../people/nobody-of-that-name/\n",
    );
    planted.expect("link-broken", &path, "[late]");
    planted.expect("link-broken", &path, "[again]");
    planted.expect("link-broken", &path, "[early]");
    planted.expect("link-broken", &path, "[picture]");
    planted.expect("anchor-missing", &path, "[here]");
    planted.expect("anchor-missing", &path, "[very late]");
    let page = fs::read_to_string(project("templates/method.html")).expect("a template");
    let (head, tail) = page.rsplit_once("{% endblock").expect("a block");
    planted.file("templates/method.html", format!("{head}<p><a href=\"/method/more/\">More</a>\n{{% endblock{tail}"));
    planted.expect("link-broken", "templates/method.html", "/method/more/");
    planted.file(
        "static/planted.html",
        "<!doctype html>\n<title>Planted</title>\n<p><a href=\"gone.html\">gone</a>\n<p><a href=\"#low\">low</a>\n\
         <p id=high><a href=\"#high\">high</a> <a href=\"mailto:desk@calder.example\">desk</a>\n<img src=\"planted.svg\">\n",
    );
    planted.file("static/planted.svg", PICTURE);
    planted.expect("link-broken", "static/planted.html", "gone.html");
    planted.expect("anchor-missing", "static/planted.html", "#low");
    planted.expect("alt-missing", "static/planted.html", "planted.svg");
    let path = planted.report("2031-06-02-refused", "", "It is [here](javascript:alert) and <u>bold</u>.\n");
    planted.expect("address-refused", &path, "javascript:");
    planted.expect("html-cleaned", &path, "<u>");
}

fn plant_pictures(planted: &mut Planted<'_>) {
    planted.file("content/planted/one.svg", OTHER);
    let path = planted.report(
        "2031-06-03-pictures",
        "\n[[photos]]\nfile = \"one.svg\"\ncaption = \"A lamp.\"\ncredit = \"Hanne Lowe/Northsound\"\n\n\
         [[photos]]\nfile = \"none.svg\"\nalt = \"A lamp\"\ncaption = \"Another lamp.\"\ncredit = \"Hanne Lowe/Northsound\"\n",
        "The lamps were lit.\n\n![](/planted.svg \"A third lamp. (Hanne Lowe/Northsound)\")\n\n![A fourth lamp](/planted.svg?4 \"A fourth lamp.\")\n",
    );
    planted.expect("alt-missing", &path, "one.svg");
    planted.expect("picture-missing", &path, "none.svg");
    planted.expect("alt-missing", &path, "A third lamp.");
    planted.expect("credit-missing", &path, "A fourth lamp.");
    let person = "content/people/ivo-marsh.md";
    planted.replace(person, "portrait_credit", "# portrait_credit");
    planted.expect("credit-missing", person, "portrait = ");
    planted.file("content/planted/unused.svg", THIRD);
    planted.expect_file("picture-unused", "content/planted/unused.svg");
    planted.file("content/2031/11/forgotten.svg", THIRD.replace('9', "7"));
    planted.expect_file("picture-unused", "content/2031/11/forgotten.svg");
    planted.file("content/planted/broken.svg", "<svg");
    planted.expect_file("picture-broken", "content/planted/broken.svg");
}

fn plant_people(planted: &mut Planted<'_>) {
    let path = planted.report(
        "2031-06-04-names",
        "",
        "Otto Grell has kept bees for a year.\n\nAnna Grell, a baker, has kept them for ten.\n",
    );
    planted.expect("surname-shared", &path, "Anna Grell");
    let path = planted.report(
        "2031-06-05-office",
        "",
        "The roof of the hall is mended.\n\n“We shall dance on Friday,” the Mayor of Fennick said.\n",
    );
    planted.expect("title-unheld", &path, "We shall dance");
    planted.expect("quote-unsure", &path, "We shall dance");
    let path = planted.report(
        "2031-06-06-unsure",
        "",
        "Rufus Tolland met Bruno Askew at the pump.\n\n“It is dry,” he said.\n\nThey went home.\n\n“We were told of rain and of \
         wind”: so ended the day.\n",
    );
    planted.expect("quote-unsure", &path, "We were told");
    let path =
        planted.report("2031-06-07-unclosed", "", "Rufus Tolland said: “The pump is dry and the bucket has a hole.\n");
    planted.expect("quote-unclosed", &path, "The pump");
}

fn plant_copies(planted: &mut Planted<'_>) {
    planted.report("2031-06-08-lamps", "", STORY);
    let path = planted.report("2031-06-09-lamps-again", "", STORY);
    planted.expect("article-twice", &path, "title");
    let path =
        planted.report("2031-06-10-lamps-later", "", &STORY.replace("ten minutes past eleven", "a quarter to twelve"));
    planted.expect("article-alike", &path, "title");
    let wire = "content/planted/2031-06-11-lamps-wire.txt";
    planted
        .file(wire, format!("Planted\n\nLamps lit once more\n\n11 June 2031\n\n{STORY}\nThe nest has been counted.\n"));
    planted.expect("article-alike", wire, "Lamps lit");
}

fn plant_dates(planted: &mut Planted<'_>) {
    let path = planted.report("2031-06-12-day", "date = 2031-06-21\n", "The clock was wound.\n");
    planted.expect("date-order", &path, "date =");
    let path = planted.report(
        "2031-06-13-hour",
        "date = 2031-06-13T17:00:00Z\nupdated = 2031-06-13T09:00:00Z\n",
        "The clock was wound twice.\n",
    );
    planted.expect("date-order", &path, "updated =");
    let path = planted.report("2031-06-14-back", "updated = 2031-06-01\n", "The clock stood still.\n");
    planted.expect_file("date-unread", &path);
    let wire = "content/planted/2031-06-15-wire.txt";
    planted.file(wire, "Planted\n\nClock runs once more\n\n16 June 2031, 5.20pm\n\nPORT ANSEL (Northsound) — The clock on the hall runs.\n");
    planted.expect("date-order", wire, "16 June");
    let path = planted.report("2041-06-16-early", "date = 2041-06-16\n", "The clock will be wound.\n");
    planted.expect("date-future", &path, "date =");
    let path = planted.report("undated", "", "The clock has no hands.\n");
    planted.expect_file("date-missing", &path);
}

fn plant_data(planted: &mut Planted<'_>) {
    let mut file = |path: &str, text: &str, words: &str| {
        planted.file(path, text);
        planted.expect("data-broken", path, words);
    };
    file("static/data/quay.json", "{\n  \"a\": 1,\n  \"b\": oops\n}\n", "oops");
    file("static/data/quay.jsonl", "{\"a\": 1}\n\n{\"a\": }\n", "{\"a\": }");
    file("static/data/quay.csv", "name,words\nMarsh,\"a,b\nc\"\nRenn,1,2\n", "Renn,1,2");
    file("static/data/quay.xml", "<quay>\n  <crane>\n</quay>\n", "</quay>");
    file(
        "static/data/feed.xml",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>a</id><title>b</title><updated>c</updated>\n<entry><id>d</id></entry>\n</feed>\n",
        "<entry>",
    );
    file(
        "static/data/sitemap.xml",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n<url><loc>https://elsewhere.example/</loc></url>\n</urlset>\n",
        "elsewhere",
    );
}

fn plant_pages(planted: &mut Planted<'_>) {
    planted.file("static/lonely.html", "<!doctype html>\n<title>Lonely</title>\n<p>Nobody comes here.\n");
    planted.expect_file("page-orphan", "static/lonely.html");
    // Digits of a linear congruential generator: nothing that a compressor can press.
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:016x} ", state ^ (state >> 31))
    };
    let words: String = (0..6_000).map(|_| noise()).collect();
    planted.file("static/heavy.html", format!("<!doctype html>\n<title>Heavy</title>\n<p>{words}\n"));
    planted.expect_file("page-heavy", "static/heavy.html");
    let lists =
        "<!doctype html>\n<title>Lists</title>\n<script type=\"application/ld+json\">{\"name\": \"Lists\"}</script>\n";
    planted.file("static/planted-lists.html", lists);
    planted.expect("data-broken", "static/planted-lists.html", "application/ld+json");
}

fn plant_decisions(planted: &mut Planted<'_>) {
    let path = planted.report(
        "2031-06-17-bucket",
        "",
        "“The bucket is mended,” Rufus Tolland said.\n\n“The rope is new,” Bruno Askew said.\n",
    );
    let sidecar = "content/planted/2031-06-17-bucket.annotations.toml";
    let about = |exact: &str, speaker: &str| format!("[[quotation]]\nexact = \"{exact}\"\nspeaker = \"{speaker}\"\n\n");
    planted.file(
        sidecar,
        about("The bucket is mended,", "rufus-tolland")
            + &about("The bucket was mended", "?")
            + &about("bucket is mended", "?")
            + &about("The rope is new,", "bruno-ascew"),
    );
    planted.expect("review-stale", sidecar, "was mended");
    planted.expect("review-twice", sidecar, "\"bucket");
    planted.expect("person-unknown", sidecar, "bruno-ascew");
    planted.expect("quote-unsure", &path, "The rope");
    planted.report("2031-06-18-rope", "", "“The rope holds,” Rufus Tolland said.\n");
    let sidecar = "content/planted/2031-06-18-rope.annotations.toml";
    planted.file(sidecar, "[[quotation]]\nexact = \"The rope holds,\"\nspeeker = \"?\"\n");
    planted.expect("key-unknown", sidecar, "speeker");
    planted.report("2031-06-19-knot", "", "“The knot holds,” Rufus Tolland said.\n");
    let sidecar = "content/planted/2031-06-19-knot.annotations.toml";
    planted.file(sidecar, "[[quotation]]\nexact = The knot holds\n");
    planted.expect("review-broken", sidecar, "The knot");
    let sidecar = "content/planted/2031-06-20-gone.annotations.toml";
    planted.file(sidecar, "[[quotation]]\nexact = \"The well is deep\"\n");
    planted.expect_file("review-stale", sidecar);
}

#[test]
fn what_check_says_and_how_it_exits() {
    let quay = "Harbour\n\nQuay reopens after storm\n\n14 November 2031, 5.20pm\n\nPORT ANSEL — The quay reopened on Friday.\n";
    let clean = Session::new().file("content/2031/11/14-quay.txt", quay);
    let said = clean.run(&["check"]);
    assert!(said.starts_with("exit 0\n--- out\n1 report, "), "{said}");
    assert!(said.ends_with(" pages · 0 errors, 0 warnings, 0 notes\n"), "{said}");
    assert_eq!(clean.run(&["check", "--format", "json"]), "exit 0\n--- out\n[]\n");
    assert_eq!(clean.run(&["check", "--format", "github"]), "exit 0\n");

    let warned = clean.file("content/2031/11/old.svg", PICTURE);
    assert!(warned.run(&["check"]).starts_with("exit 0\n"));
    assert!(warned.run(&["check", "--strict"]).starts_with("exit 1\n"));
    let said = warned.run(&["check", "--strict", "--format", "github"]);
    assert!(said.contains("::warning file=content/2031/11/old.svg,title=picture-unused::"), "{said}");

    let faulty = warned.file(
        "content/2031/11/15-link.md",
        "+++\ntitle = \"A link\"\n+++\n\nIt is [gone](/gone/\u{1b}).\n\nSo is [this](/this/).\n",
    );
    let said = faulty.run(&["check"]);
    assert!(said.starts_with("exit 1\n") && !said.contains('\u{1b}'), "{said}");
    let said = faulty.run(&["check", "--format", "sarif"]);
    assert!(said.contains("\"startLine\": 7") && said.contains("\"link-broken\""), "{said}");
    assert!(faulty.run(&["check", "--format", "html"]).contains("<mark>this</mark>"));
    assert!(!faulty.path("public").exists());

    let broken = faulty.file("site.toml", "titel = \"Calder\"\n");
    assert!(broken.run(&["check"]).starts_with("exit 2\n"));
    assert!(broken.run(&["check", "--format", "json"]).contains("\"key-unknown\""));
    assert!(broken.run(&["check", "--format", "xml"]).starts_with("exit 2\n"));
}
