//! The list of every file we own in the output folder.

use crate::build::hash::Hash;

/// Its name in the output folder.
pub(super) const NAME: &str = ".onrecord";

/// Writes the manifest as text, from paths (relative to the output folder, `/`) with the hash of what we wrote there.
///
/// One line for each file, hash in hex, two blanks, path, in the order given, as `sha256sum -c` reads it.
pub(super) fn text<'a>(files: impl IntoIterator<Item = (&'a str, Hash)>) -> String {
    let mut out = String::new();
    for (path, hash) in files {
        hash.push_hex(&mut out);
        out.push_str("  ");
        out.push_str(path);
        out.push('\n');
    }
    out
}

/// Lines by which paths are claimed, whatever will be written there.
pub(super) fn claim(paths: &[&str]) -> String {
    text(paths.iter().map(|path| (*path, Hash::of(b""))))
}

/// The paths a manifest lists, whatever else became of it: a line that cannot be read owns nothing.
pub(super) fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (hash, path) = line.split_once("  ")?;
        let hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        (hash && super::is_inside(path)).then_some(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let files = [("index.html", &b""[..]), ("people/index.html", b"p"), ("two  blanks.html", b"")];
        let text = text(files.map(|(path, bytes)| (path, Hash::of(bytes))));
        assert!(
            text.starts_with("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  index.html\n"),
            "{text}"
        );
        assert_eq!(paths(&text).collect::<Vec<_>>(), ["index.html", "people/index.html", "two  blanks.html"]);
    }

    #[test]
    fn a_damaged_manifest_owns_nothing_outside() {
        let hash = "0".repeat(64);
        let text = format!("{hash}  ../x\n{hash}  /etc/passwd\n{hash}  a/../b\n{hash} one-blank\nx  y\n{hash}  fine\n");
        assert_eq!(paths(&text).collect::<Vec<_>>(), ["fine"]);
    }
}
