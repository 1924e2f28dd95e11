//! Structured data for search engines and reference managers (theme specification §11; schema.org).

use super::about::authors;
use super::cast::Cast;
use super::desk::{Desk, office_words};
use crate::archive::{ArticleId, PersonId, PhotoId};
use crate::model::{Article, Moment};
use serde_json::{Map, Value, json};

/// Reports listed as a person's; the page itself lists all.
const MOST_REPORTS: usize = 20;

/// A `NewsArticle` with its `Quotation`s, and the trail that leads to it.
pub(super) fn report(desk: &Desk<'_>, id: ArticleId, article: &Article, cast: &Cast) -> Box<str> {
    let record = desk.archive.article(id);
    let facts = &record.facts;
    let here = desk.absolute(&record.address);
    let section = desk.archive.section(record.section);
    let person = |id: PersonId| {
        let person = desk.archive.person(id);
        let url = desk.absolute(&person.address());
        json!({"@type": "Person", "@id": format!("{url}#person"), "name": person.name, "url": url})
    };
    let quotations: Vec<Value> = facts
        .quotes
        .iter()
        .enumerate()
        .map(|(i, quote)| {
            let url = format!("{here}#q-{}", quote.id);
            let speaker = cast.of(i);
            let mut value = json!({
                "@type": "Quotation", "@id": url, "url": url, "text": unmarked(&quote.text), "isPartOf": {"@id": here},
            });
            if speaker.named {
                value["spokenByCharacter"] =
                    speaker.person.map_or_else(|| json!({"@type": "Person", "name": speaker.chip.name}), person);
            }
            value
        })
        .collect();
    let by_people = !article.furniture.authors.is_empty();
    let author: Vec<Value> = authors(article)
        .into_iter()
        .map(|name| json!({"@type": if by_people { "Person" } else { "Organization" }, "name": name}))
        .collect();
    let corrections: Vec<Value> = article
        .furniture
        .corrections
        .iter()
        .map(|(at, text)| json!({"@type": "CorrectionComment", "text": text, "datePublished": desk.iso(*at)}))
        .collect();
    let iso = |at: Moment| Value::from(desk.iso(at));
    let news = Fields::of("NewsArticle")
        .with("@id", here.to_string())
        .with("url", here.to_string())
        .with("mainEntityOfPage", here.to_string())
        .with("headline", facts.headline.to_string())
        .some("description", facts.standfirst.as_deref().map(Value::from))
        .some("datePublished", facts.published.map(iso))
        .some("dateModified", facts.updated.or(facts.published).map(iso))
        .with("inLanguage", article.furniture.lang.as_deref().unwrap_or(&desk.site.language).to_owned())
        .with("articleSection", section.name.to_string())
        .with("wordCount", facts.words)
        .many("keywords", facts.tags.iter().map(|tag| Value::from(&**tag)).collect())
        .many("image", record.photos.iter().filter_map(|id| image(desk, *id)).collect())
        .many("author", author)
        .with("publisher", publisher(desk))
        .with("isAccessibleForFree", true)
        .many("mentions", record.people.iter().map(|id| person(*id)).collect())
        .many("correction", corrections)
        .many("hasPart", quotations);
    let trail = trail(&[(&section.name, Some(desk.absolute(&section.address()))), (&facts.headline, None)]);
    script(&json!({"@context": "https://schema.org", "@graph": [news.0, trail]}))
}

