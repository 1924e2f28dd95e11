//! Copy with its answers written in: `⟦“Not yet,” = quote, Ingrid Marsh⟧ ⟦she = Ingrid Marsh⟧ ⟦added = cue⟧.`

use crate::model::{Annotations, Article, Block, BlockKind, Form, Kind, Mention, Quote, Rule};
use crate::text::TextSpan;
use std::fmt::Write as _;

/// One thing to write into the copy.
struct Answer {
    span: TextSpan,
    label: String,
}

/// Writes an article's copy with its answers: one block a paragraph, what is not body text labelled (`[headline]`).
///
/// Answers are nested where what they mark is; one that would cross another is left out.
pub fn show(article: &Article, annotations: &Annotations) -> String {
    let answers = answers(article, annotations);
    let mut out = String::with_capacity(article.text.len() * 2);
    for block in &article.blocks {
        if block.span.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        if let Some(label) = label(block.kind) {
            let _ = write!(out, "[{label}] ");
        }
        let credit = credit(article, block);
        let words = credit.map_or(block.span, |c| TextSpan::new(block.span.start as usize, c.start as usize));
        weave(article, words, &answers, &mut out);
        if let Some(credit) = credit {
            out.push_str("[credit] ");
            out.push_str(credit.of(&article.text));
        }
        out.push('\n');
    }
    out
}

fn label(kind: BlockKind) -> Option<&'static str> {
    Some(match kind {
        BlockKind::Paragraph => return None,
        BlockKind::Kicker => "kicker",
        BlockKind::Headline => "headline",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Byline => "byline",
        BlockKind::Meta => "meta",
        BlockKind::Alt(_) => "alt",
        BlockKind::Caption(_) => "caption",
        BlockKind::CreditLine => "credit line",
        BlockKind::Crosshead(_) => "crosshead",
        BlockKind::Code => "code",
        BlockKind::Html => "html",
        BlockKind::Rule => "rule",
        BlockKind::Endnote => "endnote",
    })
}

/// What stands in a caption's block behind the caption itself.
fn credit(article: &Article, block: &Block) -> Option<TextSpan> {
    let BlockKind::Caption(photo) = block.kind else { return None };
    let caption = article.photos.get(photo as usize)?.caption?;
    let rest = TextSpan::new(caption.end as usize, block.span.end as usize);
    let text = rest.of(&article.text);
    let skip = text.len() - text.trim_start().len();
    let rest = TextSpan::new(rest.start as usize + skip, rest.end as usize);
    (block.span.contains(caption) && rest.of(&article.text).contains(char::is_alphanumeric)).then_some(rest)
}

/// All answers: sorted by start, longer first, none crossing another.
fn answers(article: &Article, annotations: &Annotations) -> Vec<Answer> {
    let mut out = Vec::new();
    for quote in &annotations.quotes {
        for (i, part) in quote.parts.iter().enumerate() {
            let label = if i == 0 { quote_label(annotations, quote) } else { "more".into() };
            out.push(Answer { span: part.marked, label });
        }
        if let Some(cue) = quote.cue {
            out.push(Answer { span: cue, label: "cue".into() });
        }
    }
    out.extend(
        annotations.mentions.iter().map(|m| Answer { span: m.span, label: mention_label(article, annotations, m) }),
    );
    out.sort_by(|a, b| (a.span.start, b.span.end, &a.label).cmp(&(b.span.start, a.span.end, &b.label)));
    out.dedup_by(|b, a| a.span == b.span && a.label == b.label);
    let mut open: Vec<u32> = Vec::new();
    out.retain(|a| {
        while open.last().is_some_and(|&end| end <= a.span.start) {
            open.pop();
        }
        let nests = open.last().is_none_or(|&end| a.span.end <= end);
        if nests {
            open.push(a.span.end);
        }
        nests
    });
    out
}

fn quote_label(annotations: &Annotations, quote: &Quote) -> String {
    let kind = match quote.kind {
        Kind::Direct => "quote",
        Kind::Partial => "fragment",
        Kind::Indirect => "reported",
        Kind::Headline => "headline quote",
        Kind::Scare => return "scare".into(),
    };
    // Whom an editor leaves without a name is what the rules took them for.
    let rule = match (quote.rule, &quote.checked) {
        (Rule::ByHand, Some(checked)) if checked.found == Rule::Group && quote.mention.is_some() => Rule::Group,
        (Rule::ByHand, _) => Rule::Unnamed,
        (rule, _) => rule,
    };
    let speaker = match (quote.speaker, rule) {
        (Some(chain), _) => &annotations.chain(chain).name,
        (None, Rule::Group) => "a group",
        (None, Rule::Unnamed) => "unnamed",
        (None, _) => "unknown",
    };
    format!("{kind}, {speaker}")
}

/// Empty where the words are the person's whole name.
fn mention_label(article: &Article, annotations: &Annotations, mention: &Mention) -> String {
    match mention.chain {
        Some(chain) => {
            let name = &annotations.chain(chain).name;
            if **name == *mention.span.of(&article.text) { String::new() } else { name.to_string() }
        }
        None if mention.form == Form::Group => "group".into(),
        None => "unnamed".into(),
    }
}

fn weave(article: &Article, span: TextSpan, answers: &[Answer], out: &mut String) {
    let mut at = span.start;
    let mut open: Vec<&Answer> = Vec::new();
    let first = answers.partition_point(|a| a.span.start < span.start);
    let inside = answers[first..].iter().take_while(|a| a.span.start < span.end).filter(|a| a.span.end <= span.end);
    let copy = |from: u32, to: u32, out: &mut String| {
        out.push_str(TextSpan::new(from as usize, to as usize).of(&article.text))
    };
    for answer in inside {
        while let Some(done) = open.pop_if(|o| o.span.end <= answer.span.start) {
            copy(at, done.span.end, out);
            at = done.span.end;
            close(done, out);
        }
        copy(at, answer.span.start, out);
        at = answer.span.start;
        out.push('⟦');
        open.push(answer);
    }
    while let Some(done) = open.pop() {
        copy(at, done.span.end, out);
        at = done.span.end;
        close(done, out);
    }
    copy(at, span.end, out);
}

fn close(answer: &Answer, out: &mut String) {
    if !answer.label.is_empty() {
        out.push_str(" = ");
        out.push_str(&answer.label);
    }
    out.push('⟧');
}
