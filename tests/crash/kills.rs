//! A build that is killed at any moment.

use super::States;
use super::states::{Tally, tell};
use std::time::Instant;

/// Builds that are killed in `cargo test`.
const KILLS: usize = 24;

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_leaves_one_whole_site() {
    let number = |name: &str, usual: usize| std::env::var(name).ok().map_or(usual, |n| n.parse().expect("a number"));
    let (kills, seed) = (number("ONRECORD_KILLS", KILLS), number("ONRECORD_KILLS_SEED", 1) as u64);
    let mut states = States::new(seed);
    let to = states.go();
    let start = Instant::now();
    states.repair(to, "the first");
    let mut long = start.elapsed();
    let mut tally = Tally::default();
    for kill in 0..kills {
        let to = states.go();
        // Half of them over the whole run and a little beyond, half over its end, where files come and go.
        let (from, span) = if states.chance.percent(50) { (0, 110) } else { (60, 50) };
        let wait = states.chance.below(span * 1000).div_euclid(10) + from * 100;
        let wait = long.mul_f64(wait as f64 / 10_000.0);
        // Now and then the second tree, or all that is known, is gone.
        if states.chance.percent(15) {
            let _ = std::fs::remove_dir_all(states.root().join("public.staging"));
        }
        if states.chance.percent(10) {
            let _ = std::fs::remove_dir_all(states.root().join(".onrecord"));
        }
        let start = Instant::now();
        let mut child = states.command(&[], &[]).spawn().expect("onrecord starts");
        std::thread::sleep(wait);
        // One that has ended already is killed no more.
        let _ = child.kill();
        let output = child.wait_with_output().expect("onrecord ends");
        let how = format!("kill {kill}, seed {seed}, after {wait:?}");
        if output.status.success() {
            long = (long * 7 + start.elapsed()) / 8;
        } else {
            assert_eq!(output.status.code(), None, "killed, not failed: {how}: {}", super::states::said(&output));
            tally.stopped += 1;
        }
        tally.old += usize::from(states.look(to, &how));
        states.repair(to, &how);
    }
    tell(&format!(
        "{kills} builds, {} killed; afterwards {} times the old site stood: {tally:?}",
        tally.stopped, tally.old
    ));
    assert!(tally.stopped * 4 > kills, "most were stopped: {tally:?}");
}
