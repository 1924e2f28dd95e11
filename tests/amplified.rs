//! What is made of a site grows with the site and no faster, in time and in bytes: sites of n pieces and of 4n are
//! built, each of pieces that might be shown together with every other.

use super::heavy::{Cost, spent_on};
use super::linear::letters;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

const SETTINGS: &str = "title = \"Calder Record\"\nbase_url = \"https://calder.example/\"\n";
const HEAD: &str = "+++\ntitle = \"A report\"\ndate = 2031-01-01\n+++\n\n";

/// Four times the site may take so many times the time: linear work takes 4, quadratic work 16.
const MOST_TIME: f64 = 7.0;
/// And so many times the bytes, all of whose making is counted.
const MOST_BYTES: f64 = 4.4;
/// Less time than this, in seconds, says nothing.
const LEAST: f64 = 0.1;
/// A ratio of times that is too high is measured again: the machine has other work.
const TRIES: usize = 3;

/// Runs a command on a site of some files; gives what it took, and the bytes of the site's text and of what was made.
fn run<P: AsRef<Path>>(command: &str, code: i32, files: &[(P, String)]) -> (Cost, [f64; 2]) {
    let site = tempfile::tempdir().expect("a temporary folder");
    let files = files.iter().map(|(path, text)| (path.as_ref(), &**text));
    // A site may bring settings of its own.
    for (path, text) in std::iter::once((Path::new("site.toml"), SETTINGS)).chain(files) {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let (cost, exit) = spent_on(site.path(), command);
    assert_eq!(exit, Some(code));
    let bytes = |below: &str| size(&site.path().join(below));
    (cost, [bytes("content"), bytes("public")])
}

fn size(folder: &Path) -> f64 {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.filter_map(|file| file.metadata().ok()).fold(0.0, |all, file| all + file.len() as f64)
}

/// Four times the pieces take about four times the time, and give about four times the bytes; a site’s files are given
/// by path and text.
#[track_caller]
fn check<P: AsRef<Path>>(
    name: &str,
    (command, code): (&str, i32),
    n: usize,
    files: impl Fn(usize) -> Vec<(P, String)>,
) {
    let sites = [files(n), files(4 * n)];
    let mut least = [f64::MAX; 2];
    for _ in 0..TRIES {
        let [small, large] = [0, 1].map(|i| run(command, code, &sites[i]));
        for (least, (cost, _)) in least.iter_mut().zip([small, large]) {
            *least = least.min(cost.time);
        }
        let [times, bytes] = [least[1] / least[0].max(LEAST), large.1[1] / small.1[1].max(1.0)];
        println!(
            "{name}: {:.3} and {:.3} MB take {:.2} and {:.2} s (ratio {times:.1}) and give {:.1} and {:.1} MB (ratio {bytes:.1})",
            small.1[0] / 1e6,
            large.1[0] / 1e6,
            least[0],
            least[1],
            small.1[1] / 1e6,
            large.1[1] / 1e6,
        );
        assert!(bytes <= MOST_BYTES, "{name}: bytes grow by {bytes}");
        if times <= MOST_TIME {
            return;
        }
    }
    panic!("{name}: {n} and {} pieces take {least:?} s", 4 * n);
}

const BUILD: (&str, i32) = ("build", 0);

/// A piece for each number.
fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect()
}

