//! Sidecars in a build: what editors decided is what readers get, and the article itself is left alone.

use onrecord::build::{self, BuildOptions, Published, Quiet};
use onrecord::check;
use onrecord::desk::{self, Change, Someone};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// A small site that is built again and again.
struct Site {
    folder: tempfile::TempDir,
}

const QUAY: &str = "+++\ntitle = \"Quay reopens after storm\"\ndate = 2031-11-14\n+++\n\nThe quay reopened on Friday, Ingrid \
                    Marsh said. Tobias Renn was there.\n\n“The ferry will sail until the last lamp is out,” Ms Marsh \
                    said.\n\n“We were told to keep the lights on,” a worker said.\n";
const PUMPS: &str = "+++\ntitle = \"Pumps stay\"\ndate = 2031-11-15\n+++\n\n“The pumps stay where they are,” said Osric \
                     Pell.\n";

impl Site {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        site.put("site.toml", "title = \"The Calder Record\"\nbase_url = \"https://record.example/\"\n");
        site.put("content/2031/11/14-quay.md", QUAY);
        site.put("content/2031/11/15-pumps.md", PUMPS);
        site
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn put(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Writes the decisions about the quay.
    fn decide(&self, toml: &str) {
        self.put("content/2031/11/14-quay.annotations.toml", toml);
    }

    fn build(&self) -> Published {
        build::run(&BuildOptions::new(self.folder.path()), &Quiet).expect("a site")
    }

    fn page(&self, below: &str) -> String {
        fs::read_to_string(self.path("public").join(below)).unwrap_or_default()
    }

    fn json(&self, below: &str) -> Value {
        serde_json::from_str(&self.page(below)).expect("JSON")
    }

    /// Of each quotation of the quay's: its words, its speaker, its rule, and whether it was checked.
    fn quotations(&self) -> Vec<(String, String, String, bool)> {
        let data = self.json("2031/11/14/quay/index.json");
        let row = |quote: &Value| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let speaker = if quote["speaker"].is_null() { &quote["unnamed"] } else { &quote["speaker"]["name"] };
            (text(&quote["text"]), text(speaker), text(&quote["rule"]), quote["checked"] == true)
        };
        data["quotations"].as_array().expect("a list").iter().map(row).collect()
    }

    /// Who says “The ferry will sail…”, by which rule, and whether that was checked.
    fn ferry(&self) -> (String, String, bool) {
        let all = self.quotations();
        let (_, speaker, rule, checked) =
            all.iter().find(|row| row.0.contains("ferry")).expect("the quotation").clone();
        (speaker, rule, checked)
    }
}

/// A decision about “The ferry will sail…”.
fn ferry(keys: &str) -> String {
    format!("[[quotation]]\nexact = \"The ferry will sail until the last lamp is out,\"\n{keys}\n")
}

fn owned((speaker, rule, checked): (&str, &str, bool)) -> (String, String, bool) {
    (speaker.to_owned(), rule.to_owned(), checked)
}

#[test]
fn a_decision_is_what_readers_get() {
    let site = Site::new();
    let check = |toml: &str, expected: (&str, &str, bool)| {
        site.decide(toml);
        let published = site.build();
        assert!(published.diagnostics.is_empty(), "{:?}", published.diagnostics);
        assert_eq!(site.ferry(), owned(expected), "{toml}");
    };
    check("", ("Ingrid Marsh", "surname", false));
    check(&ferry(""), ("Ingrid Marsh", "set by hand", true));
    check(&ferry("speaker = \"tobias-renn\""), ("Tobias Renn", "set by hand", true));
    check(&ferry("speaker = \"Tobias Renn\""), ("Tobias Renn", "set by hand", true));
    check(&ferry("speaker = \"?\""), ("", "set by hand", true));
    // Somebody whom only another article names, and somebody whom none does.
    check(&ferry("speaker = \"osric-pell\""), ("Osric Pell", "set by hand", true));
    check(&ferry("speaker = \"Lucia Ferrant\""), ("Lucia Ferrant", "set by hand", true));
    site.decide(&ferry("speaker = \"none\""));
    site.build();
    assert!(!site.page("2031/11/14/quay/index.html").contains("<b>Ingrid Marsh</b>"));
    assert!(site.quotations().iter().all(|row| !row.0.contains("ferry")), "{:?}", site.quotations());
}

