//! Floor 7: order, threads, disk, clock. No other room below touches them.

mod assets;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod cache;
mod due;
mod feeds;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod find;
mod finished;
mod gate;
mod hash;
mod inputs;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod kept;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod last;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod load;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod lock;
mod memory;
mod onlooker;
mod options;
mod pages;
mod patience;
mod people;
mod pictures;
pub(crate) mod plain;
mod progress;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod publish;
mod published;
mod rulings;
mod search;
mod settings;
mod shelf;
mod sizes;
mod sources;
mod stat;
mod stories;
mod styles;
mod theme;
mod threads;
mod timings;
mod tree;
mod turn;
mod unaided;
mod words;

pub use due::{Agenda, Due, Turn};
pub use finished::Finished;
pub use memory::Memory;
pub use onlooker::Onlooker;
pub use options::BuildOptions;
pub use progress::{Progress, Quiet, Stage};
pub use publish::{Listing, Written};
pub use published::{Failure, Published};
pub use settings::{Lookout, day, lookout, meant};
pub use stories::Story;
pub use timings::{StageTime, Timings};
pub use turn::{PATIENCE, in_turn};
pub use unaided::{Unaided, unaided};

use crate::archive::Archive;
use crate::config::Settings;
use crate::diag::{Code, Diagnostic, codes};
use crate::emit::{self, SiteInput};
use crate::model::QuoteFact;
use crate::{archive, view};
use assets::Assets;
use cache::{Cache, Sheet};
use due::Calm;
use find::Found;
use inputs::Inputs;
use jiff::Timestamp;
use kept::{Answers, Drawn, Kept, Makings};
use last::Last;
use onlooker::{Look, Nobody};
use pages::Press;
use publish::{Output, Way};
use rulings::Rulings;
use sources::Sources;
use std::io;
use std::path::Path;
use stories::Reader;
use threads::Threads;
use timings::Clock;

/// Builds a site and puts it into place.
///
/// Errors where the site itself would be wrong; the output folder is then as it was.
pub fn run(options: &BuildOptions, progress: &dyn Progress) -> Result<Published, Failure> {
    run_beside(options, progress, None, &mut Nobody)
}

