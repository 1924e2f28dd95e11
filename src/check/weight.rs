//! What a reader has to load.

use super::Check;
use super::ground::{Ground, Target};
use super::html::LinkKind;
use crate::build::plain;
use crate::diag::{Diagnostic, codes};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::io::Write;
use std::path::Path;

/// No page weighs more, with its styles and scripts and compressed, than the settings allow.
pub(super) struct Weight;

impl Check for Weight {
    fn site(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        let budget = ground.site.settings.check.page_budget * 1_000;
        let beside: FxHashMap<&str, usize> = ground
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".css") || path.ends_with(".js"))
            .map(|(path, disk)| (&**path, compressed(disk, Compression::default())))
            .collect();
        let heavy: Vec<Diagnostic> = ground
            .pages
            .par_iter()
            .filter_map(|(path, scan)| {
                let mut loaded: Vec<String> = scan
                    .links
                    .iter()
                    .filter(|link| link.kind == LinkKind::Weight)
                    .filter_map(|link| match ground.target(path, &link.address) {
                        Target::Here(there, _) => Some(there),
                        _ => None,
                    })
                    .collect();
                loaded.sort_unstable();
                loaded.dedup();
                let extra: usize = loaded.iter().filter_map(|there| beside.get(&**there)).sum();
                let disk = ground.files.get(path)?;
                // Most pages are within the budget however little they are pressed.
                if compressed(disk, Compression::fast()) + extra <= budget {
                    return None;
                }
                let page = compressed(disk, Compression::default());
                (page + extra > budget).then(|| {
                    let origin = ground.origin(path).unwrap_or_else(|| path.clone());
                    let kilobytes = |n: usize| format!("{:.1} kB", n as f64 / 1_000.0);
                    let message = format!(
                        "{path} weighs {} compressed, and the budget is {}",
                        kilobytes(page + extra),
                        kilobytes(budget)
                    );
                    Diagnostic::new(codes::PAGE_HEAVY, &origin, message)
                        .note(format!("{} of it are styles and scripts", kilobytes(extra)))
                        .help("shorten the page, or raise `page_budget` in site.toml")
                })
            })
            .collect();
        out.extend(heavy);
    }
}

/// Bytes of a file as servers send it; 0 where it cannot be read, which has been noted.
fn compressed(file: &Path, level: Compression) -> usize {
    let Ok(bytes) = plain::read(file) else { return 0 };
    let mut encoder = DeflateEncoder::new(Vec::new(), level);
    // Writing to memory cannot fail.
    encoder.write_all(&bytes).and_then(|()| encoder.finish()).map_or(bytes.len(), |pressed| pressed.len())
}
