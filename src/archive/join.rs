//! From what each article tells to what the archive knows.

use super::address::{Addresses, Clash};
use super::events::{corrections, office_changes};
use super::hands::Hands;
use super::origin::origins;
use super::people::{distinct, people, slugs};
use super::photos::{credits, photos};
use super::section::{sections, topics};
use super::withdrawn::{Gone, withdrawn};
use super::{
    Archive, ArticleId, ArticleRecord, Calendar, Day, OriginId, PersonId, PhotoId, Pictures, Read, SectionId, TopicId,
    decided, doubt, identity, offices, titled,
};
use crate::config::SiteSettings;
use crate::diag::{Diagnostic, Noted, codes};
use crate::model::{Authority, Facts, Moment, QuoteFact};
use crate::text;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Joins the facts of all articles.
///
/// The result is the same for any order of `facts`, of what is `gone` and of the people files; linear in them but for
/// sorting. `hands` do the work. Notes `address-taken` for articles and sections, `person-twice` and `person-unknown`
/// for people files and sidecars and `picture-missing` for their portraits; pictures of articles are in
/// [`ArticleRecord::missing_pictures`].
pub fn join(
    mut facts: Vec<Arc<Facts>>,
    mut gone: Vec<Gone>,
    authority: &Authority,
    pictures: &Pictures,
    site: &SiteSettings,
    hands: &impl Hands,
) -> Noted<Archive> {
    let mut notes = Vec::new();
    facts.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut files = authority.people.clone();
    files.sort_by(|a, b| a.path.cmp(&b.path));

    let mut identities = identity::resolve(&facts, &files, &mut notes);
    let by_title = titled::give(&mut identities, &facts, &files);
    let by_office = offices::give(&mut facts, &mut identities, &files);
    let doubts = std::mem::take(&mut identities.doubts);
    let slugs = slugs(&identities.all, &files, &mut notes);
    decided::give(&mut facts, &mut identities, &slugs, &files, &mut notes);
    gone.sort_by(|a, b| a.path.cmp(&b.path));
    let (mut of_people, mut of_places, mut of_sections) = (Vec::new(), Vec::new(), Vec::new());
    let who_and_what = || {
        let people = people(&facts, identities, slugs, &files, pictures, hands, &mut of_people);
        let photos = photos(&facts, &people.who, pictures);
        (people, photos)
    };
    let places = || {
        let where_and_when = || (addresses(&facts, &gone, &mut of_places), calendar(&facts), quote_slugs(&facts, site));
        hands.both(where_and_when, || (sections(&facts, &mut of_sections), topics(&facts), origins(&facts)))
    };
    let ((people, mut photos), (named, grouped)) = hands.both(who_and_what, places);
    let ((addresses, addresses_gone), calendar, quote_slugs) = named;
    let ((sections, section_of), (topics, topics_of), (origins, origin_of)) = grouped;
    notes.extend(of_people.into_iter().chain(of_places).chain(of_sections));
    let credits = credits(&mut photos.photos);
    let mut quote_slugs = quote_slugs.into_iter();

    let mut archive = Archive {
        office_changes: office_changes(&people.people).into(),
        corrections: corrections(&facts).into(),
        withdrawn: withdrawn(gone, addresses_gone).into(),
        people: people.people.into(),
        photos: photos.photos.into(),
        n_quotes: facts.iter().map(|facts| facts.quotes.len()).sum::<usize>().into(),
        n_unsure: facts.iter().flat_map(|facts| &facts.quotes).filter(|q| q.confidence < site.threshold).count().into(),
        sections: sections.into(),
        topics: topics.into(),
        origins: origins.into(),
        credits: credits.into(),
        calendar: calendar.into(),
        articles: Vec::with_capacity(facts.len()).into(),
    };
    let mut by_title = by_title.into_iter().peekable();
    let bonds = people
        .who
        .into_iter()
        .zip(photos.of)
        .zip(photos.missing)
        .zip(section_of)
        .zip(topics_of.into_iter().zip(origin_of));
    for (at, ((facts, (address, by_office)), ((((who, photos), missing), (section, section_at)), (topics, origin)))) in
        (0..).zip(facts.into_iter().zip(addresses.into_iter().zip(by_office)).zip(bonds))
    {
        let own = |place: &(u32, u32)| place.0 == at;
        let by_title = std::iter::from_fn(|| by_title.next_if(own)).map(|(_, chain)| chain).collect();
        let people = distinct(&who, usize::MAX).into();
        archive.articles.push(ArticleRecord {
            facts,
            address,
            section,
            section_at,
            topics,
            origin,
            quote_slugs: quote_slugs.next().unwrap_or_default(),
            voices: None,
            people,
            photos,
            missing,
            who,
            by_office,
            by_title,
        });
    }
    archive.show_people();
    if site.quotation_pages {
        archive.hear();
    }
    doubt::ask(&archive, doubts, &people.ids, &mut notes);
    archive.watch();
    notes.sort_by(|a, b| a.order().cmp(&b.order()));
    Noted::new(archive, notes)
}

/// Undated articles first, then by day, time of day and path.
fn order(facts: &Facts) -> impl Ord {
    (facts.published.map(|at| (at.date, at.time)), &*facts.path)
}

/// The folder and the name that an article asks for as its address: `2031/11/14/` and `calder-tunnel`.
///
/// Where two ask for the same, the second gets the name with [a suffix](super::address_suffix) of its own.
pub fn wanted_address(slug: &str, headline: &str, published: Option<Moment>) -> (String, String) {
    let folder = published.map_or("undated/".to_owned(), |at| super::day_address(at.date));
    // A file named "14.txt" gives no slug, and its headline may hold no letter.
    let slugs = [slug.to_owned(), text::slug(headline), "report".to_owned()];
    (folder, slugs.into_iter().find(|slug| !slug.is_empty()).unwrap_or_default())
}

