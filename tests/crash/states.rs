use super::{project, read_tree};
use crate::history::chance::Chance;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What lies in an output folder.
pub(super) type Tree = BTreeMap<String, Vec<u8>>;

/// One state of the archive: files that are there, and those that are not.
struct State {
    name: &'static str,
    files: Vec<(&'static str, String)>,
    gone: Vec<&'static str>,
}

/// A small archive that goes from one state to another and back, with what a clean build makes of each.
pub(super) struct States {
    folder: tempfile::TempDir,
    states: Vec<State>,
    clean: Vec<Tree>,
    /// The state that is published.
    pub(super) at: usize,
    pub(super) chance: Chance,
}

/// What a pass over the states did.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Builds that were stopped.
    pub(super) stopped: usize,
    /// Of these, after which the old site stood.
    pub(super) old: usize,
}

fn report(day: usize, words: &str) -> String {
    format!(
        "Harbour\n\nQuay number {day} reopens after the storm\n\nFriday {day} November 2031, 5.20pm\n\nPORT ANSEL — The quay \
         reopened. “{words},” said Ingrid Marsh, the Harbour Minister.\n"
    )
}

fn states() -> Vec<State> {
    let article = |words: &str| {
        format!(
            "+++\ntitle = \"The ferry\"\ndate = 2031-11-20\nsection = \"Harbour\"\n+++\n“{words},” said Tobias Renn.\n"
        )
    };
    let mut first: Vec<(&str, String)> = vec![
        ("site.toml", "title = \"The Calder Record\"\nbase_url = \"https://calder.example/\"\n".to_owned()),
        ("content/2031/11/ferry.md", article("It sails")),
        ("static/mast.txt", "a mast".to_owned()),
    ];
    let days = ["content/2031/11/a.txt", "content/2031/11/b.txt", "content/2031/11/c.txt", "content/2031/11/d.txt"];
    first.extend(days.iter().enumerate().map(|(i, path)| (*path, report(i + 3, "It will hold for another winter"))));
    let template = fs::read_to_string(project("templates/article.html")).expect("a template");
    let state = |name, files: Vec<(&'static str, String)>, gone: &[&'static str]| State {
        name,
        files: first.iter().filter(|(path, _)| !gone.contains(path)).cloned().chain(files).collect(),
        gone: gone.to_vec(),
    };
    let ferry = "content/2031/11/ferry.md";
    vec![
        state("the beginning", Vec::new(), &["content/2031/11/boat.md", "templates/article.html", "static/mast/a.txt"]),
        state("a report edited", vec![(ferry, article("It sails at noon"))], &["templates/article.html"]),
        state(
            "a report renamed",
            vec![("content/2031/11/boat.md", article("It sails"))],
            &[ferry, "templates/article.html"],
        ),
        state("a report deleted", Vec::new(), &["content/2031/11/c.txt", "content/2031/11/boat.md"]),
        state(
            "another template",
            vec![("templates/article.html", template.replacen("</h1>", " ·</h1>", 1))],
            &["content/2031/11/boat.md"],
        ),
        state(
            "a report withdrawn to a draft",
            vec![(ferry, article("It sails").replacen("+++\n", "+++\ndraft = true\n", 1))],
            &["content/2031/11/boat.md", "templates/article.html"],
        ),
        state(
            "a folder where a file was",
            vec![("static/mast.txt/a.txt", "a mast in a folder".to_owned())],
            &["static/mast.txt", "content/2031/11/boat.md", "templates/article.html"],
        ),
    ]
}

