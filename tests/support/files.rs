use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// A path in this project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder, as paths from it with `/`, sorted; none where there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("below the folder");
            below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        })
        .collect()
}

/// Every file below a folder with its bytes.
pub(crate) fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |path: String| {
        let bytes = fs::read(folder.join(&path)).expect("a readable file");
        (path, bytes)
    };
    files_below(folder).into_iter().map(read).collect()
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_tree(from: &Path, to: &Path) {
    copy_each(from, to, |error| panic!("a copy: {error}"));
}

/// Copies a folder that others write to meanwhile; a file that vanishes before its turn is not in the copy.
pub(crate) fn copy_living_tree(from: &Path, to: &Path) {
    copy_each(from, to, |error| assert_eq!(error.kind(), ErrorKind::NotFound, "a copy: {error}"));
}

fn copy_each(from: &Path, to: &Path, failed: impl Fn(Error)) {
    fs::create_dir_all(to).expect("a folder");
    for path in files_below(from) {
        let target = to.join(&path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        if let Err(error) = fs::copy(from.join(&path), target) {
            failed(error);
        }
    }
}
