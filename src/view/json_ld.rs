//! Structured data for search engines and reference managers (theme specification §11; schema.org).

use super::LinkView;
use super::about::authors;
use super::cast::Cast;
use super::desk::Desk;
use super::rights;
use super::schema::{
    Author, BreadcrumbList, CorrectionComment, Graph, Id, ImageObject, ListItem, NewsArticle, Occupation, Person,
    PersonRef, ProfilePage, Quotation, Role, WebSite, WholeArticle,
};
use crate::archive::{ArticleId, PersonId, PhotoId};
use crate::config::SiteSettings;
use crate::model::{Article, Moment, Office};
use crate::text::json;
use serde::Serialize;

/// Reports listed as a person's; the page itself lists all.
const MOST_REPORTS: usize = 20;

/// A `NewsArticle` with its `Quotation`s, and the trail that leads to it.
pub(super) fn report(desk: &Desk<'_>, id: ArticleId, article: &Article, cast: &Cast<'_>) -> Box<str> {
    let record = desk.archive.article(id);
    let facts = &record.facts;
    let furniture = &article.furniture;
    let here = desk.absolute(&record.address);
    let section = desk.archive.section(record.section);
    let speakers: Vec<Option<PersonRef<'_>>> = cast
        .speakers
        .iter()
        .map(|speaker| match speaker.person {
            Some(id) => Some(person_ref(desk, id)),
            None => speaker.named.then_some(PersonRef { id: None, name: &speaker.chip.name, url: None }),
        })
        .collect();
    let quotations = facts.quotes.iter().enumerate().map(|(i, quote)| {
        let url = [&*here, "#q-", &*quote.id].concat();
        Quotation {
            id: url.clone(),
            url,
            text: unmarked(&quote.text),
            spoken_by_character: speakers.get(cast.place_of(i)).cloned().flatten(),
            is_part_of: Id { id: &here },
        }
    });
    let kind = if furniture.authors.is_empty() { "Organization" } else { "Person" };
    let whole = WholeArticle {
        id: &here,
        main_entity_of_page: &here,
        license: furniture.rights.as_deref().and_then(rights::deed),
        description: facts.standfirst.as_deref(),
        date_modified: facts.updated.or(facts.published).map(|at| desk.iso(at)),
        in_language: furniture.lang.as_deref().unwrap_or(&desk.site.language),
        article_section: &section.name,
        word_count: facts.words,
        keywords: &facts.tags,
        image: record.photos.iter().filter_map(|id| image(desk, *id)).collect(),
        author: authors(article).into_iter().map(|name| Author { kind, name, url: None }).collect(),
        publisher: Author { kind: "Organization", name: &desk.site.title, url: Some(&desk.site.base_url) },
        is_accessible_for_free: true,
        mentions: record.people.iter().map(|id| person_ref(desk, *id)).collect(),
        correction: furniture
            .corrections
            .iter()
            .map(|c| CorrectionComment { text: &c.text, date_published: desk.iso(c.at) })
            .collect(),
        has_part: quotations.collect(),
    };
    let news = NewsArticle {
        headline: &facts.headline,
        url: here.clone(),
        date_published: facts.published.map(|at| desk.iso(at)),
        whole: Some(whole),
    };
    let trail = trail([(&*section.name, Some(desk.absolute(&section.address()))), (&facts.headline, None)]);
    script(&Graph::of((news, trail)))
}

/// A `ProfilePage` about a `Person`, and the trail that leads to it.
pub(super) fn profile(desk: &Desk<'_>, id: PersonId, description: &str) -> Box<str> {
    let person = desk.archive.person(id);
    let here = desk.absolute(&person.address());
    let day = |date| desk.iso(Moment::day(date));
    let role = |office: &Office| Role {
        role_name: desk.office(office),
        has_occupation: Occupation { name: office.title.clone() },
        start_date: office.from.map(day),
        end_date: office.to.map(day),
    };
    let report = |id: &ArticleId| {
        let article = desk.archive.article(*id);
        NewsArticle {
            headline: &article.facts.headline,
            url: desk.absolute(&article.address),
            date_published: article.facts.published.map(|at| desk.iso(at)),
            whole: None,
        }
    };
    let main_entity = Person {
        id: format!("{here}#person"),
        name: &person.name,
        url: &here,
        description,
        job_title: desk.office_on(id, desk.today()),
        image: person.portrait.as_ref().map(|picture| desk.picture_address(picture)),
        alternate_name: person.authority.as_ref().map_or(&[], |a| &a.aliases),
        has_occupation: person.offices().iter().map(role).collect(),
        same_as: person.authority.as_ref().map_or(&[], |a| &a.same_as),
        subject_of: person.articles.iter().take(MOST_REPORTS).map(report).collect(),
    };
    let trail = trail([(desk.words.text("people.title"), Some(desk.absolute("people/"))), (&person.name, None)]);
    script(&Graph::of((ProfilePage { id: &here, url: &here, main_entity }, trail)))
}

