//! Copy with its answers written in, read: the way back from [`show`](super::show).

use crate::model::{Article, Block, BlockKind, Kind, Photo, Run};
use crate::text::{FileSpan, TextSpan};

/// Copy whose answers have been taken out of the text.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// The copy without its answers, a block a paragraph; the file is the reading text.
    pub article: Article,
    /// The answers, in the order in which they open; nested, never crossing; on character boundaries.
    pub answers: Vec<Answer>,
}

/// One answer: words, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The words, quotation marks included.
    pub span: TextSpan,
    /// What is said of them.
    pub label: Label,
}

/// What an answer says of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// They are someone's: `quote, Ingrid Marsh`, `fragment, a group`, `reported, unnamed`; `scare` is nobody's.
    Quote(Kind, Who),
    /// They go on with the quote that opened last: `more`.
    More,
    /// They report: `cue`.
    Cue,
    /// They point at somebody.
    Mention(Who),
}

/// Whom words point at, or whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person, by the fullest name that the copy has.
    Person(Box<str>),
    /// Somebody without a name.
    Unnamed,
    /// Several people, a body, a document.
    Group,
    /// Nobody is given.
    Unknown,
}

/// Paragraphs that are not body text, by their label.
const LABELS: [(&str, BlockKind); 4] = [
    ("[headline] ", BlockKind::Headline),
    ("[standfirst] ", BlockKind::Standfirst),
    ("[crosshead] ", BlockKind::Crosshead(2)),
    ("[caption] ", BlockKind::Caption(0)),
];

/// Takes the answers out of copy: `⟦she = Ingrid Marsh⟧` becomes `she` and a mention.
///
/// Blank lines part paragraphs; `[headline]`, `[standfirst]`, `[crosshead]` and `[caption]` name those that are not
/// body.
/// A bracket without its partner is an error, told with the words that follow it.
pub fn answered(copy: &str) -> Result<Answered, String> {
    let mut out = Answered::default();
    let mut text = String::with_capacity(copy.len());
    for paragraph in copy.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let labelled = LABELS.iter().find_map(|(label, kind)| Some((paragraph.strip_prefix(label)?, *kind)));
        let (words, mut kind) = labelled.unwrap_or((paragraph, BlockKind::Paragraph));
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        take_out(words, &mut text, &mut out.answers)?;
        let span = TextSpan::new(start, text.len());
        if let BlockKind::Caption(photo) = &mut kind {
            *photo = u32::try_from(out.article.photos.len()).unwrap_or(u32::MAX);
            out.article.photos.push(Photo { caption: Some(span), ..Photo::default() });
        }
        out.article.blocks.push(Block { kind, span, within: None });
    }
    out.answers.sort_by_key(|a| (a.span.start, std::cmp::Reverse(a.span.end)));
    out.article.runs.push(Run { text: TextSpan::new(0, text.len()), file: FileSpan::new(0, text.len()) });
    out.article.text = text.into();
    Ok(out)
}

/// Adds the words of a paragraph to `text`, and its answers.
fn take_out(words: &str, text: &mut String, answers: &mut Vec<Answer>) -> Result<(), String> {
    // Where the words of each open bracket begin. A label holds no bracket: it stands behind the last of them.
    let mut open: Vec<usize> = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        let (before, bracket) = rest.split_at(at);
        rest = &bracket['⟦'.len_utf8()..];
        if bracket.starts_with('⟦') {
            text.push_str(before);
            open.push(text.len());
            continue;
        }
        let Some(start) = open.pop() else { return Err(format!("nothing opens what ends before “{rest}”")) };
        let label = match before.rfind(" = ") {
            Some(equals) => {
                text.push_str(&before[..equals]);
                Some(&before[equals + " = ".len()..])
            }
            None => {
                text.push_str(before);
                None
            }
        };
        let span = TextSpan::new(start, text.len());
        answers.push(Answer { span, label: label.map_or_else(|| person(span.of(text)), Label::of) });
    }
    text.push_str(rest);
    match open.last() {
        Some(&start) => Err(format!("nothing closes “⟦{}”", &text[start..])),
        None => Ok(()),
    }
}

fn person(name: &str) -> Label {
    Label::Mention(Who::Person(name.into()))
}

impl Label {
    fn of(label: &str) -> Label {
        let quote = |kind, who: &str| {
            Label::Quote(
                kind,
                match who {
                    "a group" => Who::Group,
                    "unnamed" => Who::Unnamed,
                    "unknown" => Who::Unknown,
                    name => Who::Person(name.into()),
                },
            )
        };
        match (label, label.split_once(", ")) {
            ("cue", _) => Label::Cue,
            ("more", _) => Label::More,
            ("scare", _) => Label::Quote(Kind::Scare, Who::Unknown),
            ("group", _) => Label::Mention(Who::Group),
            ("unnamed", _) => Label::Mention(Who::Unnamed),
            (_, Some(("quote", who))) => quote(Kind::Direct, who),
            (_, Some(("fragment", who))) => quote(Kind::Partial, who),
            (_, Some(("reported", who))) => quote(Kind::Indirect, who),
            (_, Some(("headline quote", who))) => quote(Kind::Headline, who),
            (name, _) => person(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(copy: &str, expected: &[(&str, Label)]) {
        let read = answered(copy).expect("sound copy");
        let found: Vec<_> = read.answers.iter().map(|a| (a.span.of(&read.article.text), a.label.clone())).collect();
        assert_eq!(found, expected);
    }

    fn named(name: &str) -> Who {
        Who::Person(name.into())
    }

    #[test]
    fn answers_are_read_with_their_words() {
        check(
            "⟦“Not yet,” = quote, Ingrid Marsh⟧ ⟦she = Ingrid Marsh⟧ ⟦added = cue⟧. ⟦“Soon.” = more⟧",
            &[
                ("“Not yet,”", Label::Quote(Kind::Direct, named("Ingrid Marsh"))),
                ("she", Label::Mention(named("Ingrid Marsh"))),
                ("added", Label::Cue),
                ("“Soon.”", Label::More),
            ],
        );
    }

    #[test]
    fn answers_nest() {
        check(
            "⟦⟦His = Tobias Renn⟧ aide = unnamed⟧ saw ⟦Ola ⟦“Dusty” = scare⟧ Brandt⟧",
            &[
                ("His aide", Label::Mention(Who::Unnamed)),
                ("His", Label::Mention(named("Tobias Renn"))),
                ("Ola “Dusty” Brandt", Label::Mention(named("Ola “Dusty” Brandt"))),
                ("“Dusty”", Label::Quote(Kind::Scare, Who::Unknown)),
            ],
        );
    }

    #[test]
    fn paragraphs_are_what_they_are_labelled() {
        let read = answered("[headline] A\n\nB ⟦C⟧\n\n[caption] D").expect("sound copy");
        assert_eq!(&*read.article.text, "A\nB C\nD");
        let kinds: Vec<_> = read.article.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [BlockKind::Headline, BlockKind::Paragraph, BlockKind::Caption(0)]);
    }

    #[test]
    fn a_bracket_without_its_partner_is_an_error() {
        assert!(answered("⟦she = Ingrid Marsh").is_err());
        assert!(answered("she = Ingrid Marsh⟧ said").is_err());
    }
}
