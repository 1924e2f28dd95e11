//! Whether a folder may be published into at all.

use super::bytes::has;
use super::{Outputs, fault, manifest};
use crate::build::find::{self, Obstacle};
use crate::build::options::PUBLIC;
use crate::diag::{Diagnostic, codes};
use std::path::{Component, Path, PathBuf};

/// The folder of a site in which onrecord keeps what is its own: the cache, previews.
const OWN: &str = ".onrecord";

/// Refuses an output folder that is the site's own, holds it, or lies among the files it is made from.
///
/// `sources` are the folders that are read: content, templates, static. Links are followed first, so
/// that no detour hides where a folder is.
pub(in crate::build) fn refuse(out: &Path, root: &Path, sources: &[PathBuf]) -> Result<(), Diagnostic> {
    if let Some(link) = own_link(out, root) {
        return Err(fault(codes::OUTPUT_REFUSED, &link, "this is a link, and what is ours is not put behind one")
            .note("nothing was changed")
            .help("take the link away, or put the folder itself here"));
    }
    let (real_out, real_root) = (real(out), real(root));
    let says = |message: &str| {
        Err(fault(codes::OUTPUT_REFUSED, out, message)
            .note("nothing was changed")
            .help("choose a folder of its own with `--out`, such as `public`"))
    };
    if holds(&real_out, &real_root) {
        return says("the output folder is the site's own folder, or holds it");
    }
    // Below the site, or the folder itself: builds into other folders would meet it where they work.
    let works = |path: &&Path| path.extension().is_some_and(|ending| ending == "staging") && !holds(path, &real_root);
    if real_out.ancestors().any(|above| works(&above)) {
        return says("the output folder has the name of one that builds work in");
    }
    for source in sources {
        let source = real(source);
        if holds(&source, &real_out) || holds(&real_out, &source) {
            return says("the output folder lies among the files the site is made from");
        }
    }
    if !out.exists() && out.is_symlink() {
        return Err(fault(codes::OUTPUT_REFUSED, out, "the output folder is a link that leads nowhere")
            .note("nothing was changed")
            .help("make the folder that it leads to, or take the link away"));
    }
    if out.exists() && !out.is_dir() {
        return says("the output folder is a file");
    }
    Ok(())
}

/// Refuses the output folder of another site: the `public` that lies beside another `site.toml` than that of `root` and
/// has a manifest, other than the one that this site `left` there.
///
/// A manifest does not say whose it is: `docs/design/publishing.md` tells why.
pub(in crate::build) fn refuse_another(
    out: &Path,
    root: &Path,
    left: impl FnOnce() -> Outputs,
) -> Result<(), Diagnostic> {
    let folder = real(out);
    let Some(site) = folder.parent().filter(|_| folder.ends_with(PUBLIC)) else { return Ok(()) };
    let listing = folder.join(manifest::NAME);
    if site.join("site.toml").is_file()
        && !is_same(site, &real(root))
        && listing.is_file()
        && !left().manifest.is_some_and(|(hash, _)| has(&listing, hash))
    {
        let message = "another site is published here: the one whose `site.toml` lies beside this folder";
        return Err(fault(codes::OUTPUT_REFUSED, out, message).note("nothing was changed").help(
            "choose another folder with `--out`; if this one is to have another site from now on, remove it first",
        ));
    }
    Ok(())
}

/// The link in place of, or on the way to, a folder of the site's that only we use: the preview's, below `.onrecord`.
/// Anywhere else it may be meant so.
fn own_link(out: &Path, root: &Path) -> Option<PathBuf> {
    let below = out.strip_prefix(root).ok().filter(|below| below.starts_with(OWN))?;
    match find::obstacle(root, below) {
        Some(Obstacle::Link(path)) => Some(path),
        _ => None,
    }
}

/// Whether a path is a folder or lies in it, under whatever name: where case means nothing, or where it is mounted a
/// second time, one folder has many.
fn holds(folder: &Path, path: &Path) -> bool {
    path.starts_with(folder) || path.ancestors().any(|above| is_same(above, folder))
}

#[cfg(unix)]
fn is_same(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &Path| std::fs::metadata(path).map(|meta| (meta.dev(), meta.ino())).ok();
    number(a).is_some() && number(a) == number(b)
}

/// By their names: links were followed, and names are given as they are on disk.
#[cfg(not(unix))]
fn is_same(a: &Path, b: &Path) -> bool {
    a == b
}

/// The path with links followed as far as it exists, and `..` and `.` worked out beyond.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut rest = Vec::new();
    let mut known = absolute.as_path();
    loop {
        if let Ok(found) = std::fs::canonicalize(known) {
            return rest.iter().rev().fold(found, |mut path: PathBuf, part: &Component<'_>| {
                match part {
                    Component::ParentDir => drop(path.pop()),
                    Component::CurDir => {}
                    other => path.push(other),
                }
                path
            });
        }
        match (known.parent(), known.components().next_back()) {
            (Some(parent), Some(last)) => {
                rest.push(last);
                known = parent;
            }
            _ => return absolute,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_the_site_is_published_into() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let root = dir.path().join("site");
        let content = root.join("content");
        std::fs::create_dir_all(content.join("2031")).expect("folders");
        let check = |out: &Path, allowed: bool| {
            assert_eq!(refuse(out, &root, std::slice::from_ref(&content)).is_ok(), allowed, "{}", out.display());
        };
        check(&root.join("public"), true);
        check(&root.join("a/b/c"), true);
        check(&dir.path().join("elsewhere"), true);
        check(&root, false);
        check(dir.path(), false);
        check(Path::new("/"), false);
        check(&content, false);
        check(&content.join("2031/out"), false);
        check(&root.join("public/../content"), false);
        check(&root.join("public/../../site"), false);
        check(&root.join("public.staging"), false);
        check(&root.join("public.staging/site"), false);
        std::fs::write(root.join("file"), "").expect("a file");
        check(&root.join("file"), false);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&content, root.join("link")).expect("a link");
            check(&root.join("link"), false);
            check(&root.join("link/new"), false);
            let elsewhere = dir.path().join("elsewhere");
            std::fs::create_dir_all(root.join(OWN)).expect("a folder");
            std::fs::create_dir(&elsewhere).expect("a folder");
            // Names of any bytes, as far as the file system takes them.
            for name in [&b"preview"[..], b"pre\xffview"] {
                let own = root.join(OWN).join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name));
                check(&own, true);
                if std::os::unix::fs::symlink(&elsewhere, &own).is_ok() {
                    check(&own, false);
                    check(&own.join("new"), false);
                } else {
                    assert!(name.contains(&0xff));
                }
            }
        }
    }
}
