//! Where pictures of the content folder are published: where their files lie, but for names that some system cannot
//! tell apart or hold.

use super::address::{address_suffix, folded_name, is_device, is_forbidden, is_portable};
use crate::media::is_picture;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// Bytes that a name may have on any system.
const LONGEST: usize = 255;

/// The addresses of pictures, each `img/` and its path below the content folder; in the order of the paths.
///
/// Of several that are one where names are folded, the first keeps its own: lower case before capitals, then by path.
/// The others get a suffix made from their own paths. So does a name, or a folder's, that Windows does not allow. The
/// order of the paths does not matter.
pub(super) fn addresses(paths: &[&str]) -> Vec<Box<str>> {
    let wanted: Vec<(String, Cow<'_, str>)> = paths
        .iter()
        .map(|path| {
            let allowed = allowed(path);
            (folded_name(&allowed), allowed)
        })
        .collect();
    let folders = folders(&wanted);
    let mut order: Vec<usize> = (0..paths.len()).collect();
    order.sort_unstable_by_key(|at| {
        let (folded, allowed) = &wanted[*at];
        (folded, allowed != paths[*at], folded != allowed, paths[*at])
    });
    let mut given = vec![Box::from(""); paths.len()];
    let mut taken: FxHashSet<Cow<'_, str>> = FxHashSet::default();
    // A suffix never takes the name of another file, so those without one go first.
    let (first, later): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|at| {
        let folded = &wanted[*at].0;
        !folders.contains(folded) && !is_size(folded) && taken.insert(Cow::Borrowed(folded))
    });
    for at in first {
        given[at] = format!("img/{}", wanted[at].1).into();
    }
    for at in later {
        let (folder, name) = wanted[at].1.rsplit_once('/').unwrap_or(("", &wanted[at].1));
        let slash = if folder.is_empty() { "" } else { "/" };
        // Four characters do in practice, as for pages.
        for len in 4..=51 {
            let address = format!("{folder}{slash}{}", suffixed(name, true, &address_suffix(paths[at], len)));
            let folded = folded_name(&address);
            if !folders.contains(&folded) && taken.insert(Cow::Owned(folded)) {
                given[at] = format!("img/{address}").into();
                break;
            }
        }
    }
    given
}

/// Folders that are called like pictures, folded: a file of that name cannot stand beside them.
fn folders(wanted: &[(String, Cow<'_, str>)]) -> FxHashSet<String> {
    let mut folders = FxHashSet::default();
    let mut before = "";
    for folder in wanted.iter().filter_map(|(folded, _)| Some(folded.rsplit_once('/')?.0)) {
        if folder != before {
            let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
            let called = ends.map(|end| &folder[..end]).filter(|folder| is_picture(folder));
            folders.extend(called.map(str::to_owned));
            before = folder;
        }
    }
    folders
}

/// Whether a folded path could be that of [a smaller picture](super::PictureSize): `sizes/k3zq7wmatu5a-800.webp`.
fn is_size(folded: &str) -> bool {
    let digits = |width: &str| !width.is_empty() && width.bytes().all(|b| b.is_ascii_digit());
    let name = folded.strip_prefix("sizes/").and_then(|name| name.rsplit_once('.'));
    name.and_then(|(stem, _)| stem.split_once('-')).is_some_and(|(_, width)| digits(width))
}

/// A path in which every name is one that Windows allows.
fn allowed(path: &str) -> Cow<'_, str> {
    if path.split('/').all(is_portable) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() + 8);
    let mut end = 0;
    for step in path.split('/') {
        let slash = if end == 0 { "" } else { "/" };
        end += slash.len() + step.len();
        out.push_str(slash);
        if is_portable(step) {
            out.push_str(step);
        } else {
            // Of the path up to here, so that what lies in one folder stays together.
            let suffix = address_suffix(&path[..end], 4);
            let plain = step.replace(is_forbidden, "-");
            out.push_str(&suffixed(plain.trim_end_matches(['.', ' ']), end == path.len(), &suffix));
        }
    }
    Cow::Owned(out)
}

