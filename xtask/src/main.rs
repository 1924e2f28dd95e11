//! Chores that users never run: `cargo run -p xtask -- train --data DIR`.

mod copy;
mod cross;
mod data;
mod doubt;
mod learn;
mod train;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run --release -p xtask -- train --data DIR [--out DIR] [--dev N]
       cargo run --release -p xtask -- cross --data DIR --out FILE [--folds N] [--first N]

train learns the weights; cross learns them once for each fold without its articles, and writes
what they say of those articles, one JSON line for each, for a scorer.

  --data DIR   holds articles.jsonl and layers.jsonl (docs/model-card.md tells their form)
  --out DIR    where the weights go; src/annotate/weights unless given
  --out FILE   where the predictions go
  --dev N      keep the last N articles by date out of training; none unless given
  --folds N    folds by date, 5 unless given
  --first N    only so many folds, from the last; all unless given";

/// Copy of our own, learned from together with the data.
const COPY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/copy");

fn main() -> ExitCode {
    let Some(options) = Options::read(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for.
struct Options {
    cross: bool,
    data: PathBuf,
    out: Option<PathBuf>,
    dev: usize,
    folds: usize,
    first: usize,
}

impl Options {
    fn read(mut args: impl Iterator<Item = String>) -> Option<Self> {
        let cross = match args.next()?.as_str() {
            "train" => false,
            "cross" => true,
            _ => return None,
        };
        let mut options = Options { cross, data: PathBuf::new(), out: None, dev: 0, folds: 5, first: usize::MAX };
        while let Some(flag) = args.next() {
            let value = args.next()?;
            match flag.as_str() {
                "--data" => options.data = value.into(),
                "--out" => options.out = Some(value.into()),
                "--dev" => options.dev = value.parse().ok()?,
                "--folds" => options.folds = value.parse().ok().filter(|n| *n > 1)?,
                "--first" => options.first = value.parse().ok()?,
                _ => return None,
            }
        }
        let complete = !options.data.as_os_str().is_empty() && (!cross || options.out.is_some());
        complete.then_some(options)
    }
}

fn run(options: &Options) -> io::Result<()> {
    let corpus = data::load(&options.data, Path::new(COPY))?;
    let n = corpus.plain.len();
    if options.cross {
        let out = options.out.as_deref().unwrap_or(Path::new("predictions.jsonl"));
        return std::fs::write(out, cross::predictions(&corpus, options.folds, options.first)?);
    }
    let kept_out = n.saturating_sub(options.dev)..n;
    let dev: Vec<&data::Item> = corpus.plain[kept_out.clone()].iter().collect();
    let out = options.out.as_deref().unwrap_or(Path::new("src/annotate/weights"));
    for (name, bytes) in train::train(&corpus.without(&kept_out), &dev) {
        std::fs::write(out.join(name), bytes)?;
    }
    Ok(())
}
