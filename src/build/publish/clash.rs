//! Two files that cannot both be: they have one path, or one is where the other wants a folder.
//!
//! Whoever makes files sees to it that they do not meet. Where that fails, nothing is published: a file in the place of a
//! folder would take all that lies in it.

use super::{Output, fault, parent};
use crate::diag::{Diagnostic, codes};
use rustc_hash::FxHashSet;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

/// What this build cannot publish, found while its files are made.
#[derive(Default)]
pub(super) struct Clashes {
    /// Paths at which files of different bytes were written.
    twice: Vec<Box<str>>,
    /// Why a file could not be put where it waits, of the first by path.
    stuck: Option<(Box<str>, Diagnostic)>,
}

impl Clashes {
    /// Takes down that another file of this build has the path.
    pub(super) fn twice(&mut self, path: &str) {
        self.twice.push(path.into());
    }

    /// Takes down that something is in the way of a file.
    pub(super) fn stuck(&mut self, path: &str, why: Diagnostic) {
        if self.stuck.as_ref().is_none_or(|(first, _)| path < &**first) {
            self.stuck = Some((path.into(), why));
        }
    }

    /// Errors where two of the files meet, or one could not be put into the output `named`; `paths` are sorted, and
    /// `maker` says of a path what made its file.
    pub(super) fn refuse<'a>(
        mut self,
        named: &Path,
        paths: impl Iterator<Item = &'a str>,
        maker: &dyn Fn(&str) -> String,
    ) -> Result<(), Diagnostic> {
        let refused = |message, made| {
            fault(codes::OUTPUT_REFUSED, named, message)
                .note(format!("{made}; nothing was changed"))
                .help("give one of them another name; where both are the program’s own, report it")
        };
        let made = |path| format!("`{path}` is {}", maker(path));
        if let Some((file, within)) = first(paths) {
            let message = format!("the site cannot have both a file `{file}` and a folder for `{within}`");
            return Err(refused(message, format!("{}, {}", made(file), made(within))));
        }
        self.twice.sort_unstable();
        if let Some(path) = self.twice.first() {
            return Err(refused(format!("two files of the site want the path `{path}`"), made(path)));
        }
        self.stuck.map_or(Ok(()), |(_, why)| Err(why))
    }
}

/// Whether an error says that there is a folder where a file should be, or the other way round.
pub(super) fn is_in_the_way(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
    matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory)
}

/// The first file, of sorted paths, that has the path of a folder, and the first in that folder.
fn first<'a>(paths: impl Iterator<Item = &'a str>) -> Option<(&'a str, &'a str)> {
    // `a` and `a/b` need not be neighbours, `a-b` is between them; but all that is begins with `a`.
    let mut begun: Vec<&str> = Vec::new();
    for path in paths {
        while begun.last().is_some_and(|last| !path.starts_with(*last)) {
            begun.pop();
        }
        let is_folder = |file: &&&str| path.as_bytes().get(file.len()) == Some(&b'/');
        if let Some(file) = begun.iter().find(is_folder) {
            return Some((file, path));
        }
        begun.push(path);
    }
    None
}

