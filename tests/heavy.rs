//! Memory grows with the length of a file and no faster: one file of n bytes, and one of four times as many, are built.
//!
//! `ONRECORD_HEAVY_MB=50 cargo test --release --test main -- heavy:: --nocapture` takes some minutes and says what
//! each file costs.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Of the larger file, in megabytes.
fn largest() -> f64 {
    std::env::var("ONRECORD_HEAVY_MB").ok().and_then(|mb| mb.parse().ok()).unwrap_or(1.0)
}

const HEAD: &str = "+++\ntitle = \"A report\"\ndate = 2031-11-14\n+++\n\n";
const SETTINGS: &str = "title = \"Calder Record\"\nbase_url = \"https://calder.example/\"\n";
const REPORT: &str = "“We sail,” said Ingrid Marsh.\n";

/// Copy as it comes: a paragraph has one quotation, one statement and two other sentences.
const COPY: &str = "“We will not sail before the water is out of the engine room,” said Ingrid Marsh. Tobias Renn said that \
                    the pump had been ordered in May. The harbour office was shut on Friday and nobody came. It rained.";

/// What a file costs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    /// The most memory at any moment, in bytes.
    memory: f64,
    /// Processor time in seconds.
    pub time: f64,
}

/// Builds a site with one heavy file, and gives what that cost. `fits` is the exit code.
fn cost(path: &str, text: &str, fits: i32) -> Cost {
    let site = tempfile::tempdir().expect("a temporary folder");
    let put = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    put("site.toml", SETTINGS);
    put("content/sound.md", &[HEAD, REPORT].concat());
    put(path, text);
    let (cost, exit) = spent_on(site.path(), "build");
    assert_eq!(exit, Some(fits), "{path}");
    cost
}

/// Runs a command on a site; gives what it cost, and its exit code.
pub(crate) fn spent_on(site: &Path, command: &str) -> (Cost, Option<i32>) {
    let child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args([command, "--now", "2032-01-10"])
        .current_dir(site)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("onrecord starts");
    spent_by(child)
}

