//! Text from strangers: whatever lies below `content/` is built and readable, or reported, or the site is refused.
//!
//! A family is a site of hostile files, each with a word of its own and with what must become of it. All of a family
//! are built at once, so that none may hinder another. Whatever the family, the build ends in time and without a panic,
//! its messages hold nothing that a terminal would act on, and what it writes holds nothing that would run.

mod addresses;
mod clashes;
mod editors;
mod encodings;
mod front_matter;
mod gallery;
mod markup;
mod output;
mod picture_names;
mod pictures;
mod places;
mod refused;

use super::support::read_tree;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What must become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Its word can be read on a page.
    Built,
    /// A message names it (and the line), and its word is nowhere.
    Reported(Option<u32>),
    /// No page shows its word, and nothing need be said: the guide says that such files are passed over.
    PassedOver,
}

use Fate::{Built, PassedOver, Reported};

/// A file with its fate.
struct Hostile {
    path: Vec<u8>,
    bytes: Vec<u8>,
    word: String,
    fate: Fate,
}

/// The files of one site.
#[derive(Default)]
struct Family {
    files: Vec<Hostile>,
    /// Files about which nothing is claimed.
    beside: Vec<(String, Vec<u8>)>,
}

/// How long a family may take: a hang is no answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// What must not come into any file or message.
const SECRET: &str = "brandt-keeps-the-keys";

/// A report that is always there, and must always be built.
const SOUND: &str = "+++\ntitle = \"Ferry sails\"\ndate = 2031-11-14\n+++\n\n“We sail,” said Ingrid Marsh. soundword\n";
const SETTINGS: &str =
    "title = \"Calder Record\"\nbase_url = \"https://calder.example/\"\ntei = true\nquotation_pages = true\n";

impl Family {
    /// Adds a file; `bytes` gets its word.
    fn file<B: Into<Vec<u8>>>(&mut self, path: impl AsRef<[u8]>, fate: Fate, bytes: impl FnOnce(&str) -> B) {
        let word = format!("canary{}word", self.files.len());
        let bytes = bytes(&word).into();
        self.files.push(Hostile { path: path.as_ref().to_vec(), bytes, word, fate });
    }

    fn beside(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.beside.push((path.to_owned(), bytes.into()));
    }

    /// Builds the family and holds it against what was expected. `odd` makes what is no file.
    fn check(&self, odd: impl FnOnce(&Path)) -> Outcome {
        let site = Site::new();
        site.put(b"site.toml", SETTINGS.as_bytes());
        site.put(b"content/sound.md", SOUND.as_bytes());
        for (path, bytes) in &self.beside {
            site.put(path.as_bytes(), bytes);
        }
        for file in &self.files {
            site.put(&file.path, &file.bytes);
        }
        odd(site.root());
        let built = site.build();
        assert_eq!(built.exit, Some(0), "{}", built.said);
        output::is_harmless(&built);
        let pages: Vec<String> = built.files.iter().filter(|(path, _)| path.ends_with(".html")).map(text).collect();
        let on_a_page = |word: &str| pages.iter().any(|page| page.contains(word));
        assert!(on_a_page("soundword"), "the sound report is built beside all of these: {}", built.said);
        for Hostile { path, word, fate, .. } in &self.files {
            let path = String::from_utf8_lossy(path);
            let shown = onrecord::diag::clean(&path).into_owned();
            let anywhere = || built.files.iter().find(|(_, bytes)| contains(bytes, word)).map(|(path, _)| path);
            match fate {
                Built => assert!(on_a_page(word), "{path:?} is built: {}", built.about(&shown)),
                Reported(line) => {
                    let place = line.map_or(shown.clone(), |line| format!("{shown}:{line}:"));
                    assert!(built.said.contains(&place), "{place:?} is named: {}", built.about(&shown));
                    assert_eq!(anywhere(), None, "nothing of {path:?} is published: {}", built.about(&shown));
                }
                PassedOver => assert_eq!(anywhere(), None, "nothing of {path:?} is published"),
            }
        }
        built
    }
}

fn text((_, bytes): (&String, &Vec<u8>)) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// A site in a folder of its own.
struct Site {
    folder: tempfile::TempDir,
}

/// What came of a build.
struct Outcome {
    /// None where a signal ended it.
    exit: Option<i32>,
    /// Standard error.
    said: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Outcome {
    /// The lines that name a file.
    fn about(&self, path: &str) -> String {
        let lines: Vec<&str> = self.said.lines().collect();
        let near = |i: &usize| lines[i.saturating_sub(1)..(i + 4).min(lines.len())].join("\n");
        let named: Vec<String> = (0..lines.len()).filter(|i| lines[*i].contains(path)).map(|i| near(&i)).collect();
        if named.is_empty() { "nothing is said of it".to_owned() } else { named.join("\n---\n") }
    }
}

impl Site {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, path: &[u8], bytes: &[u8]) {
        let path = self.root().join(native(path));
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Runs the program, which must end by itself and in time.
    fn build(&self) -> Outcome {
        let said = self.root().join("said.txt");
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["build", "--now", "2032-01-10"])
            .current_dir(self.root())
            .env_clear()
            .env("HOME", self.root())
            .env("CALDER_SECRET", SECRET)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&said).expect("a file"))
            .spawn()
            .expect("onrecord starts");
        let begun = Instant::now();
        let exit = loop {
            if let Some(exit) = child.try_wait().expect("a child") {
                break exit.code();
            }
            if begun.elapsed() > PATIENCE {
                child.kill().expect("an end");
                child.wait().expect("an end");
                panic!("this build never ends: {}", fs::read_to_string(&said).unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let said = String::from_utf8_lossy(&fs::read(said).expect("what was said")).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        Outcome { exit, said, files: read_tree(&self.root().join("public")) }
    }
}

#[cfg(unix)]
fn native(path: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(path).into()
}

#[cfg(not(unix))]
fn native(path: &[u8]) -> PathBuf {
    String::from_utf8_lossy(path).into_owned().into()
}

/// A report in Markdown with a word in its body.
fn report(keys: &str, body: &str) -> String {
    format!("+++\ntitle = \"A report\"\ndate = 2031-01-01\n{keys}\n+++\n\n{body}\n")
}
