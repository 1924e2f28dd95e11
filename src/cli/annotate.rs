use super::say;
use crate::annotate::{self, Holders, Lexicon};
use crate::config::{Settings, Statements};
use crate::diag::{Diagnostic, clean_lines, codes};
use crate::model::{Annotations, Article, Encoding, Kind, Quote, Source};
use crate::read;
use crate::text::TextSpan;
use rayon::prelude::*;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Shows who said what in articles
///
/// The words of each article are printed with what was found written in, as
/// ⟦“Not yet,” = quote, Ingrid Marsh⟧ ⟦she = Ingrid Marsh⟧ ⟦added = cue⟧, and its parts named; or, with
/// --format jsonl, as one line of JSON for each article. Nothing is written to disk.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles; `-` stands for standard input, which with --format jsonl gives {"id", "text"} lines
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The words, with the answers in the text
    Text,
    /// One JSON object a line, offsets in characters of the file's text
    Jsonl,
}

pub(super) fn run(args: Args) -> ExitCode {
    let mut settings = Settings::default();
    if args.format == Format::Jsonl {
        settings.annotate.statements = Statements::All;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut failed = false;
    let is_unreadable = Cell::new(false);
    for file in &args.files {
        let done = match (file.as_os_str() == "-", args.format) {
            (true, Format::Jsonl) => {
                let from = Input { from: io::stdin().lock(), is_unreadable: &is_unreadable };
                prediction_lines(from, &mut out, &settings)
            }
            (stdin, format) => one(file, stdin, format, &mut out, &settings),
        };
        match done {
            Ok(clean) => failed |= !clean,
            // Whoever was reading has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Err(error) if is_unreadable.get() => {
                let message = format!("standard input cannot be read: {error}");
                say::diagnostics(&[Diagnostic::new(codes::FILE_UNREADABLE, "-", message)]);
                return ExitCode::FAILURE;
            }
            Err(_) => return say::unsaid(),
        }
    }
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => say::unsaid(),
        _ if failed => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// Standard input; that it could not be read is taken down, since printing may fail as well.
struct Input<'a, R> {
    from: R,
    is_unreadable: &'a Cell<bool>,
}

impl<R: io::Read> io::Read for Input<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let retried = |error: &io::Error| error.kind() == io::ErrorKind::Interrupted;
        self.from.read(buffer).inspect_err(|error| self.is_unreadable.set(!retried(error)))
    }
}

/// Annotates one file; `false` where it could not be read.
fn one(file: &Path, stdin: bool, format: Format, out: &mut impl Write, settings: &Settings) -> io::Result<bool> {
    let path = file.to_string_lossy().replace('\\', "/");
    let bytes = if stdin { everything(io::stdin().lock()) } else { whole(file) };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("this file cannot be read: {error}");
            let help = "name a file of wire copy or Markdown, or `-` for standard input";
            say::diagnostics(&[Diagnostic::new(codes::FILE_UNREADABLE, &path, message).help(help)]);
            return Ok(false);
        }
    };
    let mut diagnostics = Vec::new();
    let source = read::decode(&path, &bytes).into_value(&mut diagnostics);
    let article = read::read(&source, &settings.read).into_value(&mut diagnostics);
    let clean = article.is_some();
    if let Some(article) = article {
        let annotations =
            annotate::annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate)
                .into_value(&mut diagnostics);
        match format {
            Format::Text => {
                // Read on a terminal, as what is said of the article is.
                out.write_all(clean_lines(&annotate::show(&article, &annotations)).as_bytes())?;
            }
            Format::Jsonl => {
                let prediction = prediction(path.as_str().into(), &source, &article, &annotations);
                serde_json::to_writer(&mut *out, &prediction)?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    // A story looked at by itself stands in no archive: that its place there has no date is no news.
    diagnostics.retain(|d| d.code != codes::DATE_MISSING);
    say::diagnostics(&diagnostics);
    Ok(clean)
}

/// The bytes of a file, as a build reads them: of a pipe or a device there may be no end.
fn whole(file: &Path) -> io::Result<Vec<u8>> {
    let about = std::fs::metadata(file)?;
    let refused = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, why);
    match about.is_file() {
        true if about.len() > LARGEST => Err(refused("it is larger than a gigabyte")),
        true => everything(std::fs::File::open(file)?.take(LARGEST)),
        false if about.is_dir() => Err(refused("it is a folder")),
        false => Err(refused("it is no file, but a pipe, a socket or a device")),
    }
}

