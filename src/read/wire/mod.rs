//! Plain wire copy, as agencies and newsroom systems paste it.

use super::Reader;
use super::path;
use crate::config::ReadSettings;
use crate::diag::Noted;
use crate::model::{Article, Block, BlockKind, Furniture, Moment, Part, Run, Source};
use crate::text::{FileSpan, TextSpan};

/// Plain wire copy: `.txt` files.
pub struct Wire;

impl Reader for Wire {
    fn reads(&self, path: &str) -> bool {
        path.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
    }

    fn read(&self, source: &Source, settings: &ReadSettings) -> Noted<Option<Article>> {
        let mut text = String::new();
        let (mut blocks, mut runs) = (Vec::new(), Vec::new());
        let mut at = 0;
        for line in source.text.split('\n') {
            let words = line.trim();
            if !words.is_empty() {
                let from = at + line.len() - line.trim_start().len();
                if !text.is_empty() {
                    text.push('\n');
                }
                let span = TextSpan::new(text.len(), text.len() + words.len());
                text.push_str(words);
                runs.push(Run { text: span, file: FileSpan::new(from, from + words.len()) });
                let kind = if blocks.is_empty() { BlockKind::Headline } else { BlockKind::Paragraph };
                blocks.push(Block { kind, span, within: None });
            }
            at += line.len() + 1;
        }
        let headline =
            blocks.first().map_or_else(|| path::path_words(&source.path), |b: &Block| b.span.of(&text).to_owned());
        let section = path::path_section(&source.path, settings).unwrap_or_else(|| settings.section.to_string());
        let n = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
        let article = Article {
            path: source.path.clone(),
            slug: path::path_slug(&source.path).into(),
            furniture: Furniture {
                headline: headline.into(),
                published: path::path_date(&source.path).map(Moment::day),
                section: Some(section.into()),
                ..Furniture::default()
            },
            text: text.into(),
            blocks,
            parts: vec![Part { crosshead: None, id: "".into(), blocks: (0, n) }],
            runs,
            ..Article::default()
        };
        Noted::clean(Some(article))
    }
}
