//! Who gets which address.

use crate::text::bidi;
use crate::text::digest::{base32, sha256};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Addresses given away, each to one owner.
///
/// The first who asks keeps the address; later ones get it with a suffix made from their own data, so
/// that it stays theirs however the archive grows around them.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    taken: FxHashMap<String, Option<u32>>,
}

/// An address and why it is not the one asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The last part of the address.
    pub slug: String,
    /// Why it is another one than asked for.
    pub clash: Option<Clash>,
}

/// Why an address was not free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    /// That owner has it.
    Owner(u32),
    /// Pages of our own, or a name that some file systems do not allow.
    Reserved,
}

impl Addresses {
    /// Keeps names for pages of our own.
    pub(super) fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| ((*name).to_owned(), None)).collect() }
    }

    /// Keeps one more name for pages of our own, unless it is taken.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.entry(key("", name)).or_insert(None);
    }

    /// Gives `owner` the address `slug` below `folder` (empty, or ending in `/`), or one near it.
    pub(super) fn claim(&mut self, folder: &str, slug: &str, owner: u32, own_data: &str) -> Claim {
        let clash = match self.taken.get(&key(folder, slug)) {
            Some(Some(other)) => Some(Clash::Owner(*other)),
            Some(None) => Some(Clash::Reserved),
            None if is_device(slug) => Some(Clash::Reserved),
            None => None,
        };
        let mut given = slug.to_owned();
        if clash.is_some() {
            // Four characters do in practice; a longer suffix is there for whoever makes them collide.
            for len in 4..=51 {
                given = format!("{slug}-{}", address_suffix(own_data, len));
                if !self.taken.contains_key(&key(folder, &given)) {
                    break;
                }
            }
        }
        self.taken.insert(key(folder, &given), Some(owner));
        Claim { slug: given, clash }
    }
}

/// What is put behind a name that is taken, from the owner's own data: at least four characters.
pub fn address_suffix(own_data: &str, len: usize) -> String {
    base32(&sha256(own_data.as_bytes()), len)
}

fn key(folder: &str, slug: &str) -> String {
    folded_name(&format!("{folder}{slug}"))
}

/// A path as file systems compare it that fold case or the forms of Unicode: two pages whose paths they would take for
/// one are one. To capitals and back, so that `ß` is `ss` as in Unicode's full case folding.
pub fn folded_name(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().collect::<String>().to_uppercase().to_lowercase().nfc().collect()
}

/// Names that Windows keeps for devices, whatever their extension: "Naming Files, Paths, and Namespaces" in its
/// documentation, and the console's two.
pub fn is_device(slug: &str) -> bool {
    let name = slug.split('.').next().unwrap_or_default().trim_end_matches(' ').to_ascii_lowercase();
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let is_number =
        |n: &str| matches!(n, "\u{b9}" | "\u{b2}" | "\u{b3}") || n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit());
    matches!(&*name, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered.is_some_and(is_number)
}

/// Whether a file or folder may be called so on any system.
pub fn is_portable(name: &str) -> bool {
    !is_device(name) && !name.ends_with(['.', ' ']) && !name.contains(is_forbidden)
}

/// What no name may hold on Windows, and what makes a name look like another.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || c.is_control() || bidi::turns(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_keeps_the_address_and_later_ones_a_suffix_of_their_own() {
        let mut addresses = Addresses::reserving(&["people"]);
        let mut check = |slug: &str, owner: u32, expected: &str, clash: Option<Clash>| {
            let claim = addresses.claim("", slug, owner, &format!("data of {owner}"));
            assert_eq!((&*claim.slug, claim.clash), (expected, clash));
        };
        check("harbour", 0, "harbour", None);
        check("Harbour", 1, "Harbour-nvuv", Some(Clash::Owner(0)));
        check("people", 2, "people-432y", Some(Clash::Reserved));
        check("con", 3, "con-3pjh", Some(Clash::Reserved));
        check("com7", 4, "com7-leyk", Some(Clash::Reserved));
        check("comet", 5, "comet", None);
        check("caf\u{e9}", 6, "caf\u{e9}", None);
        assert_eq!(addresses.claim("", "cafe\u{301}", 7, "data").clash, Some(Clash::Owner(6)));
    }

    #[test]
    fn names_are_folded_as_the_strictest_system_folds_them() {
        let check = |one: &str, other: &str| assert_eq!(folded_name(one), folded_name(other), "{one} {other}");
        check("A/b", "a/B");
        check("CAF\u{c9}", "cafe\u{301}");
        check("Stra\u{df}e", "STRASSE");
        check("\u{3a3}\u{3a3}", "\u{3c3}\u{3c2}");
        check("\u{fb01}", "fi");
        check("\u{390}", "\u{3b9}\u{308}\u{301}");
        assert_ne!(folded_name("e"), folded_name("\u{e9}"));
    }

    #[test]
    fn devices_are_known_by_what_stands_before_the_first_dot() {
        for name in ["con", "NUL.tar.gz", "Aux .x", "com1", "LPT\u{b2}.jpg", "CONIN$"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["cone", "com10", "com", "com\u{e9}", "x.con", ""] {
            assert!(!is_device(name), "{name}");
        }
    }
}