/// Bytes of one file, at most.
const LARGEST: u64 = 1 << 30;

/// All bytes of a reader, whatever their encoding.
fn everything(mut from: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes of standard input held at once; lines that have already come in are annotated together.
const BUFFER: usize = 1 << 20;
/// At most so many lines are held.
const BATCH: usize = 256;

/// Reads `{"id", "text"}` lines and writes a prediction for each, in order, as soon as the lines at hand are done.
///
/// What `onrecord annotate --format jsonl -` does. A line that cannot be read is told on standard error and makes the
/// answer `false`; errors are those of reading and writing.
pub fn prediction_lines(from: impl io::Read, out: &mut impl Write, settings: &Settings) -> io::Result<bool> {
    let mut lines = BufReader::with_capacity(BUFFER, from);
    let mut clean = true;
    let mut number = 0;
    loop {
        let mut batch = Vec::new();
        loop {
            let mut line = Vec::new();
            if lines.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            number += 1;
            if !line.trim_ascii().is_empty() {
                batch.push((number, line));
            }
            // Wait for nothing that has not come in yet.
            if batch.len() >= BATCH || memchr::memchr(b'\n', lines.buffer()).is_none() {
                break;
            }
        }
        if batch.is_empty() {
            if lines.fill_buf()?.is_empty() {
                return Ok(clean);
            }
            continue;
        }
        let done: Vec<_> = batch.par_iter().map(|(number, line)| (number, answer(line, settings))).collect();
        for (number, answer) in done {
            if let Some(fault) = answer.fault {
                clean = false;
                let message = format!("line {number}: {fault}");
                say::diagnostics(&[Diagnostic::new(codes::FILE_UNREADABLE, "-", message)]);
            }
            if let Some(line) = answer.line {
                writeln!(out, "{line}")?;
            }
        }
        out.flush()?;
    }
}

/// What a line of input says; its other fields, which may be large, are passed over.
///
/// Of a field given twice the last counts.
#[derive(Default)]
struct Line {
    id: Option<serde_json::Value>,
    text: Option<Text>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Words(String),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Id,
    Text,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Line;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with id and text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Line, A::Error> {
                let mut line = Line::default();
                while let Some(name) = fields.next_key()? {
                    match name {
                        Field::Id => line.id = Some(fields.next_value()?),
                        Field::Text => line.text = Some(fields.next_value()?),
                        Field::Other => drop(fields.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(line)
            }
        }
        from.deserialize_map(Fields)
    }
}

/// What one line of input gives.
struct Answer {
    /// The prediction; an empty one where only the id could be read, none where not even that.
    line: Option<String>,
    /// What is wrong with the line.
    fault: Option<String>,
}

fn answer(line: &[u8], settings: &Settings) -> Answer {
    let faulty = |fault: String, line| Answer { line, fault: Some(fault) };
    let Line { id, text } = match serde_json::from_slice(line) {
        Ok(line) => line,
        Err(error) => return faulty(format!("this is no JSON object with id and text: {error}"), None),
    };
    let Some(id) = id else {
        return faulty("this object has no `id`".to_owned(), None);
    };
    let empty = serde_json::json!({ "id": id, "quotes": [] }).to_string();
    let Some(Text::Words(text)) = text else {
        return faulty("this object has no `text`".to_owned(), Some(empty));
    };
    let name = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let source = Source { path: format!("{name}.txt").into(), text: text.into(), encoding: Encoding::Utf8 };
    let Some(article) = read::read(&source, &settings.read).value else {
        return Answer { line: Some(empty), fault: None };
    };
    let annotations =
        annotate::annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate).value;
    match prediction_line(id, &source, &article, &annotations) {
        Ok(line) => Answer { line: Some(line), fault: None },
        Err(error) => faulty(error.to_string(), Some(empty)),
    }
}

/// One article's line in the form of `--format jsonl`, without a line end; `id` is given back as it is.
pub fn prediction_line(
    id: serde_json::Value,
    source: &Source,
    article: &Article,
    annotations: &Annotations,
) -> serde_json::Result<String> {
    serde_json::to_string(&prediction(id, source, article, annotations))
}

/// One article's line.
#[derive(Serialize)]
struct Prediction<'a> {
    id: serde_json::Value,
    quotes: Vec<PredictedQuote<'a>>,
}

