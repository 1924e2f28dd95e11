//! The list of every file we own in the output folder.

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Its name in the output folder.
pub(super) const NAME: &str = ".onrecord";

/// SHA-256 of a file's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash([u8; 32]);

impl Hash {
    /// Of bytes in memory.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of what a hasher was fed.
    pub(super) fn finish(hasher: Sha256) -> Self {
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Paths (relative to the output folder, `/`) with the hash of what we wrote there.
///
/// As text: one line for each file, hash in hex, two blanks, path, sorted by path, as `sha256sum -c`
/// reads it.
pub(super) type Manifest = BTreeMap<Box<str>, Hash>;

/// Writes the manifest as text.
pub(super) fn text(manifest: &Manifest) -> String {
    let mut out = String::with_capacity(manifest.len() * 110);
    for (path, hash) in manifest {
        let _ = writeln!(out, "{hash}  {path}");
    }
    out
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
        let manifest: Manifest = [("people/index.html", &b"p"[..]), ("index.html", b""), ("two  blanks.html", b"")]
            .into_iter()
            .map(|(path, bytes)| (path.into(), Hash::of(bytes)))
            .collect();
        let text = text(&manifest);
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