/// Gives every article its address, and every withdrawn one.
///
/// Of articles that want the same, the first by path keeps it, withdrawn or not, so that no address moves when an
/// article is withdrawn; notes `address-taken` for the others.
fn addresses(facts: &[Arc<Facts>], gone: &[Gone], notes: &mut Vec<Diagnostic>) -> (Vec<Box<str>>, Vec<Box<str>>) {
    let (of_article, of_gone) = (0..facts.len(), facts.len()..facts.len() + gone.len());
    let path_of = |at: usize| facts.get(at).map_or_else(|| &*gone[at - facts.len()].path, |facts| &*facts.path);
    let mut by_path: Vec<usize> = of_article.chain(of_gone).collect();
    by_path.sort_unstable_by_key(|at| path_of(*at));
    let mut claims = Addresses::default();
    let mut addresses = vec![Box::from(""); by_path.len()];
    for at in by_path {
        let path = path_of(at);
        let (folder, slug) = match facts.get(at).map(|facts| &**facts) {
            Some(Facts { slug, headline, published, .. }) => wanted_address(slug, headline, *published),
            None => gone[at - facts.len()].wanted.clone(),
        };
        let claim = claims.claim(&folder, &slug, at as u32, path);
        let address = format!("{folder}{}/", claim.slug);
        if let Some(Clash::Owner(owner)) = claim.clash {
            let owner = path_of(owner as usize);
            let message = format!("`{path}` and `{owner}` want the same address `{folder}{slug}/`");
            notes.push(
                Diagnostic::new(codes::ADDRESS_TAKEN, path, message)
                    .note(format!("`{owner}` keeps it; this article is at `{address}`"))
                    .help("give one of them a `slug` of its own, or another file name"),
            );
        }
        addresses[at] = address.into();
    }
    let of_gone = addresses.split_off(facts.len());
    (addresses, of_gone)
}

/// Gives every quotation the last part of an address of its own: its id, `uoq6fc-2` where an older one has the same;
/// none where quotations have no pages.
fn quote_slugs(facts: &[Arc<Facts>], site: &SiteSettings) -> Vec<Box<[Box<str>]>> {
    if !site.quotation_pages {
        return Vec::new();
    }
    let mut given: FxHashMap<&str, u32> = FxHashMap::default();
    let mut all = Vec::with_capacity(facts.len());
    for facts in facts {
        let mut own = Vec::with_capacity(facts.quotes.len());
        for QuoteFact { id, .. } in &facts.quotes {
            // A repeat within the article counts like one in another.
            let short = id.split_once('-').map_or(&**id, |(short, _)| short);
            let n = given.entry(short).and_modify(|n| *n += 1).or_insert(1);
            own.push(if *n == 1 { Box::from(short) } else { format!("{short}-{n}").into() });
        }
        all.push(own.into());
    }
    all
}

/// Finds the days; articles are sorted.
fn calendar(facts: &[Arc<Facts>]) -> Calendar {
    let date = |facts: &Facts| facts.published.map(|at| at.date);
    let mut calendar = Calendar::default();
    let mut first = 0;
    for run in facts.chunk_by(|a, b| date(a) == date(b)) {
        match date(&run[0]) {
            Some(date) => calendar.days.push(Day { date, first: ArticleId::new(first), n: run.len() }),
            None => calendar.n_undated = run.len(),
        }
        first += run.len();
    }
    calendar
}

impl Archive {
    /// Says what is taken down when something is looked at; from here on everything is.
    fn watch(&mut self) {
        for (id, person) in self.people.iter_mut().enumerate() {
            person.watch(PersonId::new(id));
        }
        for (id, section) in self.sections.iter_mut().enumerate() {
            section.articles.watch(Read::WholeSection(SectionId::new(id)));
        }
        for (id, topic) in self.topics.iter_mut().enumerate() {
            topic.articles.watch(Read::WholeTopic(TopicId::new(id)));
        }
        for (id, origin) in self.origins.iter_mut().enumerate() {
            origin.articles.watch(Read::WholeOrigin(OriginId::new(id)));
        }
        for group in self.credits.iter_mut() {
            group.photographers.watch(Read::Credits);
        }
        self.articles.watch(Read::Articles);
        self.people.watch(Read::People);
        self.sections.watch(Read::Sections);
        self.topics.watch(Read::Topics);
        self.origins.watch(Read::Origins);
        self.photos.watch(Read::Photos);
        self.credits.watch(Read::Credits);
        self.calendar.watch(Read::Calendar);
        self.office_changes.watch(Read::OfficeChanges);
        self.corrections.watch(Read::Corrections);
        self.withdrawn.watch(Read::Withdrawn);
        self.n_quotes.watch(Read::Counts);
        self.n_unsure.watch(Read::Counts);
    }

    /// Tells people of the photographs that show them, newest first.
    fn show_people(&mut self) {
        let mut shown: Vec<Vec<PhotoId>> = vec![Vec::new(); self.people.len()];
        for (id, photo) in self.photos.iter().enumerate().rev() {
            for person in &photo.shows {
                shown[PersonId::index(*person)].push(PhotoId::new(id));
            }
        }
        for (person, photos) in self.people.iter_mut().zip(shown) {
            person.photos = photos.into();
        }
    }
}
