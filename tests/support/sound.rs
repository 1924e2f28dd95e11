//! What is true of any copy, however hostile. Used by the property tests and by the fuzz targets (`fuzz/`).

use onrecord::annotate::{self, Holders, Lexicon};
use onrecord::config::Settings;
use onrecord::model::{Annotations, Article, Decision, Encoding, Kind, Sidecar, Source, Voice};
use onrecord::read;
use onrecord::text::{FileSpan, TextSpan};

/// Reads text at a path, annotates it, and looks whether all holds together. Nothing where the file is refused.
pub(crate) fn check(path: &str, text: &str) -> Option<(Article, Annotations)> {
    let source = Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
    let settings = Settings::default();
    let article = read::read(&source, &settings.read).value?;
    is_article(&source, &article);
    let annotations =
        annotate::annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate).value;
    is_annotated(&source, &article, &annotations);
    is_shown(&article, &annotations);
    Some((article, annotations))
}

/// Has an editor decide about stretches of an article, whatever they are, and looks whether all still holds together.
/// Each stretch is where it begins and how long it is, in characters, and whose words it is.
pub(crate) fn decided(
    text: &str,
    article: &Article,
    annotations: Annotations,
    stretches: &[(usize, usize, usize)],
) -> Annotations {
    let source = Source { path: article.path.clone(), text: text.into(), encoding: Encoding::Utf8 };
    let letters: Vec<char> = article.text.chars().collect();
    let decision = |(from, len, who): &(usize, usize, usize)| {
        let from = from % letters.len().max(1);
        let exact: String = letters[from..(from + len).min(letters.len())].iter().collect();
        let speaker = match who % 6 {
            0 => None,
            1 => Some(Voice::Nobody),
            2 => Some(Voice::Unnamed),
            3 => Some(Voice::Person("ingrid-marsh".into())),
            4 => Some(Voice::Named("Ola Brandt".into())),
            _ => Some(Voice::Named("Tobias Renn".into())),
        };
        let kind = [None, Some(Kind::Direct), Some(Kind::Partial), Some(Kind::Indirect)][who / 6 % 4];
        let around =
            |from: usize, to: usize| letters.get(from..to).map(|words| words.iter().collect::<String>().into());
        Decision {
            at: FileSpan::at(0),
            speaker_at: Some(FileSpan::at(0)),
            prefix: around(from.saturating_sub(9), from),
            suffix: around(from + len, from + len + 9),
            exact: exact.split('|').filter(|part| part.contains(char::is_alphanumeric)).map(Into::into).collect(),
            speaker,
            kind,
            was: None,
            rule: None,
            note: None,
            by: None,
            date: None,
        }
    };
    let decisions = stretches.iter().map(decision).filter(|decision| !decision.exact.is_empty()).collect();
    let sidecar = Sidecar { path: "content/any.annotations.toml".into(), decisions };
    let decided = annotate::decide(annotations, article, &source, &sidecar, &source).value;
    is_annotated(&source, article, &decided);
    decided
}

/// Decodes and reads the bytes of a file, and looks whether the article is sound.
pub(crate) fn check_bytes(path: &str, bytes: &[u8]) {
    let source = read::decode(path, bytes).value;
    if let Some(article) = read::read(&source, &Settings::default().read).value {
        is_article(&source, &article);
    }
}

/// What [`Article`] promises.
fn is_article(source: &Source, article: &Article) {
    let text = &article.text;
    let mut at = 0;
    for block in &article.blocks {
        let span = block.span.range();
        assert!(text.get(span.clone()).is_some(), "{span:?} of a block is not on character boundaries");
        assert!(at <= span.start, "blocks are sorted and disjoint");
        assert!(text[at..span.start].bytes().all(|b| b == b'\n'), "only line breaks stand between blocks");
        at = span.end;
    }
    assert!(text[at..].bytes().all(|b| b == b'\n'), "no words stand behind the last block");
    let mut last = 0;
    for run in &article.runs {
        assert!(text.get(run.text.range()).is_some(), "{:?} of a run is not on character boundaries", run.text);
        in_file(source, run.file);
        assert!(last <= run.text.start, "runs are sorted");
        last = run.text.end;
    }
    for photo in &article.photos {
        let caption = photo.caption.into_iter().chain(photo.credit.iter().filter_map(|c| c.span));
        caption.for_each(|span| assert!(text.get(span.range()).is_some(), "{span:?} of a caption"));
    }
    let mut open: Vec<u32> = Vec::new();
    for mark in &article.marks {
        assert!(text.get(mark.span.range()).is_some(), "{:?} of a mark is not on character boundaries", mark.span);
        open.retain(|end| *end > mark.span.start);
        assert!(open.iter().all(|end| mark.span.end <= *end), "marks nest");
        open.push(mark.span.end);
    }
}