/// Waits for a process; gives what it cost, and its exit code.
fn spent_by(mut child: Child) -> (Cost, Option<i32>) {
    let mut cost = Cost::default();
    loop {
        // What Linux says of a process is there as long as the process is.
        cost = seen(child.id()).unwrap_or(cost);
        if let Some(exit) = child.try_wait().expect("a child") {
            return (cost, exit.code());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// What a process has used up to now; none where the system does not tell, or it is gone.
fn seen(id: u32) -> Option<Cost> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let memory = peak.trim().trim_end_matches(" kB").parse::<f64>().ok()? * 1024.0;
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Behind the name, which ends with the last bracket; in hundredths of a second, of the program's own work.
    let ticks = stat.rsplit_once(')')?.1.split_whitespace().nth(11)?.parse::<f64>().ok()?;
    Some(Cost { memory, time: ticks / 100.0 })
}

/// A file that grows by a byte costs at most so many bytes of memory more.
#[track_caller]
fn check(name: &str, path: &str, fits: i32, most: f64, text: impl Fn(usize) -> String) {
    let sizes = [largest() * 250_000.0, largest() * 1_000_000.0];
    let texts = sizes.map(|size| text(size as usize));
    let [small, large] = [0, 1].map(|i| cost(path, &texts[i], fits));
    if large.memory == 0.0 {
        println!("{name}: this system does not say what a process uses, so nothing was measured");
        return;
    }
    let more = (texts[1].len() - texts[0].len()) as f64;
    let each = (large.memory - small.memory) / more;
    let exponent = (large.time / small.time).ln() / (texts[1].len() as f64 / texts[0].len() as f64).ln();
    println!(
        "{name}: {:.1} and {:.1} MB take {:.0} and {:.0} MB ({each:.0} bytes each), {:.2} and {:.2} s (exponent {exponent:.2})",
        texts[0].len() as f64 / 1e6,
        texts[1].len() as f64 / 1e6,
        small.memory / 1e6,
        large.memory / 1e6,
        small.time,
        large.time,
    );
    assert!(each <= most, "{name}: {each} bytes for each of {more}");
    // Shorter times are noise.
    assert!(small.time < 1.0 || exponent <= 1.25, "{name}: time grows with the power {exponent}");
}

/// A piece again and again, up to a size.
fn many(head: &'static str, piece: &'static str) -> impl Fn(usize) -> String {
    move |size| [head, &piece.repeat(size / piece.len()), "\n"].concat()
}

#[test]
fn copy_takes_memory_for_its_length() {
    let report = "content/heavy.md";
    let paragraphs = |size: usize| [HEAD, &[COPY, "\n\n"].concat().repeat(size / COPY.len())].concat();
    check("paragraphs", report, 0, 150.0, paragraphs);
    check("one line", report, 0, 150.0, |size| [HEAD, &[COPY, " "].concat().repeat(size / COPY.len())].concat());
    check("wire copy", "content/heavy.txt", 0, 150.0, |size| {
        ["Harbour\n\nThe ferry sails\n\n", &[COPY, "\n\n"].concat().repeat(size / COPY.len())].concat()
    });
    check("words without quotations", report, 0, 80.0, many(HEAD, "The ferry left Port Ansel on Friday.\n\n"));
    check("one word", report, 0, 80.0, many(HEAD, "a"));
    check("a quotation of many paragraphs", report, 0, 150.0, many(HEAD, "“We sailed and the water came in.\n\n"));
}

#[test]
fn markup_takes_memory_for_its_length() {
    let report = "content/heavy.md";
    check("block quotes in block quotes", report, 0, 300.0, many(HEAD, ">"));
    check("lists in lists", report, 0, 300.0, many(HEAD, "- "));
    check("brackets", report, 0, 300.0, many(HEAD, "["));
    check("emphasis in emphasis", report, 0, 300.0, |size| {
        [HEAD, &"*a ".repeat(size / 6), &"b* ".repeat(size / 6), "\n"].concat()
    });
    check("cells", report, 0, 300.0, |size| [HEAD, &"|".repeat(size), "\n|-|-|\n"].concat());
    check("tags in a paragraph", report, 0, 300.0, many(HEAD, "<b>a</b> "));
    check("tags in a block", report, 0, 300.0, |size| [HEAD, "<div>\n", &"<p>a</p>\n".repeat(size / 9)].concat());
    check("elements in elements", report, 0, 300.0, many(HEAD, "<div>"));
    check("elements never closed in a paragraph", report, 0, 300.0, many(HEAD, "a <i>"));
}

#[test]
fn settings_and_people_take_memory_for_their_length() {
    check("a people file", "content/people/ola-brandt.md", 0, 80.0, |size| {
        ["+++\nname = \"Ola Brandt\"\n+++\n\n", &"He was born in Port Ansel.\n\n".repeat(size / 28)].concat()
    });
    // A name of sixteen bytes is a word of its own.
    check("names of one person", "content/people/ola-brandt.md", 0, 90.0, |size| {
        let names: String = (0..size / 16).map(|i| format!("\"Ola B{i}\",\n")).collect();
        format!("+++\nname = \"Ola Brandt\"\naliases = [\n{names}]\n+++\n")
    });
    check("settings", "site.toml", 0, 80.0, |size| {
        let keys: String = (0..size / 20).map(|i| format!("k{i} = \"words\"\n")).collect();
        format!("{SETTINGS}[extra]\n{keys}")
    });
    check("settings that nobody knows", "site.toml", 1, 60.0, |size| {
        (0..size / 20).map(|i| format!("k{i} = \"words\"\n")).collect()
    });
}

/// What one report says of itself stands on the page of everybody whom it names: many people and a long line, or a
/// caption that names them all, would make a site that is far larger than the file.
#[test]
fn a_site_has_the_size_of_what_it_is_made_of() {
    let name = |i: usize| {
        let letter = |i: usize| char::from(b'a' + u8::try_from(i % 20).expect("a letter"));
        format!("Ingrid L{}{}{}n", letter(i), letter(i / 20), letter(i / 400))
    };
    let names = |n: usize| (0..n).map(name).collect::<Vec<_>>();
    let said = |n: usize| names(n).iter().map(|name| format!("“No,” said {name}.\n\n")).collect::<String>();
    let head = |n: usize| format!("+++\ntitle = \"{}\"\ndate = 2031-11-14\n+++\n\n", "A long quay ".repeat(n));
    let size = |text: &str| -> u64 {
        let site = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(site.path().join("content")).expect("a folder");
        fs::write(site.path().join("site.toml"), SETTINGS).expect("settings");
        fs::write(site.path().join("content/a.md"), text).expect("a report");
        let mut build = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let built = build.args(["build", "--now", "2032-01-10"]).current_dir(site.path()).output().expect("it runs");
        assert!(built.status.success());
        let public = site.path().join("public");
        let sizes = crate::support::files_below(&public);
        sizes.iter().map(|path| fs::metadata(public.join(path)).expect("a file").len()).sum()
    };
    let check = |what: &str, text: &dyn Fn(usize) -> String| {
        let [one, four] = [150, 600].map(|n| size(&text(n)));
        assert!(four < one * 6, "{what}: {one} bytes of {} become {four} of {}", text(150).len(), text(600).len());
    };
    check("a long headline", &|n| [head(n), said(n)].concat());
    check("a long caption", &|n| {
        let caption = format!("![A quay](quay.jpg)\n*{} on Friday. (Ola Brandt/Northsound)*\n", names(n).join(", "));
        [head(1), caption].concat()
    });
}
