//! Whatever happens while the preview runs, in the end the pages are those of a clean build.
//!
//! `ONRECORD_HISTORY_STEPS` makes the history longer, `ONRECORD_HISTORY_SEED` another.

use super::Served;
use crate::history::chance::Chance;
use crate::history::edits::Site;
use crate::support::read_tree;
use onrecord::build::{self, BuildOptions, Quiet};
use std::time::{Duration, Instant};

/// Changes made in CI.
const STEPS: usize = 60;

#[test]
fn a_random_history_ends_in_what_a_clean_build_gives() {
    let number = |name: &str, usual: usize| std::env::var(name).ok().map_or(usual, |n| n.parse().expect("a number"));
    let (steps, seed) = (number("ONRECORD_HISTORY_STEPS", STEPS), number("ONRECORD_HISTORY_SEED", 1) as u64);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut site = Site::new(folder.path().join("site"), Chance::new(seed));
    let served = Served::start(&site.root);
    let (clean, preview) = (folder.path().join("clean"), site.root.join(".onrecord/preview"));
    let mut good = 0;
    for step in 0..steps {
        let log: Vec<String> = (0..site.chance.early(4) + 1).map(|_| site.edit()).collect();
        let mut options = BuildOptions::new(&site.root);
        options.out = Some(clean.clone());
        options.cache = false;
        options.base_url = Some(format!("http://{}{}", served.address, build::lookout(&options).root));
        let _ = std::fs::remove_dir_all(&clean);
        if build::run(&options, &Quiet).is_err() {
            continue;
        }
        good += 1;
        let wanted = read_tree(&clean);
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            // While files are moved into place a folder can vanish under the reader.
            let there = std::panic::catch_unwind(|| read_tree(&preview)).unwrap_or_default();
            if there == wanted {
                break;
            }
            let late = Instant::now() > end;
            let differ = || -> Vec<String> {
                let other = |path: &&String| wanted.get(*path) != there.get(*path);
                let said = |path: &String| match (wanted.get(path), there.get(path)) {
                    (Some(_), None) => format!("{path} is missing"),
                    (None, _) => format!("{path} should be gone"),
                    _ => format!("{path} is another"),
                };
                wanted.keys().chain(there.keys()).filter(other).map(said).collect()
            };
            assert!(!late, "seed {seed}, step {step}, after {}: {:#?}", log.join("; "), differ());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    assert!(good * 5 > steps, "too few of these sites can be built: {good} of {steps}");
}