#[derive(Serialize)]
struct PredictedQuote<'a> {
    start: usize,
    end: usize,
    speaker: Option<&'a str>,
    speaker_mention: Option<(usize, usize)>,
    cue: Option<(usize, usize)>,
    kind: &'static str,
    confidence: f32,
}

fn prediction<'a>(
    id: serde_json::Value,
    source: &Source,
    article: &'a Article,
    annotations: &'a Annotations,
) -> Prediction<'a> {
    let places = Places::new(&source.text);
    let at = |span: TextSpan| {
        let span = article.file_span(span);
        (places.chars(span.start as usize), places.chars(span.end as usize))
    };
    let marked: Vec<TextSpan> = annotations
        .quotes
        .iter()
        .filter(|q| q.kind != Kind::Indirect)
        .flat_map(|q| q.parts.iter().map(|p| p.marked))
        .collect();
    let mut quotes = Vec::new();
    // A quotation in a heading counts as one where somebody is given for it.
    let is_speech = |q: &&Quote| q.kind.is_speech() || q.kind == Kind::Headline && q.mention.is_some();
    for quote in annotations.quotes.iter().filter(is_speech) {
        let common = |span: TextSpan, kind| {
            let (start, end) = at(span);
            PredictedQuote {
                start,
                end,
                speaker: quote.speaker.map(|c| &*annotations.chain(c).name),
                speaker_mention: quote.phrase.or(quote.mention.map(|m| annotations.mention(m).span)).map(at),
                cue: quote.cue.map(at),
                kind,
                confidence: quote.confidence,
            }
        };
        if quote.kind != Kind::Indirect {
            quotes.extend(quote.parts.iter().map(|part| common(part.marked, "direct")));
        }
        if let Some(whole) = quote.statement {
            let from = marked.partition_point(|m| m.end <= whole.start);
            let mixed = marked.get(from).is_some_and(|m| m.start < whole.end);
            quotes.push(common(whole, if mixed { "mixed" } else { "indirect" }));
        }
    }
    Prediction { id, quotes }
}

/// Byte offsets to counts of characters, by a mark every so many bytes.
struct Places<'a> {
    text: &'a str,
    marks: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Few enough that a byte can count them.
    const STEP: usize = 128;

    fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 2);
        let mut chars = 0;
        for piece in text.as_bytes().chunks(Self::STEP) {
            marks.push(chars);
            chars += Self::beginning(piece);
        }
        marks.push(chars);
        Self { text, marks }
    }

    /// How many characters begin in at most [`STEP`](Self::STEP) bytes: every byte but a continuing one begins one.
    fn beginning(piece: &[u8]) -> usize {
        usize::from(piece.iter().map(|byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>())
    }

    /// How many characters begin before a byte.
    fn chars(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = byte / Self::STEP;
        let before = self.marks.get(mark).copied().unwrap_or_default();
        before + Self::beginning(&self.text.as_bytes()[mark * Self::STEP..byte])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        let text = "“Ja”, sagte Ingrid über die Fähre. ".repeat(40);
        let places = Places::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(places.chars(byte), n);
        }
        assert_eq!(places.chars(text.len()), text.chars().count());
    }

    #[test]
    fn lines_that_cannot_be_read_are_named_and_answered_where_they_have_an_id() {
        let input = "{\"id\": \"a\", \"text\": \"“No,” said Ingrid Marsh.\", \"other\": 1}\nnot json\n\n{\"id\": 7}\n[1]\n{\"id\":\"b\",\"text\":\"\"}\n{\"id\":null,\"text\":[{}]}\n";
        let mut out = Vec::new();
        let clean = prediction_lines(input.as_bytes(), &mut out, &Settings::default()).expect("memory does not fail");
        assert!(!clean);
        let lines: Vec<serde_json::Value> = out
            .split(|b| *b == b'\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_slice(l).expect("JSON"))
            .collect();
        assert_eq!(
            lines.iter().map(|l| l["id"].clone()).collect::<Vec<_>>(),
            ["a".into(), serde_json::json!(7), "b".into(), serde_json::Value::Null]
        );
        assert_eq!(lines[0]["quotes"][0]["start"], 0);
    }
}