/// Of copy whose turns of direction become marks, a decision has the turns still, or never had any.
#[test]
fn a_decision_is_followed_whatever_unseen_signs_it_has() {
    let site = Site::new();
    let words = "“The ferry will sail until the last lamp is out,”";
    site.put("content/2031/11/14-quay.md", &QUAY.replace(words, &format!("\u{2067}{words}\u{2069}")));
    let decided = |exact: &str| {
        site.decide(&format!("[[quotation]]\nexact = \"{exact}\"\nspeaker = \"osric-pell\"\n"));
        let published = site.build();
        let codes: Vec<_> = published.diagnostics.iter().map(|d| d.code.name()).collect();
        assert!(codes.iter().all(|code| *code == "bytes-replaced"), "{exact:?} {codes:?}");
        assert_eq!(site.ferry(), owned(("Osric Pell", "set by hand", true)), "{exact:?}");
        let marked = site.quotations().into_iter().map(|row| row.0).find(|text| text.contains("ferry"));
        assert_eq!(marked.as_deref(), Some(words), "{exact:?}");
    };
    decided(words);
    decided("The ferry will sail until the last lamp is out,");
    decided(&format!("\u{2067}{words}\u{2069}"));
    decided(&format!("\u{200f}{words}\u{200f}"));
    decided("The fer\u{ad}ry will sail\u{200b} until the last lamp is out,\u{200f}");
}

#[test]
fn a_person_has_what_an_editor_gives_them() {
    let site = Site::new();
    site.decide(&ferry("speaker = \"osric-pell\"\ndate = 2031-11-16"));
    site.build();
    let said = site.json("people/osric-pell/quotations.json");
    let texts: Vec<_> = said["quotations"].as_array().expect("a list").iter().map(|q| q["text"].clone()).collect();
    assert_eq!(texts, ["“The pumps stay where they are,”", "“The ferry will sail until the last lamp is out,”"]);
    assert_eq!([&said["quotations"][0]["checked"], &said["quotations"][1]["checked"]], [false, true]);
    assert!(
        site.page("people/osric-pell/quotations.csv").lines().filter(|row| row.contains("set by hand")).count() == 1
    );
    assert!(site.page("people/osric-pell/index.html").contains("/2031/11/14/quay/#q-"));
    // In the report the words are marked as his: his initials, his page, and that somebody looked.
    let report = site.page("2031/11/14/quay/index.html");
    assert!(report.contains(">OP</span>") && report.contains("href=\"/people/osric-pell/\""), "{report}");
    assert!(report.contains("✓ checked") && report.contains("1 checked by an editor"), "{report}");
    assert!(report.contains("an editor of this archive said so on 16 Nov 2031"), "{report}");
    assert!(site.page("about/method/index.html").contains("An editor has checked 1 of them."));
    // Nobody else is taken for the speaker.
    assert!(!site.page("people/ingrid-marsh/quotations.json").contains("The ferry will sail"));
    // The sidecar is no article and is not published.
    let files = super::support::files_below(&site.path("public"));
    assert!(files.iter().all(|path| !path.contains("annotations")), "{files:?}");
}

#[test]
fn somebody_new_gets_a_page() {
    let site = Site::new();
    assert_eq!(site.build().people, 3);
    site.decide(&ferry("speaker = \"Lucia Ferrant\""));
    assert_eq!(site.build().people, 4);
    assert!(site.page("people/lucia-ferrant/index.html").contains("The ferry will sail"));
}

#[test]
fn an_address_that_is_nobodys_gives_the_words_to_nobody() {
    let site = Site::new();
    site.decide(&ferry("speaker = \"osric-pel\""));
    let published = site.build();
    let [noted] = &*published.diagnostics else { panic!("{:?}", published.diagnostics) };
    assert_eq!((noted.code.name(), noted.help.as_deref()), ("person-unknown", Some("did you mean `osric-pell`?")));
    let place = noted.place.as_ref().expect("a place");
    assert_eq!((&*place.path, place.line, place.column), ("content/2031/11/14-quay.annotations.toml", 3, 11));
    assert_eq!(site.ferry(), owned(("", "not known", false)));
    assert!(!site.page("2031/11/14/quay/index.html").contains("✓ checked"));
}