/// A `ProfilePage` about a `Person`, and the trail that leads to it.
pub(super) fn profile(desk: &Desk<'_>, id: PersonId, description: &str) -> Box<str> {
    let person = desk.archive.person(id);
    let here = desk.absolute(&person.address());
    let is_now = |office: &&crate::model::Office| desk.today().is_some_and(|day| office.held_on(day));
    let occupations: Vec<Value> = person
        .offices()
        .iter()
        .map(|office| {
            let day = |date| Value::from(desk.iso(Moment::day(date)));
            let role = Fields::of("Role")
                .with("roleName", office_words(office).to_string())
                .some("startDate", office.from.map(day))
                .some("endDate", office.to.map(day));
            Value::from(role.0)
        })
        .collect();
    let aliases = person.authority.iter().flat_map(|a| &a.aliases).map(|alias| Value::from(&**alias)).collect();
    let same_as = person.authority.iter().flat_map(|a| &a.same_as).map(|url| Value::from(&**url)).collect();
    let reports = person.articles.iter().take(MOST_REPORTS).map(|id| {
        let article = desk.archive.article(*id);
        let report = Fields::of("NewsArticle")
            .with("headline", article.facts.headline.to_string())
            .with("url", desk.absolute(&article.address).to_string())
            .some("datePublished", article.facts.published.map(|at| Value::from(desk.iso(at))));
        Value::from(report.0)
    });
    let entity = Fields::of("Person")
        .with("@id", format!("{here}#person"))
        .with("name", person.name.to_string())
        .with("url", here.to_string())
        .with("description", description.to_owned())
        .some("jobTitle", person.offices().iter().find(is_now).map(|o| Value::from(&*office_words(o))))
        .some("image", person.portrait.as_ref().map(|p| Value::from(&*desk.picture_address(p))))
        .many("alternateName", aliases)
        .many("hasOccupation", occupations)
        .many("sameAs", same_as)
        .many("subjectOf", reports.collect());
    let page = Fields::of("ProfilePage")
        .with("@id", here.to_string())
        .with("url", here.to_string())
        .with("mainEntity", entity.0);
    let trail = trail(&[("People", Some(desk.absolute("people/"))), (&person.name, None)]);
    script(&json!({"@context": "https://schema.org", "@graph": [page.0, trail]}))
}

/// An `ImageObject`; none where no file is held.
pub(super) fn photo(desk: &Desk<'_>, id: PhotoId) -> Option<Box<str>> {
    let mut object = image(desk, id)?;
    object["@context"] = "https://schema.org".into();
    object["mainEntityOfPage"] = Value::from(&*desk.absolute(&desk.archive.photo(id).address()));
    Some(script(&object))
}

/// A `WebSite`, for the front page.
pub(super) fn site(desk: &Desk<'_>) -> Box<str> {
    let site = Fields::of("WebSite")
        .with("@context", "https://schema.org")
        .with("name", desk.site.title.to_string())
        .with("description", desk.site.description.to_string())
        .with("url", desk.site.base_url.to_string())
        .with("inLanguage", desk.site.language.to_string());
    script(&Value::from(site.0))
}

fn image(desk: &Desk<'_>, id: PhotoId) -> Option<Value> {
    let photo = desk.archive.photo(id);
    let picture = photo.picture.as_ref()?;
    let text = |field: &Option<Box<str>>| field.as_deref().map(Value::from);
    let image = Fields::of("ImageObject")
        .with("contentUrl", desk.picture_address(picture).to_string())
        .with("width", picture.width)
        .with("height", picture.height)
        .some("caption", Some(Value::from(&*photo.facts.caption)).filter(|c| c.as_str() != Some("")))
        .some("creditText", text(&photo.facts.credit))
        .some("copyrightNotice", text(&photo.facts.rights));
    Some(image.0.into())
}

fn publisher(desk: &Desk<'_>) -> Value {
    json!({"@type": "Organization", "name": desk.site.title, "url": desk.site.base_url})
}

/// A `BreadcrumbList`: words and absolute addresses, the page itself last without one.
fn trail(steps: &[(&str, Option<Box<str>>)]) -> Value {
    let item = |(i, (name, url)): (usize, &(&str, Option<Box<str>>))| {
        let item = Fields::of("ListItem")
            .with("position", i + 1)
            .with("name", (*name).to_owned())
            .some("item", url.as_deref().map(Value::from));
        Value::from(item.0)
    };
    let items: Vec<Value> = steps.iter().enumerate().map(item).collect();
    json!({"@type": "BreadcrumbList", "itemListElement": items})
}

/// The words of a quotation without the marks at its two ends.
fn unmarked(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '„' | '«' | '»');
    let inner = text.strip_prefix(is_mark).unwrap_or(text);
    // A reported quotation that ends in an apostrophe keeps it.
    if inner.len() < text.len() { inner.strip_suffix(is_mark).unwrap_or(inner) } else { text }
}

/// JSON as the contents of a script element: with no `<`, nothing in it can end the element.
fn script(value: &Value) -> Box<str> {
    value.to_string().replace('<', "\\u003c").into()
}

/// An object of schema.org under construction.
struct Fields(Map<String, Value>);

impl Fields {
    fn of(kind: &str) -> Self {
        Self(Map::from_iter([("@type".to_owned(), kind.into())]))
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn some(self, key: &str, value: Option<Value>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    fn many(self, key: &str, values: Vec<Value>) -> Self {
        if values.is_empty() { self } else { self.with(key, values) }
    }
}