impl States {
    /// Builds every state from nothing, and publishes the first.
    pub(super) fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut states = Self { folder, states: states(), clean: Vec::new(), at: 0, chance: Chance::new(seed) };
        for to in 0..states.states.len() {
            states.set(to);
            let out = states.folder.path().join("clean");
            let built = states.build(&["--no-cache", "--out", out.to_str().expect("text")]);
            assert!(built.status.success(), "{}: {}", states.states[to].name, said(&built));
            let tree = read_tree(&out);
            assert!(!states.clean.contains(&tree), "{} is a state of its own", states.states[to].name);
            states.clean.push(tree);
            fs::remove_dir_all(&out).expect("removed");
        }
        states.set(0);
        assert!(states.build(&[]).status.success());
        states.at = 0;
        states
    }

    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(super) fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes the files of a state.
    pub(super) fn set(&self, to: usize) {
        let root = self.root();
        for folder in ["content", "templates", "static"] {
            let _ = fs::remove_dir_all(root.join(folder));
        }
        for (path, words) in &self.states[to].files {
            let place = root.join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, words).expect("a file");
        }
        assert!(self.states[to].gone.iter().all(|path| !root.join(path).is_file()));
    }

    /// Goes to another state, of which nothing is published yet.
    pub(super) fn go(&mut self) -> usize {
        let to = (self.at + 1 + self.chance.below(self.states.len() - 1)) % self.states.len();
        self.set(to);
        to
    }

    /// `onrecord build` of the archive, with a clean environment, ready to be run.
    pub(super) fn command(&self, before: &[&str], args: &[&str]) -> Command {
        let words: Vec<&str> = before.iter().copied().chain([env!("CARGO_BIN_EXE_onrecord"), "build"]).collect();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .args(args)
            .current_dir(self.root())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SOURCE_DATE_EPOCH", "1957305600")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(super) fn build(&self, args: &[&str]) -> Output {
        self.command(&[], args).output().expect("onrecord runs")
    }

    /// Looks at what stands after a build of the state `to` was stopped; says whether it is the old site.
    pub(super) fn look(&self, to: usize, how: &str) -> bool {
        self.look_at(&self.public(), to, how)
    }

    /// The same, of a site that was copied elsewhere.
    pub(super) fn look_at(&self, public: &Path, to: usize, how: &str) -> bool {
        let standing = read_tree(public);
        let old = standing == self.clean[self.at];
        assert!(
            old || standing == self.clean[to],
            "neither the old site nor the new one stands: from `{}` to `{}`, {how}: {}",
            self.states[self.at].name,
            self.states[to].name,
            differences(&standing, &self.clean[self.at], &self.clean[to])
        );
        old
    }

    /// Builds once more: then the new site stands.
    pub(super) fn repair(&mut self, to: usize, how: &str) {
        let built = self.build(&[]);
        assert!(built.status.success(), "after {how}: {}", said(&built));
        let standing = read_tree(&self.public());
        assert!(
            standing == self.clean[to],
            "the next build repairs: from `{}` to `{}`, {how}: {}\n{}",
            self.states[self.at].name,
            self.states[to].name,
            differences(&standing, &self.clean[self.at], &self.clean[to]),
            said(&built)
        );
        assert!(!said(&built).contains("output-foreign"), "nothing is left that nobody knows: {how}: {}", said(&built));
        self.at = to;
    }
}

/// What a build said.
pub(super) fn said(output: &Output) -> String {
    format!("{}\n{}{}", output.status, String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn differences(standing: &Tree, old: &Tree, new: &Tree) -> String {
    let paths: std::collections::BTreeSet<&String> = standing.keys().chain(old.keys()).chain(new.keys()).collect();
    let of = |path: &String| {
        let is = |tree: &Tree| tree.get(path) == standing.get(path);
        match (is(old), is(new)) {
            (true, true) => None,
            (true, false) => Some(format!("{path} is old")),
            (false, true) => Some(format!("{path} is new")),
            (false, false) => Some(format!("{path} is neither")),
        }
    };
    paths.into_iter().filter_map(of).take(12).collect::<Vec<_>>().join(", ")
}

/// Whether a program can be run here.
pub(super) fn has(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder: PathBuf| is_there(&folder, program)))
}

fn is_there(folder: &Path, program: &str) -> bool {
    folder.join(program).is_file()
}

/// Says something that is to be read although the test passes: what was tried, and what could not be.
pub(super) fn tell(words: &str) {
    let _ = writeln!(std::io::stderr(), "crash: {words}");
}