impl Output {
    /// Which of some paths are folders of files that this build made so far.
    pub(in crate::build) fn folders_among<'a>(&self, wanted: &FxHashSet<&'a str>) -> FxHashSet<&'a str> {
        let mut found: FxHashSet<&str> = wanted.iter().copied().filter(|path| self.before.keeps_below(path)).collect();
        if found.len() == wanted.len() {
            return found;
        }
        // Most folders are told from those that are wanted by their length.
        let bit = |path: &str| 1_u128 << path.len().min(127);
        let lengths = wanted.iter().fold(0, |all, path| all | bit(path));
        self.made.each(|path| {
            let mut folder = parent(path);
            while !folder.is_empty() {
                if lengths & bit(folder) != 0 {
                    found.extend(wanted.get(folder));
                }
                folder = parent(folder);
            }
        });
        found
    }

    /// Takes down that a file cannot be put where it waits, to be told when all are known.
    pub(super) fn is_stuck(&self, path: &str, why: Diagnostic) {
        self.clashes.lock().unwrap_or_else(PoisonError::into_inner).stuck(path, why);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Hash, Outputs, Standing, State, Way};
    use super::*;
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Paths with words.
    type Files = &'static [(&'static str, &'static str)];

    /// Files of one build that cannot all be, in each way and over each kind of site: refused alike, and nothing changes.
    #[test]
    fn whatever_meets_is_named_and_the_site_stays() {
        let cases: [(Files, &str, &str); 3] = [
            (
                &[("people", "two"), ("people-list", "x"), ("people/a/index.html", "one")],
                "the site cannot have both a file `people` and a folder for `people/a/index.html`",
                "`people` is made for people, `people/a/index.html` is made for people/a/index.html; nothing was changed",
            ),
            (
                &[("people/a/index.html", "one"), ("people", "old"), ("index.html", "new")],
                "the site cannot have both a file `people` and a folder for `people/a/index.html`",
                "`people` is made for people, `people/a/index.html` is made for people/a/index.html; nothing was changed",
            ),
            (
                &[("a", "one"), ("b", "x"), ("a", "two"), ("b", "x")],
                "two files of the site want the path `a`",
                "`a` is made for a; nothing was changed",
            ),
        ];
        for (files, message, note) in cases {
            for way in [Way::Exchange, Way::Moves] {
                for before in
                    [&[][..], &[("people", "old"), ("a", "one")], &[("people/a/index.html", "one"), ("a", "two")]]
                {
                    let dir = tempfile::tempdir().expect("a folder");
                    let public = dir.path().join("public");
                    let put = |files: &[(&str, &str)], left: Outputs| {
                        let output = Output::open(&public, left, way).expect("open");
                        files.iter().for_each(|(path, words)| assert!(output.write(path, words.as_bytes()).is_ok()));
                        output.publish(&|path| format!("made for {path}"))
                    };
                    let left = if before.is_empty() {
                        Outputs::default()
                    } else {
                        put(before, Outputs::default()).expect("published").2
                    };
                    let refused = put(files, left).expect_err("refused");
                    assert_eq!((refused.code, &*refused.message), (codes::OUTPUT_REFUSED, message));
                    assert_eq!(refused.note.as_deref(), Some(note));
                    for (path, words) in before {
                        assert_eq!(fs::read_to_string(public.join(path)).expect("it stands"), *words);
                    }
                    assert_eq!(public.exists(), !before.is_empty());
                    // Nothing of it is in the way of the next.
                    put(&[("people", "three"), ("a/b", "four")], Outputs::default()).expect("published");
                }
            }
        }
    }

    /// How a file of a build comes.
    type Come = fn(&Output, &Path);

    /// A build that keeps what the last one made refuses what a build from nothing refuses.
    #[test]
    fn two_files_with_one_path_are_refused_whether_one_is_kept_or_not() {
        let keeps: Come = |output, _| assert!(output.keep([("data/a", Hash::of(b"one")), ("a", Hash::of(b"one"))]));
        let copies: Come = |output, from| assert!(output.copy("a", from, Some(Hash::of(b"one"))).is_ok());
        let writes: Come = |output, _| assert!(output.write("a", b"one").is_ok());
        let other: Come = |output, _| assert!(output.write("a", b"two").is_ok());
        for way in [Way::Exchange, Way::Moves] {
            let dir = tempfile::tempdir().expect("a folder");
            let (public, from) = (dir.path().join("public"), dir.path().join("one"));
            fs::write(&from, "one").expect("a file");
            let build = |left: &Outputs, files: &[Come]| {
                let output = Output::open(&public, left.clone(), way).expect("open");
                files.iter().for_each(|come| come(&output, &from));
                output.publish(&|path| format!("made for {path}")).map(|(written, _, left)| (written.changed, left))
            };
            for cold in [[writes, other], [other, writes], [copies, other], [other, copies]] {
                let refused = build(&Outputs::default(), &cold).expect_err("refused");
                assert_eq!(refused.message, "two files of the site want the path `a`");
            }
            let first: Come = |output, _| assert!(output.write("data/a", b"one").is_ok());
            let (_, left) = build(&Outputs::default(), &[first, writes]).expect("published");
            for warm in [[keeps, other], [other, keeps], [copies, other], [other, copies], [writes, other]] {
                let refused = build(&left, &warm).expect_err("refused");
                assert_eq!(refused.message, "two files of the site want the path `a`");
                assert_eq!(fs::read_to_string(public.join("a")).expect("it stands"), "one");
            }
            for same in [[keeps, writes], [writes, keeps], [keeps, copies], [copies, copies]] {
                let (changed, _) = build(&left, &[first, same[0], same[1]]).expect("published");
                assert_eq!(changed, 0);
            }
        }
    }

    /// Nobody is between the look at what there is and the mark.
    #[test]
    fn of_two_threads_with_one_path_the_later_one_is_seen() {
        const PATHS: usize = 300;
        let dir = tempfile::tempdir().expect("a folder");
        let public = dir.path().join("public");
        let paths: Vec<String> = (0..PATHS).map(|n| n.to_string()).collect();
        let first = Output::open(&public, Outputs::default(), Way::Moves).expect("open");
        paths.iter().for_each(|path| assert!(first.write(path, b"one").is_ok()));
        let left = first.publish(&|_| String::new()).expect("published").2;
        for _ in 0..10 {
            let output = Output::open(&public, left.clone(), Way::Moves).expect("open");
            let arrived = AtomicUsize::new(0);
            let comes = |hash: Hash| {
                let standing = |path: &String| match output.standing(path) {
                    Standing::File(stat) => stat,
                    other => panic!("{other:?}"),
                };
                let states: Vec<State> = paths.iter().map(|path| State::Same(standing(path))).collect();
                for ((path, state), both) in paths.iter().zip(states).zip((2..).step_by(2)) {
                    arrived.fetch_add(1, Ordering::SeqCst);
                    while arrived.load(Ordering::SeqCst) < both {
                        std::thread::yield_now();
                    }
                    output.take(path, hash, state);
                }
            };
            std::thread::scope(|scope| {
                scope.spawn(|| comes(Hash::of(b"one")));
                scope.spawn(|| comes(Hash::of(b"two")));
            });
            assert_eq!(output.clashes.lock().expect("whole").twice.len(), PATHS);
        }
    }

    #[test]
    fn folders_are_told_of_what_is_kept_and_of_what_is_new() {
        let dir = tempfile::tempdir().expect("a folder");
        let public = dir.path().join("public");
        let open = |left| Output::open(&public, left, Way::Exchange).expect("open");
        let first = open(Outputs::default());
        for path in ["a/b/c", "a/b-c", "d/e", "f"] {
            first.write(path, b"words").expect("written");
        }
        let wanted: FxHashSet<&str> = ["a", "a/b", "a/b-c", "d", "f", "g", "g/h", "h"].into_iter().collect();
        let folders = |output: &Output| {
            let mut folders: Vec<&str> = output.folders_among(&wanted).into_iter().collect();
            folders.sort_unstable();
            folders
        };
        assert_eq!(folders(&first), ["a", "a/b", "d"]);
        let left = first.publish(&|_| String::new()).expect("published").2;
        let second = open(left);
        assert!(folders(&second).is_empty(), "nothing is made yet");
        second.write("a/b/c", b"words").expect("written");
        second.write("g/h/i", b"words").expect("written");
        assert_eq!(folders(&second), ["a", "a/b", "g", "g/h"]);
        assert!(second.write(".onrecord/x", b"").is_err() && second.write(".onrecord-kept/x", b"").is_err());
    }

    #[test]
    fn a_file_where_a_folder_is_wanted_is_found_wherever_it_sorts() {
        let found = |paths: &[&'static str]| {
            let mut paths = paths.to_vec();
            paths.sort_unstable();
            first(paths.into_iter())
        };
        assert_eq!(found(&[]), None);
        assert_eq!(found(&["a", "a-b", "a.b/c", "aa/a", "b/a", "b/a.b/a"]), None);
        assert_eq!(found(&["a", "a/b"]), Some(("a", "a/b")));
        assert_eq!(found(&["a", "a b/c", "a-b", "a-b.c", "a.html", "a/b/c", "a/d"]), Some(("a", "a/b/c")));
        assert_eq!(found(&["x/a", "x/a!/b", "x/a!/b-c", "x/a/b"]), Some(("x/a", "x/a/b")));
        assert_eq!(found(&["é", "é/b", "e"]), Some(("é", "é/b")));
    }
}
