//! The same input gives the same bytes: whatever the machine, whoever builds, in whatever order the files came.

use super::support::{copy_tree, files_below, project, read_tree};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// What no file may tell of the machine.
const TELLTALES: [(&str, &str); 6] = [
    ("USER", "pell-the-builder"),
    ("LOGNAME", "pell-the-builder"),
    ("HOSTNAME", "merrow-mill-machine"),
    ("HOST", "merrow-mill-machine"),
    ("EMAIL", "pell@merrow-mill.example"),
    ("CALDER_SECRET", "lamp-oil-and-tar"),
];

/// A site as somebody has it.
struct Copy {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Copy {
    /// The archive of tests/archives/quay, in a folder of that name.
    fn at(folder: &str) -> Self {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let root = scratch.path().join(folder);
        copy_tree(&project("tests/archives/quay/in"), &root);
        Self { _folder: scratch, root }
    }

    /// Its files written again, the last first, dated as `age` seconds before now for each.
    fn written_backwards(self, age: u64) -> Self {
        let files = files_below(&self.root);
        let bytes: Vec<Vec<u8>> = files.iter().map(|path| fs::read(self.root.join(path)).expect("a file")).collect();
        files.iter().for_each(|path| fs::remove_file(self.root.join(path)).expect("a file less"));
        for (i, (path, bytes)) in files.iter().zip(bytes).enumerate().rev() {
            fs::write(self.root.join(path), bytes).expect("a file");
            let at = SystemTime::now() - Duration::from_secs(age * (i as u64 + 1));
            File::options().write(true).open(self.root.join(path)).expect("a file").set_modified(at).expect("a time");
        }
        self
    }

    /// Builds it, and gives every file that was written.
    fn build(&self, mask: &str, args: &[&str], environment: &[(&str, &Path)]) -> BTreeMap<String, Vec<u8>> {
        let program = env!("CARGO_BIN_EXE_onrecord");
        let mut command = if cfg!(unix) {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("umask {mask} && exec \"$@\""), "sh", program]);
            shell
        } else {
            Command::new(program)
        };
        command.args(["build", "--now", "2032-01-10"]).args(args).current_dir(&self.root).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).envs(TELLTALES).env("HOME", &self.root);
        command.envs(environment.iter().map(|(name, value)| (*name, *value)));
        let said = command.output().expect("a build");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        read_tree(&self.root.join("public"))
    }
}

/// Both are the same, file by file.
fn same(name: &str, one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let differ: Vec<&String> =
        one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).collect();
    assert!(differ.is_empty(), "{name}: {differ:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_machine() {
    let first = Copy::at("a");
    let plain = first.build("022", &[], &[]);
    assert!(plain.len() > 40, "{} files", plain.len());
    let p = Path::new;
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    same("a folder of another name, deep", &plain, &Copy::at("b/some where/c’est là").build("022", &[], &[]));
    same("another umask", &plain, &Copy::at("a").build("077", &[], &[]));
    same("a home elsewhere", &plain, &Copy::at("a").build("022", &[], &[("HOME", p("/nonexistent"))]));
    same("a TMPDIR elsewhere", &plain, &Copy::at("a").build("022", &[], &[("TMPDIR", elsewhere.path())]));
    same("no TMPDIR", &plain, &Copy::at("a").build("022", &[], &[("TMPDIR", p("/nonexistent"))]));
    for (locale, zone) in
        [("tr_TR.UTF-8", "Pacific/Kiritimati"), ("C", "America/St_Johns"), ("ja_JP.eucJP", "nonsense")]
    {
        let environment = [("LC_ALL", p(locale)), ("LANG", p(locale)), ("LANGUAGE", p(locale)), ("TZ", p(zone))];
        same(locale, &plain, &Copy::at("a").build("022", &[], &environment));
    }
    for jobs in ["1", "2", "7"] {
        same("another number of threads", &plain, &Copy::at("a").build("022", &["--jobs", jobs], &[]));
    }
    same(
        "files written in another order, long ago",
        &plain,
        &Copy::at("a").written_backwards(1_000_000).build("022", &[], &[]),
    );
    same("files written on one day", &plain, &Copy::at("a").written_backwards(0).build("022", &[], &[]));
    same("without a cache", &plain, &Copy::at("a").build("022", &["--no-cache"], &[]));
    same("warm", &plain, &first.build("022", &[], &[]));
}

#[test]
fn a_damaged_cache_changes_nothing() {
    let site = Copy::at("a");
    let plain = site.build("022", &[], &[]);
    let cache = site.root.join(".onrecord");
    let files = files_below(&cache);
    assert!(!files.is_empty(), "a build keeps something");
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 5] = [
        ("cut short", |bytes| bytes.truncate(bytes.len() / 2)),
        ("empty", Vec::clear),
        ("a byte in the middle", |bytes| {
            let middle = bytes.len() / 2;
            bytes.iter_mut().skip(middle).take(1).for_each(|byte| *byte ^= 0x40);
        }),
        ("zeros", |bytes| bytes.fill(0)),
        ("too long", |bytes| bytes.extend([0xff; 64])),
    ];
    for (name, damage) in damages {
        for path in files_below(&cache) {
            let mut bytes = fs::read(cache.join(&path)).expect("a file");
            damage(&mut bytes);
            fs::write(cache.join(&path), bytes).expect("a file");
        }
        // Something to do, so that the cache is asked; and back again.
        let report = site.root.join("content/new.md");
        fs::write(&report, "+++\ntitle = \"New\"\ndate = 2031-01-01\n+++\n\nWords.\n").expect("a file");
        site.build("022", &[], &[]);
        fs::remove_file(report).expect("a file less");
        same(name, &plain, &site.build("022", &[], &[]));
    }
}

#[test]
fn nothing_of_the_machine_is_told() {
    let site = Copy::at("a-folder-of-nobody");
    let files = site.build("022", &[], &[]);
    let today = jiff::Zoned::now().date().to_string();
    let names = ["a-folder-of-nobody", &*today].into_iter().chain(TELLTALES.iter().map(|(_, value)| *value));
    for name in names {
        let told = files.iter().find(|(_, bytes)| bytes.windows(name.len()).any(|window| window == name.as_bytes()));
        assert_eq!(told.map(|(path, _)| path), None, "{name} is told");
    }
    if let Ok(host) = fs::read_to_string("/etc/hostname").map(|name| name.trim().to_owned())
        && host.len() > 6
    {
        assert!(!files.values().any(|bytes| String::from_utf8_lossy(bytes).contains(&host)), "the host is told");
    }
}
