use super::files::read_tree;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own, in which `onrecord` is run with a clean environment.
pub(crate) struct Session {
    folder: tempfile::TempDir,
}

impl Session {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// With a file in it.
    pub(crate) fn file(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
        let target = self.path(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, contents).expect("a file");
        self
    }

    /// A path in the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// What lies in a folder of the session.
    pub(crate) fn tree(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        read_tree(&self.path(path))
    }

    /// Runs `onrecord` in the folder.
    ///
    /// Gives exit code, standard output and standard error in one text, in which the folder is `[SITE]`
    /// and times are `[TIME]`.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        self.run_with(args, "")
    }

    /// As [`run`](Self::run), with words on standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            // 10 January 2032, when all that happens in the Calder Record has happened.
            .env("SOURCE_DATE_EPOCH", "1957305600")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("onrecord starts");
        // A command that reads nothing may have closed its input already.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("onrecord ends");
        let mut text = format!("exit {}\n", output.status.code().map_or("by a signal".to_owned(), |n| n.to_string()));
        for (name, bytes) in [("out", output.stdout), ("err", output.stderr)] {
            if !bytes.is_empty() {
                text.push_str(&format!("--- {name}\n{}", self.normalized(&String::from_utf8_lossy(&bytes))));
            }
        }
        text
    }

    fn normalized(&self, text: &str) -> String {
        let real = fs::canonicalize(self.folder.path()).expect("the folder");
        let text = text.replace(&shown(&real), "[SITE]").replace(&shown(self.folder.path()), "[SITE]");
        text.lines().map(|line| without_time(line) + "\n").collect()
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// `… · 0.34 s` becomes `… · [TIME]`.
fn without_time(line: &str) -> String {
    match line.rsplit_once(" · ") {
        Some((before, time)) if time.ends_with(" s") && time.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{before} · [TIME]")
        }
        _ => line.to_owned(),
    }
}
