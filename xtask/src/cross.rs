//! Cross-validation: every article annotated by weights that never saw it.

use crate::data::{Corpus, Item};
use crate::train::{models, train};
use onrecord::annotate::{Holders, Lexicon, annotate_with};
use onrecord::cli::prediction_line;
use onrecord::config::{AnnotateSettings, Statements};
use std::io;

/// The predictions for all articles of the last `first` of `folds` folds by date, one JSON line each.
pub fn predictions(corpus: &Corpus, folds: usize, first: usize) -> io::Result<String> {
    let n = corpus.plain.len();
    let ranges: Vec<_> = (0..folds).rev().take(first).map(|f| f * n / folds..(f + 1) * n / folds).collect();
    let mut out = String::new();
    for range in ranges {
        let kept_out: Vec<&Item> = corpus.plain[range.clone()].iter().collect();
        let models = models(&train(&corpus.without(&range), &kept_out));
        for item in kept_out {
            let settings = AnnotateSettings { statements: Statements::All };
            let found =
                annotate_with(&models, &item.article, &item.source, Lexicon::english(), &Holders::default(), &settings);
            let line = prediction_line(item.id.as_str().into(), &item.source, &item.article, &found.value)?;
            out.push_str(&line);
            out.push('\n');
        }
    }
    Ok(out)
}