fn in_file(source: &Source, span: FileSpan) {
    assert!(source.text.get(span.range()).is_some(), "{span:?} of the file is not on character boundaries");
}

/// What [`Annotations`] and the facts made of them promise.
pub(crate) fn is_annotated(source: &Source, article: &Article, annotations: &Annotations) {
    let text = &article.text;
    let whole = |span: TextSpan| {
        assert!(text.get(span.range()).is_some(), "{span:?} is not on character boundaries");
        assert!(!span.is_empty(), "{span:?} is empty");
        in_file(source, article.file_span(span));
    };
    annotations.sentences.iter().for_each(|s| whole(*s));
    assert!(annotations.sentences.windows(2).all(|w| w[0].end <= w[1].start), "sentences are sorted and disjoint");
    let mut open: Vec<u32> = Vec::new();
    for (i, mention) in annotations.mentions.iter().enumerate() {
        whole(mention.span);
        open.retain(|end| *end > mention.span.start);
        assert!(open.iter().all(|end| mention.span.end <= *end), "mentions nest");
        open.push(mention.span.end);
        assert!(i == 0 || annotations.mentions[i - 1].span.start <= mention.span.start, "mentions are sorted");
        if let Some(chain) = mention.chain {
            let mentions = &annotations.chain(chain).mentions;
            assert!(mentions.binary_search_by_key(&i, |m| m.index()).is_ok(), "a chain knows its mentions, sorted");
        }
    }
    for chain in &annotations.chains {
        assert!(!chain.name.is_empty(), "a person has a name");
    }
    let mut last = 0;
    for quote in &annotations.quotes {
        assert!(!quote.parts.is_empty(), "a quote has parts");
        assert!(quote.parts.windows(2).all(|w| w[0].marked.end <= w[1].marked.start), "parts are sorted and disjoint");
        for part in &quote.parts {
            whole(part.words);
            whole(part.marked);
            assert!(part.marked.contains(part.words), "marks stand around the words");
        }
        assert!(last <= quote.parts[0].marked.start, "quotes are sorted");
        last = quote.parts[0].marked.start;
        quote.cue.into_iter().chain(quote.evidence).for_each(whole);
        assert!((0.0..=1.0).contains(&quote.confidence), "confidence is a share");
        if let Some(mention) = quote.mention {
            assert!(mention.index() < annotations.mentions.len());
        }
        if let Some(speaker) = quote.speaker {
            assert!(speaker.index() < annotations.chains.len());
        }
    }
    let mut parts: Vec<TextSpan> = annotations.quotes.iter().flat_map(|q| q.parts.iter().map(|p| p.marked)).collect();
    parts.sort_unstable();
    assert!(parts.windows(2).all(|w| w[0].end <= w[1].start), "no two quotes share words");
    let facts = annotate::facts(article, annotations);
    assert_eq!(facts.quotes.len(), annotations.quotes.iter().filter(|q| q.kind.is_speech()).count());
    for quote in &facts.quotes {
        assert!(quote.context.chars().count() <= 260, "a context is short");
    }
}

/// What is shown is the copy with answers: taken out again, they leave the words as they were.
fn is_shown(article: &Article, annotations: &Annotations) {
    let shown = annotate::show(article, annotations);
    // Copy that looks like answers is read back as answers.
    let looks = |text: &str| {
        ["⟦", "⟧", "[headline] ", "[standfirst] ", "[crosshead] ", "[caption] "].iter().any(|m| text.contains(m))
    };
    if looks(&article.text) {
        return;
    }
    let taken_out = annotate::answered(&shown).expect("brackets come in pairs").article.text;
    // Labels of blocks and of credits stand between.
    let blocks = article.blocks.iter().map(|block| block.span.of(&article.text));
    holds_in_order(&taken_out, blocks);
}

/// Every character of some stretches stands in `whole`, in order; blanks do not count.
pub(crate) fn holds_in_order<'a>(whole: &str, stretches: impl IntoIterator<Item = &'a str>) {
    let mut rest = whole.chars();
    for stretch in stretches {
        for c in stretch.chars().filter(|c| !c.is_whitespace()) {
            assert!(rest.any(|other| other == c), "{c:?} of {stretch:?} is not there");
        }
    }
}
