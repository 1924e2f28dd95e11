//! What pages cost: views, HTML, data; each kind of page on its own.
//!
//! `cargo bench --bench pages`, or `cargo bench --bench pages -- render`. One round makes every page of the
//! kind for the same 300 articles that `just count` builds.

#[path = "../examples/corpus/chance.rs"]
#[allow(dead_code, reason = "the generator of archives, of which articles alone are wanted here")]
mod chance;
#[path = "../examples/corpus/people.rs"]
#[allow(dead_code, reason = "see `chance`")]
mod people;
#[path = "../examples/corpus/story.rs"]
#[allow(dead_code, reason = "see `chance`")]
mod story;
#[path = "../examples/corpus/words.rs"]
mod words;

use chance::Chance;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use onrecord::annotate::{self, Holders, Lexicon};
use onrecord::archive::{self, Archive, Pictures};
use onrecord::config::Settings;
use onrecord::emit::{self, ArticleInput, SiteInput};
use onrecord::model::{Annotations, Article, Authority, Source};
use onrecord::render::{self, Engine, SiteContext};
use onrecord::view::{self, Page, PageKey};
use onrecord::{model, read};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How many articles.
const N: usize = 300;

/// Kinds of pages that are many, or large.
const KINDS: [&str; 9] = ["article", "day", "home", "month", "people", "person", "person_year", "section", "topic"];

fn main() {
    divan::main();
}

/// An archive with everything its pages are made of.
struct Bench {
    settings: Settings,
    archive: Archive,
    /// By `ArticleId`.
    stories: Vec<(Article, Annotations, Source)>,
    keys: Vec<PageKey>,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let settings = Settings::default();
    let (authority, lexicon) = (Authority::default(), Lexicon::english());
    let holders = Holders::new(&authority, lexicon);
    let cast = people::Cast::new(N / 5 + 8, &mut Chance::new(1));
    let mut by_path = HashMap::new();
    let mut facts: Vec<model::Facts> = Vec::new();
    for i in 0..N {
        let story = story::Story::new(i, N, &cast, &mut Chance::new(1_000 + i as u64));
        let (ending, text) = if i % 2 == 0 { ("txt", story.wire()) } else { ("md", story.markdown()) };
        let source = read::decode(&format!("{}.{ending}", story.slug), text.as_bytes()).value;
        let Some(article) = read::read(&source, &settings.read).value else { continue };
        let annotations = annotate::annotate(&article, &source, lexicon, &holders, &settings.annotate).value;
        facts.push(annotate::facts(&article, &annotations));
        by_path.insert(article.path.clone(), (article, annotations, source));
    }
    let archive = archive::join(
        facts.into_iter().map(Into::into).collect(),
        Vec::new(),
        &authority,
        &Pictures::new(&settings.read.content),
        &settings.site,
        &archive::OneByOne,
    )
    .value;
    let stories = archive.articles.iter().filter_map(|record| by_path.remove(&record.facts.path)).collect();
    let keys = view::plan(&archive, &settings);
    Bench { settings, archive, stories, keys }
});

impl Bench {
    /// The pages of a kind.
    fn keys(&self, kind: &str) -> Vec<PageKey> {
        let is = |key: &&PageKey| match key {
            PageKey::Article(_) => kind == "article",
            PageKey::Day(_) => kind == "day",
            PageKey::Home => kind == "home",
            PageKey::Month(_) => kind == "month",
            PageKey::People | PageKey::Letter(_) => kind == "people",
            PageKey::Person(_) => kind == "person",
            PageKey::PersonYear(..) => kind == "person_year",
            PageKey::Section(..) => kind == "section",
            PageKey::Topic(..) => kind == "topic",
            _ => false,
        };
        self.keys.iter().filter(is).copied().collect()
    }

    fn page(&self, key: &PageKey) -> Page {
        let story = key.article().and_then(|id| self.stories.get(id.index()));
        let words = story.map(|(article, annotations, _)| (article, annotations));
        view::page(key, &self.archive, words, &self.settings)
    }
}

#[divan::bench(args = KINDS)]
fn view(bencher: Bencher<'_, '_>, kind: &str) {
    let keys = BENCH.keys(kind);
    bencher.counter(ItemsCount::new(keys.len())).bench(|| keys.iter().map(|key| BENCH.page(key)).for_each(drop));
}

#[divan::bench(args = KINDS)]
fn render(bencher: Bencher<'_, '_>, kind: &str) {
    let engine = Engine::new(&BENCH.settings.site.words, [] as [(String, String); 0])
        .unwrap_or_else(|faults| panic!("{faults:?}"));
    let site = SiteContext::new(&view::site(&BENCH.archive, &BENCH.settings));
    let pages: Vec<Page> = BENCH.keys(kind).iter().map(|key| BENCH.page(key)).collect();
    bencher.counter(ItemsCount::new(pages.len())).bench(|| {
        for page in &pages {
            black_box(render::page(&engine, &site, page)).unwrap_or_else(|fault| panic!("{fault:?}"));
        }
    });
}

#[divan::bench]
fn data_of_articles(bencher: Bencher<'_, '_>) {
    let Bench { archive, stories, settings, .. } = &*BENCH;
    bencher.counter(ItemsCount::new(stories.len())).bench(|| {
        for (id, (article, annotations, source)) in archive.article_ids().zip(stories) {
            let site = &settings.site;
            black_box(emit::article(&ArticleInput { id, article, annotations, source, archive, site }));
        }
    });
}

#[divan::bench]
fn data_of_people(bencher: Bencher<'_, '_>) {
    let Bench { archive, settings, .. } = &*BENCH;
    bencher.counter(ItemsCount::new(archive.people.len())).bench(|| {
        for id in archive.person_ids() {
            black_box(emit::person(id, archive, &settings.site));
        }
    });
}

#[divan::bench]
fn data_of_the_site(bencher: Bencher<'_, '_>) {
    let Bench { archive, settings, keys, .. } = &*BENCH;
    let pages: Vec<Box<str>> = keys.iter().map(|key| key.path(archive, &settings.site)).collect();
    bencher.bench(|| black_box(emit::site(&SiteInput { archive, site: &settings.site, pages: &pages, copied: &[] })));
}