/// Findings in one file do not look for their lines from its start, one by one.
#[test]
fn findings_cost_as_many_as_they_are() {
    check("rulings that no article meets", ("build", 1), 8_000, |n| {
        let ruling = |i| {
            format!(
                "[[ruling]]\narticle = \"content/none{i}.md\"\naction = \"withdraw\"\nreason = \"r\"\ndate = 2031-11-20\n"
            )
        };
        vec![("content/rulings.toml", each(n, ruling))]
    });
    check("decisions that name nobody", BUILD, 2_000, |n| {
        let speech = |i| format!("“The ferry {i} sails at noon,” said Ingrid Marsh.\n\n");
        let decision = |i| {
            format!(
                "[[quotation]]\nexact = \"The ferry {i} sails at noon\"\nspeaker = \"nobody-{i}\"\nby = \"hl\"\ndate = 2031-11-16\n"
            )
        };
        vec![("content/a.md", format!("{HEAD}{}", each(n, speech))), ("content/a.annotations.toml", each(n, decision))]
    });
    check("links that lead nowhere", ("check", 1), 1_000, |n| {
        vec![("content/a.md", format!("{HEAD}{}", each(n, |i| format!("[a](/none/{i}/) "))))]
    });
    check("links that lead nowhere, in a page of its own", ("check", 1), 4_000, |n| {
        let links = each(n, |i| format!("<a href=\"/none/{i}/\">a</a>\n"));
        vec![
            ("content/a.md", HEAD.into()),
            ("static/own.html", format!("<!doctype html><html lang=\"en\"><title>Own</title><p>{links}</p></html>\n")),
        ]
    });
}

/// A page for each quotation does not look for all speakers of the report, nor is it remembered with all of them.
#[test]
fn pages_of_quotations_cost_as_many_as_they_are() {
    check("quotations with pages of their own, each somebody else’s", BUILD, 300, |n| {
        let quotation = |i| format!("“The quay holds {i} boats,” said {} {}.\n\n", letters(i % 7), letters(i));
        vec![
            ("site.toml", [SETTINGS, "quotation_pages = true\n"].concat()),
            ("content/a.md", [HEAD, &each(n, quotation)].concat()),
        ]
    });
}

/// A text is read once for all names that are withheld, not once for each.
#[test]
fn names_withheld_cost_as_many_as_they_are() {
    let anonymise = |i| {
        format!(
            "[[ruling]]\naction = \"anonymise\"\nname = \"Ingrid Holm{i}\"\nas = \"a witness\"\n\
             reason = \"Ingrid asked for it in letter {i}.\"\ndate = 2031-11-20\n"
        )
    };
    check("names withheld that nobody gives", BUILD, 1_500, |n| vec![("content/rulings.toml", each(n, anonymise))]);
    check("names withheld, and reports and people that do not give them", BUILD, 60, |n| {
        let report = |i| (format!("content/{i}.md"), format!("{HEAD}Ingrid Marsh saw ferry {i}.\n"));
        let person = |i| (format!("content/people/{i}.md"), format!("+++\nname = \"Ola Brandt{i}\"\n+++\n"));
        let rulings = ("content/rulings.toml".to_owned(), each(10 * n, anonymise));
        (0..n).map(report).chain((0..n).map(person)).chain([rulings]).collect()
    });
}

/// Words of one article do not look at all others, nor do years, wires and papers at each other.
#[test]
fn reports_cost_what_they_are_long() {
    let copy = |text: String| vec![("content/a.md", format!("{HEAD}{text}\n"))];
    check("numbers without a noun", BUILD, 8_000, |n| copy(each(n, |i| format!("{i} "))));
    check("a speaker named behind all quotations", BUILD, 3_000, |n| {
        copy(format!("{}Marsh said.", each(n, |_| "“a”; ".to_owned())))
    });
    check("one endless name", BUILD, 250, |n| {
        let speech = each(n, |i| format!("“No {i},” Ada said.\n\n"));
        copy(format!("Ada {}Marsh left. {speech}", "Longname-".repeat(n)))
    });
    check("a report in each year", BUILD, 200, |n| {
        let report = |i| (format!("content/{i}.md"), format!("+++\ntitle = \"A\"\ndate = {}-01-01\n+++\n", 1000 + i));
        (0..n).map(report).collect()
    });
    check("wires that the settings tell of", BUILD, 150, |n| {
        let report = |i| {
            let head = format!("+++\ntitle = \"A\"\ndate = 2031-01-01\nagency = \"Wire {i}\"\n+++\n");
            (format!("content/{i}.md"), head)
        };
        let told = each(n, |i| format!("[[sources]]\nname = \"Wire {i}\"\nabout = \"A wire.\"\n"));
        (0..n).map(report).chain([("site.toml".to_owned(), [SETTINGS, &told].concat())]).collect()
    });
}
