//! The list of every file we own in the output folder.

use crate::build::hash::{CHUNK, Hash};
use std::io::{self, BufWriter, Write};

/// Its name in the output folder.
pub(super) const NAME: &str = ".onrecord";

/// Writes the manifest, from paths (relative to the output folder, `/`) with the hash of what we wrote there.
///
/// One line for each file, hash in hex, two blanks, path, in the order given, as `sha256sum -c` reads it.
pub(super) fn write<'a>(files: impl Iterator<Item = (&'a str, Hash)>, to: impl Write) -> io::Result<()> {
    let (mut out, mut line) = (BufWriter::with_capacity(CHUNK, to), String::new());
    for (path, hash) in files {
        line.clear();
        hash.push_hex(&mut line);
        line.push_str("  ");
        line.push_str(path);
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

/// Of the manifest of some files.
pub(super) fn hash<'a>(files: impl Iterator<Item = (&'a str, Hash)>) -> Hash {
    Hash::of_written(|hasher| write(files, hasher))
}

/// Writes lines by which paths are claimed, whatever will be written there.
pub(super) fn claim<'a>(paths: impl Iterator<Item = &'a str>, to: impl Write) -> io::Result<()> {
    let nothing = Hash::of(b"");
    write(paths.map(|path| (path, nothing)), to)
}

/// The paths a manifest lists, whatever else became of it: a line that cannot be read owns nothing.
pub(super) fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (hash, path) = line.split_once("  ")?;
        let hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        (hash && super::is_inside(path)).then_some(path)
    })
}

/// The manifest as text.
#[cfg(test)]
pub(super) fn text<'a>(files: impl IntoIterator<Item = (&'a str, Hash)>) -> String {
    let mut text = Vec::new();
    write(files.into_iter(), &mut text).expect("memory");
    String::from_utf8(text).expect("text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let files = [("index.html", &b""[..]), ("people/index.html", b"p"), ("two  blanks.html", b"")];
        let files = files.map(|(path, bytes)| (path, Hash::of(bytes)));
        let text = text(files);
        assert_eq!(hash(files.into_iter()), Hash::of(text.as_bytes()));
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