/// An `ImageObject`; none where no file is held.
pub(super) fn photo(desk: &Desk<'_>, id: PhotoId, title: &str) -> Option<Box<str>> {
    let page = desk.absolute(&desk.archive.photo(id).address());
    let image = ImageObject { main_entity_of_page: Some(page), ..image(desk, id)? };
    let trail = trail([(desk.words.text("person.photos"), Some(desk.absolute("photos/"))), (title, None)]);
    Some(script(&Graph::of((image, trail))))
}

/// A `WebSite`, for the front page.
pub(super) fn site(desk: &Desk<'_>) -> Box<str> {
    let site = desk.site;
    script(&Graph::of([WebSite {
        name: &site.title,
        description: &site.description,
        url: &site.base_url,
        in_language: &site.language,
    }]))
}

/// The trail alone, for pages that are nothing else; none without one.
pub(super) fn crumbs(site: &SiteSettings, crumbs: &[LinkView]) -> Option<Box<str>> {
    let host = site.base_url.strip_suffix(&*site.root).unwrap_or_default();
    let mut trail = BreadcrumbList { item_list_element: Vec::with_capacity(crumbs.len()) };
    for (step, position) in crumbs.iter().zip(1..) {
        let item = (!step.url.is_empty()).then(|| [host, &step.url].concat().into());
        trail.item_list_element.push(ListItem { position, name: &step.text, item });
    }
    (!crumbs.is_empty()).then(|| script(&Graph::of([trail])))
}

fn person_ref<'a>(desk: &Desk<'a>, id: PersonId) -> PersonRef<'a> {
    let person = desk.archive.person(id);
    let url = desk.absolute(&person.address());
    PersonRef { id: Some([&*url, "#person"].concat()), name: &person.name, url: Some(url) }
}

fn image<'a>(desk: &Desk<'a>, id: PhotoId) -> Option<ImageObject<'a>> {
    let photo = desk.archive.photo(id);
    let picture = photo.picture.as_ref()?;
    let maker = |kind, name: &'a Option<Box<str>>| Some(Author { kind, name: name.as_deref()?, url: None });
    Some(ImageObject {
        content_url: desk.picture_address(picture),
        width: picture.width,
        height: picture.height,
        caption: &photo.facts.caption,
        credit_text: photo.facts.credit.as_deref(),
        copyright_notice: photo.facts.rights.as_deref(),
        creator: maker("Person", &photo.facts.photographer).or_else(|| maker("Organization", &photo.facts.agency)),
        license: match photo.file_facts().and_then(|file| file.licence.as_deref()) {
            Some(address) => Some(address.to_owned()),
            None => photo.facts.rights.as_deref().and_then(rights::deed),
        },
        acquire_license_page: photo.file_facts().and_then(|file| file.licensor.as_deref()),
        main_entity_of_page: None,
    })
}

/// Words and absolute addresses from the top; the page itself stands last, without one.
fn trail<const N: usize>(steps: [(&str, Option<Box<str>>); N]) -> BreadcrumbList<'_> {
    let item = |(i, (name, item))| ListItem { position: i + 1, name, item };
    BreadcrumbList { item_list_element: steps.into_iter().enumerate().map(item).collect() }
}

/// The words of a quotation without the marks at its two ends.
fn unmarked(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '„' | '«' | '»');
    match text.strip_prefix(is_mark) {
        Some(inner) => inner.strip_suffix(is_mark).unwrap_or(inner),
        // A reported quotation that ends in an apostrophe keeps it.
        None => text,
    }
}

/// JSON as the contents of a script element: with no `<`, nothing in it can end the element.
fn script(value: &impl Serialize) -> Box<str> {
    let mut out = String::with_capacity(4096);
    // Serialising these types cannot fail: they hold words, numbers and lists.
    json::to(value, &mut out).map(|()| out.into()).unwrap_or_default()
}