/// A name with a suffix: a file's before its extension.
fn suffixed(name: &str, is_file: bool, suffix: &str) -> String {
    let dot = name.rfind('.').filter(|_| is_file).unwrap_or(name.len());
    let (stem, ending) = name.split_at(dot);
    // `con.old-k3zq` would still be a device.
    let stem = if is_device(name) { Cow::Owned(stem.replace('.', "-")) } else { Cow::Borrowed(stem) };
    let room = LONGEST.saturating_sub(1 + suffix.len() + ending.len());
    let kept = stem.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last().unwrap_or(0);
    format!("{}-{suffix}{ending}", &stem[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_names_are_addresses_and_others_get_near_ones() {
        let check = |paths: &[&str], expected: &[&str]| {
            let found = addresses(paths);
            assert_eq!(found.iter().map(|address| &**address).collect::<Vec<_>>(), expected, "{paths:?}");
        };
        check(
            &["2031/11/quay 1.JPG", "B.jpg", "a.png", "e\u{301}.jpg", "sizes/b-c.jpg", "x.svg.jpg"],
            &[
                "img/2031/11/quay 1.JPG",
                "img/B.jpg",
                "img/a.png",
                "img/e\u{301}.jpg",
                "img/sizes/b-c.jpg",
                "img/x.svg.jpg",
            ],
        );
        check(&["A.jpg", "a.jpg"], &["img/A-zcgi.jpg", "img/a.jpg"]);
        check(&["D/z.jpg", "d/z.jpg"], &["img/D/z-eavy.jpg", "img/d/z.jpg"]);
        check(&["\u{df}.jpg", "ss.jpg", "SS.jpg"], &["img/\u{df}-uc4f.jpg", "img/ss.jpg", "img/SS-7rwi.jpg"]);
        check(&["e\u{301}.jpg", "\u{e9}.jpg"], &["img/e\u{301}-crxs.jpg", "img/\u{e9}.jpg"]);
        check(&["CON.jpg", "nul.x.JPG"], &["img/CON-2mzb.jpg", "img/nul-x-lgew.JPG"]);
        check(
            &["AUX/x.jpg", "AUX/y.jpg", "b. /z.jpg"],
            &["img/AUX-dcmo/x.jpg", "img/AUX-dcmo/y.jpg", "img/b-6kzb/z.jpg"],
        );
        check(&["\"><script>.jpg"], &["img/---script--c37z.jpg"]);
        check(&["a.jpg/b.jpg", "A.jpg"], &["img/a.jpg/b.jpg", "img/A-zcgi.jpg"]);
        check(&["sizes/k3zq7wmatu5a-800.webp"], &["img/sizes/k3zq7wmatu5a-800-kxsk.webp"]);
    }

    proptest! {
        #[test]
        fn no_two_are_one_on_any_system_whatever_their_order(
            (paths, shuffled) in proptest::collection::btree_set(
                "([aAsSß.é]|e\u{301}|con|AUX|[ :]|a{250}){1,3}(/([aAß]|nul|a\\.jpg|sizes)){0,2}\\.(jpg|JPG)", 0..12,
            ).prop_flat_map(|paths| {
                let paths: Vec<String> = paths.into_iter().collect();
                (Just(paths.clone()), Just(paths).prop_shuffle())
            })
        ) {
            let given = |paths: &[String]| {
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                let mut given: Vec<(String, Box<str>)> =
                    paths.iter().map(|path| (*path).to_owned()).zip(addresses(&paths)).collect();
                given.sort();
                given
            };
            let given_first = given(&paths);
            prop_assert_eq!(&given_first, &given(&shuffled));
            let mut folded: Vec<String> = given_first.iter().map(|(_, address)| folded_name(address)).collect();
            folded.sort();
            prop_assert!(folded.windows(2).all(|two| two[0] != two[1]), "{:?}", folded);
            for (_, address) in &given_first {
                for step in address.split('/') {
                    prop_assert!(is_portable(step) && !step.is_empty(), "{}", address);
                }
                prop_assert!(address.ends_with(".jpg") || address.ends_with(".JPG"));
            }
        }
    }
}
