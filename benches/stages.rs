//! Articles a second, stage by stage: `just bench-stages`, or `cargo bench --bench stages`.
//!
//! The articles are made by the code of `examples/corpus`, of some 750 words each; every run measures the same ones.
//! A stage is given what the stages before it made. One thread; "items" are articles.

#[path = "../examples/corpus/chance.rs"]
#[allow(dead_code, reason = "written for archives, which need more of it")]
mod chance;
#[path = "../examples/corpus/people.rs"]
#[allow(dead_code, reason = "written for archives, which need more of it")]
mod people;
#[path = "../examples/corpus/story.rs"]
#[allow(dead_code, reason = "written for archives, which need more of it")]
mod story;
#[path = "../examples/corpus/words.rs"]
#[allow(dead_code, reason = "written for archives, which need more of it")]
mod words;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use onrecord::annotate::candidates::Candidate;
use onrecord::annotate::model::Models;
use onrecord::annotate::people::People;
use onrecord::annotate::pronouns::pronouns;
use onrecord::annotate::reading::Reading;
use onrecord::annotate::reported::reported;
use onrecord::annotate::resolve::persons;
use onrecord::annotate::speech::{Speech, speech};
use onrecord::annotate::tagger::tag;
use onrecord::annotate::{Holders, Lexicon, annotate, who};
use onrecord::cli::{prediction_line, prediction_lines};
use onrecord::config::{Settings, Statements};
use onrecord::model::{Annotations, Article, Source};
use onrecord::read::{decode, read};
use std::sync::LazyLock;

/// Articles measured together: few enough for a run of seconds, enough for every habit of the generator.
const ARTICLES: usize = 100;
/// Words that an article has at least.
const WORDS: usize = 700;

fn main() {
    divan::main();
}

/// An article, and what each stage makes of it.
struct Seen {
    copy: String,
    source: Source,
    article: &'static Article,
    reading: Reading<'static>,
    people: People,
    candidates: Vec<Candidate>,
    persons: Vec<Option<u32>>,
    speech: Speech,
    annotations: Annotations,
}

static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);
static HOLDERS: LazyLock<Holders> = LazyLock::new(Holders::default);
static SEEN: LazyLock<Vec<Seen>> = LazyLock::new(|| copies().into_iter().map(see).collect());

/// Wire copy of some 750 words: a story, and the paragraphs of further ones behind it.
fn copies() -> Vec<String> {
    let cast = people::Cast::new(ARTICLES / 5 + 8, &mut chance::Chance::new(1));
    let mut stories = (0..)
        .map(|i| story::Story::new(i % ARTICLES, ARTICLES, &cast, &mut chance::Chance::new(1_000 + i as u64)).wire());
    // Kicker, headline, standfirst, byline, agency and time stand before the first paragraph.
    let body = |wire: String| wire.splitn(7, "\n\n").nth(6).map(str::to_owned).unwrap_or_default();
    let mut longer = || {
        let mut copy = stories.next().unwrap_or_default();
        while copy.split_whitespace().count() < WORDS {
            copy.push('\n');
            copy.push_str(&body(stories.next().unwrap_or_default()));
        }
        copy
    };
    (0..ARTICLES).map(|_| longer()).collect()
}

fn see(copy: String) -> Seen {
    let models = Models::embedded();
    let source = decode("content/2031/11/14-calder-tunnel.txt", copy.as_bytes()).value;
    let article: &'static Article = Box::leak(Box::new(read(&source, &SETTINGS.read).value.unwrap_or_default()));
    let mut reading = Reading::new(article, Lexicon::english());
    tag(&mut reading, &models.usual, &models.tags);
    let (people, candidates) = who(&reading, &models.names);
    let pronouns = pronouns(&reading, &people, &candidates, &models.pronouns);
    let persons = persons(&reading, &people, &candidates, &pronouns);
    let speech = speech(&reading, &candidates, &persons, models);
    let annotations = annotate(article, &source, Lexicon::english(), &HOLDERS, &SETTINGS.annotate).value;
    Seen { copy, source, article, reading, people, candidates, persons, speech, annotations }
}

/// Measures a stage over all articles.
fn each<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&Seen) -> T) {
    let seen = &*SEEN;
    bencher.counter(ItemsCount::new(seen.len())).bench_local(|| {
        for article in seen {
            black_box(stage(article));
        }
    });
}

/// Bytes to an article: decoding and the wire reader.
#[divan::bench]
fn a_read(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| {
        let source = decode("content/2031/11/14-calder-tunnel.txt", seen.copy.as_bytes()).value;
        read(&source, &SETTINGS.read)
    });
}

/// Words, sentences and quotation marks.
#[divan::bench]
fn b_words(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| Reading::new(seen.article, Lexicon::english()));
}

/// Parts of speech.
#[divan::bench]
fn c_tag(bencher: Bencher<'_, '_>) {
    let models = Models::embedded();
    let mut readings: Vec<Reading<'_>> =
        SEEN.iter().map(|seen| Reading::new(seen.article, Lexicon::english())).collect();
    bencher.counter(ItemsCount::new(readings.len())).bench_local(|| {
        for reading in &mut readings {
            tag(reading, &models.usual, &models.tags);
        }
    });
}

/// Names, the people behind them, and the phrases that may stand for speakers.
#[divan::bench]
fn d_who(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| who(&seen.reading, &Models::embedded().names));
}

/// Whom pronouns, offices and descriptions stand for.
#[divan::bench]
fn e_pronouns(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| {
        let pronouns = pronouns(&seen.reading, &seen.people, &seen.candidates, &Models::embedded().pronouns);
        persons(&seen.reading, &seen.people, &seen.candidates, &pronouns)
    });
}

/// Which marked words are speech, and whose.
#[divan::bench]
fn f_speech(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| speech(&seen.reading, &seen.candidates, &seen.persons, Models::embedded()));
}

/// Reported speech.
#[divan::bench]
fn g_reported(bencher: Bencher<'_, '_>) {
    let models = Models::embedded();
    each(bencher, |seen| reported(&seen.reading, &seen.candidates, &seen.speech, Statements::All, &models.reported));
}

/// All stages of the annotator, from an article to its annotations.
#[divan::bench]
fn h_annotate(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| annotate(seen.article, &seen.source, Lexicon::english(), &HOLDERS, &SETTINGS.annotate));
}

/// Annotations to a line of JSON.
#[divan::bench]
fn i_line(bencher: Bencher<'_, '_>) {
    each(bencher, |seen| prediction_line("a".into(), &seen.source, seen.article, &seen.annotations));
}

/// What `onrecord annotate --format jsonl -` does on one thread: lines of JSON in, lines of JSON out.
#[divan::bench]
fn j_lines(bencher: Bencher<'_, '_>) {
    let line = |(i, seen): (usize, &Seen)| serde_json::json!({ "id": i, "text": seen.copy }).to_string() + "\n";
    let input: String = SEEN.iter().enumerate().map(line).collect();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    bencher.counter(ItemsCount::new(SEEN.len())).bench_local(|| {
        one.install(|| prediction_lines(input.as_bytes(), &mut Vec::new(), &SETTINGS).expect("memory does not fail"))
    });
}