#[test]
fn a_decision_outlives_the_other_name_of_a_person() {
    let site = Site::new();
    site.put("content/people/tobias-renn.md", "+++\nname = \"Tobias Renn\"\naliases = [\"Toby Renn\"]\n+++\n");
    site.decide(&ferry("speaker = \"toby-renn\""));
    assert!(site.build().diagnostics.is_empty());
    assert_eq!(site.ferry(), owned(("Tobias Renn", "set by hand", true)));
}

#[test]
fn an_office_that_an_editor_confirms_is_checked() {
    let site = Site::new();
    let minister = "+++\nname = \"Ingrid Marsh\"\n[[roles]]\ntitle = \"Harbour Minister\"\nof = \"Merrow\"\n+++\n";
    site.put("content/people/ingrid-marsh.md", minister);
    let copy = "+++\ntitle = \"Tunnel\"\ndate = 2031-11-16\n+++\n\n“It is dry,” the Harbour Minister said.\n";
    site.put("content/2031/11/16-tunnel.md", copy);
    let said = |site: &Site| site.json("2031/11/16/tunnel/index.json")["quotations"][0].clone();
    site.build();
    assert_eq!(said(&site)["rule"], "title");
    site.put("content/2031/11/16-tunnel.annotations.toml", "[[quotation]]\nexact = \"It is dry,\"\n");
    site.build();
    let quote = said(&site);
    assert_eq!((&quote["rule"], &quote["confidence"]), (&Value::from("set by hand"), &Value::from(1.0)));
    assert_eq!(quote["speaker"]["name"], "Ingrid Marsh");
    // "Nobody is named" is a decision too, and no office undoes it.
    site.put("content/2031/11/16-tunnel.annotations.toml", "[[quotation]]\nexact = \"It is dry,\"\nspeaker = \"?\"\n");
    site.build();
    assert!(said(&site)["speaker"].is_null());
}

#[test]
fn a_sidecar_at_fault_costs_its_decisions_and_no_article() {
    let site = Site::new();
    site.decide("[[quotation]]\nexact = The ferry\n");
    let published = site.build();
    assert_eq!((published.reports, published.left_out), (2, 0));
    assert_eq!(published.diagnostics[0].code.name(), "review-broken");
    assert_eq!(site.ferry(), owned(("Ingrid Marsh", "surname", false)));
}

#[test]
fn a_quotation_with_a_page_of_its_own_says_that_it_was_checked() {
    let site = Site::new();
    site.put(
        "site.toml",
        "title = \"The Calder Record\"\nbase_url = \"https://record.example/\"\nquotation_pages = true\n",
    );
    site.decide(&ferry(""));
    site.build();
    let pages = super::support::files_below(&site.path("public/q"));
    let checked = pages.iter().filter(|path| site.page(&format!("q/{path}")).contains("Checked by an editor"));
    assert_eq!(checked.count(), 1, "{pages:?}");
}

impl Site {
    /// Does what becomes of files.
    fn change(&self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Write { path, text } => self.put(&path, &text),
                Change::Remove { path } => fs::remove_file(self.path(&path)).expect("a file"),
            }
        }
    }

    /// The addresses of all people, sorted.
    fn people(&self) -> Vec<String> {
        let pages = super::support::files_below(&self.path("public/people"));
        let pages = pages.iter().filter_map(|path| path.strip_suffix("/index.html"));
        pages.filter(|slug| slug.contains('-')).map(str::to_owned).collect()
    }
}

