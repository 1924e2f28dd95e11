//! Chores that users never run: `cargo run -p xtask -- train --data DIR`.

mod data;
mod learn;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run --release -p xtask -- train --data DIR [--out DIR] [--dev N]

  --data DIR   holds articles.jsonl and layers.jsonl (docs/model-card.md tells their form)
  --out DIR    where the weights go; src/annotate/weights unless given
  --dev N      keep the last N articles by date out of training; 84 unless given";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() != Some("train") {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    let (mut data, mut out, mut dev) = (None, PathBuf::from("src/annotate/weights"), 84);
    while let Some(flag) = args.next() {
        match (flag.as_str(), args.next()) {
            ("--data", Some(dir)) => data = Some(PathBuf::from(dir)),
            ("--out", Some(dir)) => out = PathBuf::from(dir),
            ("--dev", Some(n)) if n.parse::<usize>().is_ok() => dev = n.parse().unwrap_or(dev),
            _ => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    let Some(data) = data else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match data::load(&data, dev).and_then(|corpus| train::train(&corpus, &out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