/// Builds a site as [`run`] does and shows it to `look` as it is [`finished`](Onlooker::finished).
pub fn run_and_look(
    options: &BuildOptions,
    progress: &dyn Progress,
    look: &mut (dyn FnMut(&Finished<'_>) + Send),
) -> Result<Published, Failure> {
    run_beside(options, progress, None, &mut Look(look))
}

/// Builds a site as [`run`] does, before somebody's eyes; with what the same process remembers of the build before, if
/// it wants to remember this one.
pub fn run_beside(
    options: &BuildOptions,
    progress: &dyn Progress,
    memory: Option<&mut Memory>,
    onlooker: &mut dyn Onlooker,
) -> Result<Published, Failure> {
    let mut diagnostics = Vec::new();
    let threads = options.jobs.map(|jobs| rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build());
    let built = match threads {
        Some(Ok(threads)) => threads.install(|| build(options, progress, memory, onlooker, &mut diagnostics)),
        // Without threads of its own it is done with those that all builds share.
        Some(Err(_)) | None => build(options, progress, memory, onlooker, &mut diagnostics),
    };
    match built {
        Ok(mut published) => {
            diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
            published.diagnostics = diagnostics;
            Ok(published)
        }
        Err(fatal) => {
            diagnostics.extend(fatal);
            diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
            Err(Failure { diagnostics })
        }
    }
}

/// Finds out when the site must be built next. Articles that were read before are recalled.
///
/// Errors where the site could not be built for a fault of its settings or its ledger.
pub fn agenda(options: &BuildOptions, progress: &dyn Progress) -> Result<Agenda, Failure> {
    let failed = |diagnostics| Failure { diagnostics };
    let mut noted = Vec::new();
    let (clock, root) = (Clock::start(), options.root.as_path());
    let (settings, _) = settings::settings(options, &mut noted).map_err(failed)?;
    let cache = Cache::open(root, options.cache, &mut noted).map_err(|diagnostic| failed(vec![diagnostic]))?;
    let content = settings.read.content.as_ref();
    let sources = Sources::new(find::files(root, content).into_value(&mut noted), Vec::new(), content);
    Inputs::open(&cache).recognise(sources.all().flatten());
    progress.begin(Stage::Read, sources.articles.len());
    let rulings = Rulings::read(&sources.rulings, &sources.people, &settings, &mut noted).map_err(failed)?;
    let (authority, _) = people::read(&sources.people, &rulings, &mut noted);
    let now = moment(options, &settings);
    let reader = Reader::new((&settings, &rulings), &authority, options.drafts, now, &clock);
    let (stories, _) = stories::read(&sources, reader, &cache, None, progress, &mut noted);
    if !stories.unmet.is_empty() {
        return Err(failed(stories.unmet));
    }
    Ok(Agenda { now, dues: stories.dues })
}

/// The moment for which a site is built: asked for, set, or the present.
fn moment(options: &BuildOptions, settings: &Settings) -> Option<Timestamp> {
    let given = options.now.or(settings.now);
    given.map(|moment| due::timestamp(moment, &due::zone(settings))).or(options.present)
}

fn build(
    options: &BuildOptions,
    progress: &dyn Progress,
    mut memory: Option<&mut Memory>,
    onlooker: &mut dyn Onlooker,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Published, Vec<Diagnostic>> {
    let one = |diagnostic| vec![diagnostic];
    let clock = Clock::start();
    let (root, out) = (options.root.as_path(), options.out_folder());
    let begin = |stage, items| {
        progress.begin(stage, items);
        clock.begin(stage);
    };

    // First whatever could make the site itself wrong: settings, output folder, templates.
    begin(Stage::Find, 0);
    let (mut settings, site_toml) = settings::settings(options, diagnostics)?;
    let content = &*settings.read.content.clone();
    let folders = [content, "templates", "i18n", "static", cache::FOLDER].map(|name| root.join(name));
    publish::refuse(&out, root, &folders).map_err(one)?;
    let cache = Cache::open(root, options.cache, diagnostics).map_err(one)?;
    publish::refuse_another(&out, root, || cache.outputs()).map_err(one)?;
    let began = cache.now();
    let templates = find::files(root, "templates");
    if !templates.diagnostics.is_empty() {
        // Without one of its own templates the site would be another.
        return Err(templates.diagnostics);
    }
    let i18n = find::files(root, "i18n");
    if !i18n.diagnostics.is_empty() {
        return Err(i18n.diagnostics);
    }
    settings.site.words = words::words(&settings.site.language, &i18n.value, diagnostics)?;
    let found = find::files(root, content);
    let mut left_out = found.diagnostics.len();
    let sources =
        Sources::new(found.into_value(diagnostics), find::files(root, "static").into_value(diagnostics), content);
    diagnostics.extend(sources.unclaimed());
    settings.site.style = sources.statics.iter().any(|file| &*file.path == "static/site.css");
    if settings.site.inline_css && !options.linked_styles {
        settings.site.css = styles::css(&sources.statics).map_err(one)?;
    }
    let files = || sources.all().chain([&*templates.value, &*i18n.value]);
    let inputs = Inputs::open(&cache);
    let recognised = inputs.recognise(files().flatten());
    drop(inputs);
    // With what was noted of files that are not opened.
    let now = moment(options, &settings);
    let how = format!("{settings:?} {site_toml:?} {} {} {diagnostics:?}", options.drafts, now.is_some());
    clock.items(files().flatten().count());
    clock.end(Stage::Find);

    if cache.has(Sheet::Last) && !options.whole {
        begin(Stage::Compare, 0);
        let last = last::key(files(), &how).and_then(|key| Last::open(&cache, key, now));
        let stands = last.and_then(|last| last.stands(&out, cache.outputs(), &cache));
        clock.end(Stage::Compare);
        if let Some(mut published) = stands {
            if !recognised {
                Inputs::save(&cache, files().flatten(), began);
            }
            *diagnostics = std::mem::take(&mut published.diagnostics);
            return Ok(Published { timings: clock.stop(cache.size()), ..published });
        }
        // From here on something else will stand.
        cache.forget(Sheet::Last);
    }
    let engine = theme::engine(&templates.value, &settings.site.words)?;

    let rulings = Rulings::read(&sources.rulings, &sources.people, &settings, diagnostics)?;
    // Templates, words and settings are the site's own: they are not changed, but they are not passed over either.
    diagnostics.extend(rulings.own_words(root, templates.value.iter().chain(&i18n.value)));
    begin(Stage::Pictures, sources.pictures.len());
    let (mut pictures, measured) = pictures::measure(&sources, content, &cache, &clock, progress, diagnostics);
    pictures::withhold(&mut pictures, &sources, &settings.pictures, &rulings);
    clock.items(sources.pictures.len());
    clock.end(Stage::Pictures);

    begin(Stage::Read, sources.articles.len());
    let (authority, people_left_out) = people::read(&sources.people, &rulings, diagnostics);
    let reader = Reader::new((&settings, &rulings), &authority, options.drafts, now, &clock);
    let recollection = memory.as_deref_mut().map(|memory| std::mem::take(&mut memory.recollection));
    // Meanwhile somebody looks how the last build left the site.
    let ((mut stories, facts), output) = rayon::join(
        || stories::read(&sources, reader, &cache, recollection, progress, diagnostics),
        || {
            let before = memory.as_deref_mut().map_or_else(|| cache.outputs(), |memory| memory.outputs(&out, &cache));
            Output::open(&out, before, Way::of(options))
        },
    );
    let output = output.map_err(one)?;
    if !stories.unmet.is_empty() {
        return Err(stories.unmet);
    }
    left_out += stories.left_out + people_left_out;
    clock.items(sources.articles.len());
    clock.end(Stage::Read);

    begin(Stage::Sizes, sources.pictures.len());
    let maker = sizes::Maker { settings: &settings.pictures, cache: &cache, output: &output, clock: &clock };
    let written_of = (&*facts, &authority);
    let as_they_are = sizes::make(&maker, &sources, &measured, &mut pictures, written_of, progress, diagnostics);
    let as_they_are = as_they_are.map_err(one)?;
    drop(measured);
    clock.items(sources.pictures.len());
    clock.end(Stage::Sizes);

    begin(Stage::Join, 0);
    let gone = std::mem::take(&mut stories.gone);
    let joined = match memory.as_deref_mut() {
        Some(memory) => memory.join(facts, gone, &authority, &pictures, &settings.site),
        None => archive::join(facts, gone, &authority, &pictures, &settings.site, &Threads),
    };
    let archive = joined.into_value(diagnostics);
    stories.sort(&archive);
    for id in archive.article_ids().filter(|id| !archive.article(*id).missing.is_empty()) {
        let story = stories.story(id).map_err(one)?;
        diagnostics.extend(archive.article(id).missing_pictures(&story.article, &story.source));
    }
    for id in archive.article_ids() {
        let record = archive.article(id);
        let doubtful = record.credits_in_doubt(&archive);
        if !doubtful.is_empty() {
            let story = stories.story(id).map_err(one)?;
            diagnostics.extend(record.differing_credits(&doubtful, &archive, &story.article, &story.source));
        }
    }
    let keys = view::plan(&archive, &settings);
    clock.items(archive.articles.len());
    clock.end(Stage::Join);

    let press = Press {
        archive: &archive,
        settings: &settings,
        engine: &engine,
        stories: &stories,
        answers: None,
        output: &output,
        clock: &clock,
    };
    // What a failing machine could not read, the ledger perhaps, is missing from these pages: the build will be refused.
    let is_whole = !find::is_stopped(diagnostics) && files().flatten().all(|file| file.failure().is_none());
    // Nor would they have what is published as it is and comes only now.
    let has_lent = memory.as_deref_mut().is_none_or(|memory| memory.has_lent(assets::print(&sources, &as_they_are)));
    if is_whole && has_lent {
        press.first(&keys, onlooker);
    }

    begin(Stage::Compare, 0);
    let ask = || cache.is_kept().then(|| Answers::new(&archive));
    let (answers, drawn) = rayon::join(ask, || Drawn::open(&cache));
    let makings = makings(&archive, &settings, &templates.value, stories.key);
    let kept = answers.as_ref().map(|answers| Kept::new(drawn, makings, answers)).unwrap_or_default();
    clock.end(Stage::Compare);

    begin(Stage::Pages, keys.len());
    let press = Press { answers: answers.as_ref(), ..press };
    let drawn = press.run(&keys, &kept, progress)?;
    let rows = kept.merged(drawn);
    clock.items(keys.len());
    clock.end(Stage::Pages);

    if settings.site.search {
        begin(Stage::Search, archive.articles.len());
        search::Indexer { press, cache: &cache }.run(progress).map_err(one)?;
        clock.end(Stage::Search);
    }

    begin(Stage::Data, 0);
    let pages: Vec<Box<str>> = keys.iter().map(|key| key.path(&archive, &settings.site)).collect();
    let assets = Assets::new(&sources, (&pictures, &as_they_are), (&output, &rulings), diagnostics);
    let copied = assets.addresses();
    let input = SiteInput { archive: &archive, site: &settings.site, pages: &pages, copied: &copied };
    let data = emit::site(&input).into_value(diagnostics);
    let data: Vec<Box<str>> = press.put(data).map_err(one)?.into_iter().map(|(path, _)| path).collect();
    clock.end(Stage::Data);

    begin(Stage::Files, sources.pictures.len() + sources.statics.len());
    // Rows are believed only where the output has what they say, so they may be known before it has.
    let keep_rows = || answers.as_ref().map(|answers| kept::save(&cache, makings, answers, rows));
    let put = || assets.put((&pictures, &data), &output, progress, diagnostics);
    rayon::join(put, keep_rows).0.map_err(one)?;
    clock.end(Stage::Files);

    let failed: Vec<Diagnostic> = files().flatten().filter_map(Found::failure).collect();
    if !failed.is_empty() || find::is_stopped(diagnostics) {
        // Once is enough for each.
        diagnostics.retain(|noted| noted.code != codes::FILE_UNREADABLE || failed.iter().all(|f| f.path != noted.path));
        return Err(failed);
    }

    let unsure = |quote: &&QuoteFact| quote.confidence < settings.site.threshold;
    let quotes = || archive.articles.iter().flat_map(|article| &article.facts.quotes);
    let published = Published {
        reports: archive.articles.len(),
        quotations: quotes().count(),
        unsure: quotes().filter(unsure).count(),
        people: archive.people.len(),
        pages: keys.len(),
        left_out,
        drafts: stories.drafts,
        held: stories.held.len(),
        ..Published::default()
    };
    // What is not looked at again makes room for what publishing needs. Giving memory back takes a while, and nobody has
    // to wait for it.
    let is_seen = memory.is_some() || onlooker.looks_back();
    let (archive, done_with) = if is_seen { (Some(archive), None) } else { (None, Some(archive)) };
    match rayon::current_num_threads() {
        // With one thread, nobody else would do it.
        1 => drop((answers, done_with)),
        _ => rayon::spawn(move || drop((answers, done_with))),
    }

    begin(Stage::Publish, 0);
    let maker = |path: &str| assets::maker(path, &sources, &pictures, &pages);
    let (written, noted, left) = output.publish(&maker).map_err(one)?;
    diagnostics.extend(noted);
    clock.items(written.files);
    clock.end(Stage::Publish);
    if let Some(archive) = &archive {
        let (settings, pictures, stories) = (&settings, &pictures, &stories);
        onlooker.finished(&Finished { root, out: &out, archive, settings, pictures, stories });
    }

    let published = Published { written, ..published };
    if cache.is_kept() {
        begin(Stage::Keep, 0);
        cache.save(Sheet::Outputs, &left);
        Inputs::save(&cache, files().flatten(), began);
        // A file that could not be read this time may be read the next.
        let is_whole = diagnostics.iter().all(|noted| noted.code != codes::FILE_UNREADABLE);
        if let Some(key) = last::key(files(), &how).filter(|_| is_whole) {
            Last::save(&cache, key, &left, &published, Calm::around(&stories.dues, now), diagnostics);
        }
        clock.end(Stage::Keep);
    }
    if let (Some(memory), Some(archive)) = (memory, archive) {
        memory.learn(std::mem::take(&mut stories.recollection), archive, (&out, left));
    }
    Ok(Published { timings: clock.stop(cache.size()), ..published })
}

/// Of what everything is made with.
fn makings(archive: &Archive, settings: &Settings, templates: &[Found], stories: u128) -> Makings {
    let templates: Vec<_> = templates.iter().map(|file| (&file.path, file.hash())).collect();
    let site = view::site(archive, settings);
    Makings {
        site: cache::checksum(format!("{settings:?} {site:?} {stories}").as_bytes()),
        templates: cache::checksum(format!("{templates:?}").as_bytes()),
    }
}

/// A finding about a file or folder as the user named it.
fn fault(code: Code, path: &Path, message: impl Into<String>) -> Diagnostic {
    let path = path.strip_prefix(".").unwrap_or(path);
    let shown = path.to_string_lossy().replace('\\', "/");
    Diagnostic::new(code, if shown.is_empty() { "." } else { &shown }, message)
}

/// The system's reason, without its number.
fn why(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut words = text[..end].to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    words
}