#[test]
fn people_are_renamed_merged_and_split() {
    let site = Site::new();
    site.put(
        "content/2031/11/16-boats.md",
        "+++\ntitle = \"Boats\"\ndate = 2031-11-16\n+++\n\n“We row,” said Toby Renn.\n\n“They row,” said Osric Pell.\n",
    );
    site.build();
    assert_eq!(site.people(), ["ingrid-marsh", "osric-pell", "tobias-renn", "toby-renn"]);
    let (tobias, toby) = ("content/people/tobias-renn.md", "content/people/toby-renn.md");
    let person = |slug, name, path| Someone { slug, name, path, text: None };
    let (tobias, toby) = (person("tobias-renn", "Tobias Renn", tobias), person("toby-renn", "Toby Renn", toby));
    site.change(desk::merge(toby, tobias).expect("merged"));
    site.decide(&ferry("speaker = \"toby-renn\""));
    let published = site.build();
    assert!(published.diagnostics.is_empty(), "{:?}", published.diagnostics);
    assert!(site.page("people/tobias-renn/quotations.json").contains("We row"));
    // The old address leads on, also for what editors decided.
    let old = site.page("people/toby-renn/index.html");
    assert!(old.contains("0; url=/people/tobias-renn/") && old.contains("This person is now at <a"), "{old}");
    assert_eq!(site.ferry(), owned(("Tobias Renn", "set by hand", true)));
    site.decide("");

    // Another name, and the same address.
    let file = fs::read_to_string(site.path(tobias.path)).expect("a people file");
    site.change(desk::rename(Someone { text: Some(&file), ..tobias }, "Tobias K. Renn").expect("renamed"));
    site.build();
    assert!(site.page("people/tobias-renn/index.html").contains("<h1>Tobias K. Renn</h1>"));
    assert_eq!(site.people(), ["ingrid-marsh", "osric-pell", "tobias-renn", "toby-renn"]);
    assert!(site.page("people/toby-renn/index.html").contains("0; url=/people/tobias-renn/"));

    // They were two after all.
    let file = fs::read_to_string(site.path(tobias.path)).expect("a people file");
    let together = Someone { name: "Tobias K. Renn", text: Some(&file), ..tobias };
    site.change(desk::split(together, toby, &[]).expect("split"));
    let published = site.build();
    assert!(published.diagnostics.is_empty(), "{:?}", published.diagnostics);
    assert_eq!(site.people(), ["ingrid-marsh", "osric-pell", "tobias-renn", "toby-renn"]);
    assert!(site.page("people/toby-renn/quotations.json").contains("We row"));

    // One name that is two people's, by report.
    let pell = person("osric-pell", "Osric Pell", "content/people/osric-pell.md");
    let rower = person("osric-pell-rower", "Osric Pell", "content/people/osric-pell-rower.md");
    site.change(desk::split(pell, rower, &["content/2031/11/16-boats.md"]).expect("split"));
    let published = site.build();
    assert!(published.diagnostics.is_empty(), "{:?}", published.diagnostics);
    assert!(site.page("people/osric-pell-rower/quotations.json").contains("They row"));
    assert!(!site.page("people/osric-pell/quotations.json").contains("They row"));
}

/// Reports about which editors decided this and that.
fn scored() -> Site {
    let site = Site::new();
    let about = |exact: &str, keys: &str| format!("[[quotation]]\nexact = \"{exact}\"\n{keys}\n");
    // Of three quotations one is another's, one is right, and one is nobody's; a fourth was missed, and a fifth is gone.
    site.decide(
        &(ferry("speaker = \"tobias-renn\"")
            + &about("We were told to keep the lights on,", "")
            + &about("The quay reopened on Friday", "speaker = \"none\"")
            + &about("Tobias Renn was there", "speaker = \"osric-pell\"")
            + &about("The quay was reopened", "speaker = \"?\"")),
    );
    // Right, but of another kind and with other ends.
    let pumps = about("pumps stay where they are", "speaker = \"Osric Pell\"\nkind = \"partial\"");
    site.put("content/2031/11/15-pumps.annotations.toml", &pumps);
    site.put("content/2031/11/16-boats.md", "+++\ntitle = \"Boats\"\n+++\n\n“We row,” said Lucia Ferrant.\n");
    site.put("content/2031/11/16-boats.annotations.toml", &about("We row,", "speaker = \"nobody-of-that-name\""));
    site
}

