//! Pages that nobody can come to, and pictures that nobody sees.

use super::Check;
use super::ground::{Ground, Target};
use super::html::LinkKind;
use crate::diag::{Diagnostic, codes};
use rustc_hash::FxHashSet;

/// Every page is linked from another, and every picture is used.
pub(super) struct Orphans;

impl Check for Orphans {
    fn site(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        let mut reached: FxHashSet<String> = FxHashSet::default();
        for (from, scan) in &ground.pages {
            for link in scan.links.iter().filter(|link| link.kind == LinkKind::Anchor) {
                if let Target::Here(path, _) = ground.target(from, &link.address)
                    && path != **from
                {
                    reached.insert(path);
                }
            }
        }
        for (path, scan) in &ground.pages {
            // The first page and the page for what is not there are come to otherwise; so are old addresses.
            let apart = matches!(&**path, "index.html" | "404.html") || scan.sends_on;
            if !apart && !reached.contains(&**path) {
                let origin = ground.origin(path).unwrap_or_else(|| path.clone());
                out.push(
                    Diagnostic::new(codes::PAGE_ORPHAN, &origin, format!("no page leads to {path}"))
                        .note("readers come to it only by its address")
                        .help("link to it, or take it out"),
                );
            }
        }
        let archive = ground.site.archive;
        let mut used: FxHashSet<&str> = FxHashSet::default();
        used.extend(archive.photos.iter().filter_map(|photo| Some(&*photo.picture.as_ref()?.path)));
        used.extend(archive.people.iter().filter_map(|person| Some(&*person.portrait.as_ref()?.path)));
        // Files of the same bytes are one photograph.
        let digests: FxHashSet<[u8; 32]> =
            archive.photos.iter().filter_map(|photo| Some(photo.picture.as_ref()?.digest)).collect();
        let content = format!("{}/", ground.site.settings.read.content);
        for picture in ground.site.pictures.iter().filter(|picture| picture.path.starts_with(&content)) {
            if !used.contains(&*picture.path) && !digests.contains(&picture.digest) {
                out.push(
                    Diagnostic::new(
                        codes::PICTURE_UNUSED,
                        &picture.path,
                        "no article and no people file uses this picture",
                    )
                    .note("it is published all the same")
                    .help("name it in an article, or take it out of the folder"),
                );
            }
        }
    }
}