#[test]
fn the_rules_are_scored_by_what_editors_decided() {
    let site = scored();
    let score = check::score(&BuildOptions::new(site.folder.path()), &Quiet).expect("a score");
    assert_eq!((score.reports, score.decisions, score.stale, score.unknown_people), (3, 7, 1, 1));
    assert_eq!((score.missed, score.no_speech, score.other_ends, score.other_kind), (1, 1, 1, 1));
    assert_eq!((score.all.checked, score.all.right), (4, 2));
    let rows: Vec<_> = score.by_rule.iter().map(|row| (row.rule, row.tally.checked, row.tally.right)).collect();
    assert_eq!(rows, [("name", 2, 1), ("surname", 1, 0), ("unnamed", 1, 1)]);
    // Each in the band of the confidence that the site gives without its sidecars.
    let bands: usize = score.by_confidence.iter().map(|row| row.tally.checked).sum();
    assert_eq!(bands, 4);
    for row in &score.by_confidence {
        let within = f64::from(row.from) / 100.0 - 0.005..f64::from(row.to) / 100.0 + 0.005;
        assert!(within.contains(&row.tally.expected), "{row:?}");
    }
    let unnamed = score.by_rule[2].tally.expected;
    let band = score.by_confidence.iter().find(|row| row.tally.expected == unnamed).expect("the band");
    assert_eq!((band.tally.checked, band.tally.right), (1, 1));
    assert!(!site.path("public").exists() && !site.path(".onrecord/check").exists(), "nothing is published");
    // A decision about what only another decision names.
    site.decide(
        &(ferry("speaker = \"Selma Quill\"")
            + "[[quotation]]\nexact = \"We were told to keep the lights on,\"\nspeaker = \"selma-quill\"\n"),
    );
    let score = check::score(&BuildOptions::new(site.folder.path()), &Quiet).expect("a score");
    assert_eq!((score.all.checked, score.all.right, score.unknown_people), (3, 1, 1));
}

#[test]
fn an_office_that_the_archive_resolves_is_scored_as_the_archive_resolves_it() {
    let site = Site::new();
    let minister = "+++\nname = \"Ingrid Marsh\"\n[[roles]]\ntitle = \"Harbour Minister\"\nof = \"Merrow\"\n+++\n";
    site.put("content/people/ingrid-marsh.md", minister);
    let copy = "+++\ntitle = \"Tunnel\"\ndate = 2031-11-16\n+++\n\n“It is dry,” the Harbour Minister said.\n";
    site.put("content/2031/11/16-tunnel.md", copy);
    let decision = "[[quotation]]\nexact = \"It is dry,\"\nspeaker = \"ingrid-marsh\"\n";
    site.put("content/2031/11/16-tunnel.annotations.toml", decision);
    let score = check::score(&BuildOptions::new(site.folder.path()), &Quiet).expect("a score");
    let rows: Vec<_> = score.by_rule.iter().map(|row| (row.rule, row.tally.checked, row.tally.right)).collect();
    assert_eq!(rows, [("title", 1, 1)]);
}

#[test]
fn a_score_is_a_table_or_json() {
    let site = scored();
    let files = super::support::files_below(site.folder.path());
    let session = files.into_iter().fold(super::support::Session::new(), |session, path| {
        let bytes = fs::read(site.path(&path)).expect("a file");
        session.file(&path, bytes)
    });
    insta::assert_snapshot!(session.run(&["check", "--score"]));
    insta::assert_snapshot!(session.run(&["check", "--score", "--format", "json"]));
    assert!(session.run(&["check", "--score", "--format", "sarif"]).starts_with("exit 2\n"));
    assert!(session.run(&["check", "--score", "--strict"]).starts_with("exit 2\n"));
    let nobody = super::support::Session::new().file("content/2031/11/14-quay.md", QUAY);
    assert!(nobody.run(&["check", "--score"]).contains("No editor has decided anything yet"));
    let broken = nobody.file("site.toml", "titel = \"Calder\"\n");
    assert!(broken.run(&["check", "--score", "--format", "json"]).starts_with("exit 2\n--- out\n["));
}

#[test]
fn a_former_address_that_is_somebodys_stays_theirs() {
    let site = Site::new();
    site.put("content/people/tobias-renn.md", "+++\nname = \"Tobias Renn\"\nformer = [\"osric-pell\"]\n+++\n");
    site.decide(&ferry("speaker = \"osric-pell\""));
    let published = site.build();
    let [noted] = &*published.diagnostics else { panic!("{:?}", published.diagnostics) };
    assert_eq!((noted.code.name(), &*noted.path), ("alias-taken", "content/people/tobias-renn.md"));
    assert_eq!(site.ferry(), owned(("Osric Pell", "set by hand", true)));
    assert!(site.page("people/osric-pell/index.html").contains("<h1>Osric Pell</h1>"));
}
