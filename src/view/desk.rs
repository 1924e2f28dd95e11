//! What every builder has at hand: the archive, the settings, and how addresses and chips are made of them.

use super::{CountView, DateView, EntryView, HeadView, LinkView, PersonChip, PictureView, address, dates, slots};
use crate::archive::{
    Archive, ArticleId, ArticleRecord, OriginId, PersonId, Picture, PictureSize, QuoteRef, SectionId, TopicId,
    day_address,
};
use crate::config::{Settings, SiteSettings};
use crate::model::{Moment, Office, QuoteFact};
use crate::text::percent::encode_to;
use crate::text::scan;
use crate::words::{Locale, Words};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Pixels across that link previews want: what the large services ask for.
pub(super) const PREVIEW: u32 = 1200;

/// The archive and the settings, with the site's time zone looked up once for each page.
pub(super) struct Desk<'a> {
    pub(super) archive: &'a Archive,
    pub(super) site: &'a SiteSettings,
    pub(super) words: &'a Words,
    pub(super) locale: &'a Locale,
    zone: TimeZone,
}

impl<'a> Desk<'a> {
    /// A zone that no table knows is read as UTC; the settings have refused it long before.
    pub(super) fn new(archive: &'a Archive, settings: &'a Settings) -> Self {
        let zone = TimeZone::get(&settings.site.timezone).unwrap_or(TimeZone::UTC);
        let words = &*settings.site.words;
        Self { archive, site: &settings.site, words, locale: words.locale(), zone }
    }

    /// The root-relative address of a page below the site's root.
    pub(super) fn url(&self, below: &str) -> Box<str> {
        joined(&self.site.root, below)
    }

    /// The absolute address of a page below the site's root.
    pub(super) fn absolute(&self, below: &str) -> Box<str> {
        joined(&self.site.base_url, below)
    }

    /// A link to a page below the site's root.
    pub(super) fn link(&self, text: &str, below: &str) -> LinkView {
        LinkView { text: text.into(), url: self.url(below), lang: None }
    }

    /// A date in all its forms; its address is empty where no report is of that day.
    pub(super) fn date(&self, moment: Moment) -> DateView {
        let url = self.archive.has_day(moment.date).then(|| self.url(&day_address(moment.date)));
        DateView { url: url.unwrap_or_default(), ..dates::view(moment, &self.zone, self.locale) }
    }

    pub(super) fn day(&self, date: Date) -> DateView {
        self.date(Moment::day(date))
    }

    pub(super) fn iso(&self, moment: Moment) -> String {
        dates::iso(moment, &self.zone)
    }

    /// A held picture.
    pub(super) fn picture(&self, picture: &Picture, alt: &str) -> PictureView {
        let mut sets: Vec<(Box<str>, Box<str>)> = Vec::new();
        for of_type in picture.sizes.chunk_by(|a, b| a.media_type == b.media_type) {
            let one = |size: &PictureSize| format!("{} {}w", self.file(&size.address), size.width);
            let set: Vec<String> = of_type.iter().map(one).collect();
            sets.push((of_type[0].media_type.clone(), set.join(", ").into()));
        }
        // The first is what every browser reads, unless only WebP was worth making.
        let fallback = sets.first().is_some_and(|(media_type, _)| &**media_type != "image/webp");
        PictureView {
            src: self.file(&picture.address),
            alt: alt.into(),
            width: picture.width,
            height: picture.height,
            srcset: if fallback { sets.remove(0).1 } else { "".into() },
            sources: sets,
        }
    }

    /// The root-relative address of a file.
    fn file(&self, address: &str) -> Box<str> {
        format!("{}{}", self.site.root, address::file(address)).into()
    }

    /// The absolute address of a held picture.
    pub(super) fn picture_address(&self, picture: &Picture) -> Box<str> {
        format!("{}{}", self.site.base_url, address::file(&picture.address)).into()
    }

    /// The absolute address of a held picture at the size that link previews want.
    pub(super) fn preview_address(&self, picture: &Picture) -> Box<str> {
        format!("{}{}", self.site.base_url, address::file(picture.at_least(PREVIEW).0)).into()
    }

    /// A person as a chip in their own colour, as lists show them.
    pub(super) fn chip(&self, id: PersonId) -> PersonChip {
        let person = self.archive.person(id);
        PersonChip {
            name: person.name.clone(),
            url: self.url(&person.address()),
            initials: person.initials.clone(),
            slot: slots::class(person.slot).into(),
        }
    }

    pub(super) fn person_link(&self, id: PersonId) -> LinkView {
        let person = self.archive.person(id);
        self.link(&person.name, &person.address())
    }

    pub(super) fn section_link(&self, id: SectionId) -> LinkView {
        let section = self.archive.section(id);
        self.link(&section.name, &section.address())
    }

    pub(super) fn section_count(&self, id: SectionId) -> CountView {
        let LinkView { text, url, .. } = self.section_link(id);
        CountView { text, url, n: self.archive.section(id).articles.len() }
    }

    pub(super) fn topic_count(&self, id: TopicId) -> CountView {
        let topic = self.archive.topic(id);
        CountView { text: topic.name.clone(), url: self.url(&topic.address()), n: topic.articles.len() }
    }

    pub(super) fn origin_count(&self, id: OriginId) -> CountView {
        let origin = self.archive.origin(id);
        CountView { text: origin.name.clone(), url: self.url(&origin.address()), n: origin.articles.len() }
    }

    pub(super) fn report_link(&self, id: ArticleId) -> LinkView {
        self.headline_link(self.archive.article(id), &self.archive.article(id).address)
    }

    /// The mark of a quotation in its report, under the report's headline.
    pub(super) fn quote_link(&self, at: QuoteRef) -> LinkView {
        let article = self.archive.article(at.article);
        let below = [&*article.address, "#q-", &*self.archive.quote(at).id].concat();
        self.headline_link(article, &below)
    }

    /// A link under a report's headline, in the report's language.
    pub(super) fn headline_link(&self, article: &ArticleRecord, below: &str) -> LinkView {
        LinkView { lang: self.tongue(article.facts.lang.as_deref()), ..self.link(&article.facts.headline, below) }
    }

    /// A report's language, where that is not the site's: "fr" is not another than "fr-CH".
    pub(super) fn tongue(&self, lang: Option<&str>) -> Option<Box<str>> {
        let site = &*self.site.language;
        let begins = |whole: &str, head: &str| {
            whole.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
                && matches!(whole.as_bytes().get(head.len()), None | Some(b'-'))
        };
        lang.filter(|lang| !begins(site, lang) && !begins(lang, site)).map(Into::into)
    }

    /// A report in a list.
    pub(super) fn entry(&self, id: ArticleId) -> EntryView {
        let article = self.archive.article(id);
        EntryView {
            url: self.url(&article.address),
            headline: article.facts.headline.clone(),
            lang: self.tongue(article.facts.lang.as_deref()),
            standfirst: article.facts.standfirst.clone(),
            section: self.section_link(article.section),
            date: article.facts.published.map(|at| self.date(at)),
            agency: article.facts.agency.clone(),
            picture: self.lead_picture(article),
            speakers: most_words(article).into_iter().take(4).map(|id| self.chip(id)).collect(),
            n_quotes: article.facts.quotes.len(),
        }
    }

    pub(super) fn entries(&self, ids: impl IntoIterator<Item = ArticleId>) -> Vec<EntryView> {
        ids.into_iter().map(|id| self.entry(id)).collect()
    }

    /// Reports day by day; consecutive ids of one day are put together.
    pub(super) fn by_day(&self, ids: impl IntoIterator<Item = ArticleId>) -> Vec<(Option<DateView>, Vec<EntryView>)> {
        let mut days: Vec<(Option<Date>, Vec<EntryView>)> = Vec::new();
        for id in ids {
            let date = self.archive.article(id).date();
            match days.last_mut() {
                Some((day, entries)) if *day == date => entries.push(self.entry(id)),
                _ => days.push((date, vec![self.entry(id)])),
            }
        }
        days.into_iter().map(|(date, entries)| (date.map(|d| self.day(d)), entries)).collect()
    }

    fn lead_picture(&self, article: &ArticleRecord) -> Option<PictureView> {
        article.photos.iter().zip(&article.facts.photos).find_map(|(id, facts)| {
            let photo = self.archive.photo(*id);
            let facts = photo.told(facts).0;
            Some(self.picture(photo.picture.as_ref()?, facts.alt.as_deref().unwrap_or(&facts.caption)))
        })
    }

    /// The office a person held on a day, as their people file says; else none.
    pub(super) fn office_on(&self, person: PersonId, day: Option<Date>) -> Option<Box<str>> {
        self.archive.person(person).office_on(day?).map(|office| self.office(office))
    }

    /// What a person is at the time of the archive's newest report: the office, else what reports call them most.
    pub(super) fn present_office(&self, id: PersonId) -> Box<str> {
        let person = self.archive.person(id);
        if let Some(office) = self.office_on(id, self.today()) {
            return office;
        }
        let described = if person.offices().is_empty() { person.roles.first() } else { None };
        described.map_or_else(|| "".into(), |(role, _)| sentence_case(role))
    }

    /// The day of the archive's newest report: the only clock there is.
    pub(super) fn today(&self) -> Option<Date> {
        self.archive.today()
    }

    /// "Harbour Minister of Merrow"
    pub(super) fn office(&self, office: &Office) -> Box<str> {
        office_words(office, self.words)
    }

    /// "1 report", "12 reports"
    pub(super) fn reports(&self, n: usize) -> String {
        self.words.count("count.reports", n, &[])
    }

    /// A phrase of the theme that names the site.
    pub(super) fn of_site(&self, key: &str) -> String {
        self.words.fill(key, &[("site", &self.site.title)])
    }

    /// A step of the trail, or the title of a list, on one of its pages: "Harbour, page 2".
    pub(super) fn paged(&self, title: &str, number: usize, total: usize) -> String {
        if number >= total {
            return title.to_owned();
        }
        self.words.fill("list.titled", &[("title", title), ("number", &number.to_string())])
    }

    /// Whether a speaker is shown as sure.
    pub(super) fn is_sure(&self, quote: &QuoteFact) -> bool {
        quote.speaker.is_some() && quote.confidence >= self.site.threshold
    }

    /// A `<head>` with what every page has. `below` is the page's own address.
    pub(super) fn head(&self, title: &str, description: String, below: &str, nav: &'static str) -> HeadView {
        HeadView {
            title: title.into(),
            description: description.into(),
            canonical: self.absolute(below),
            nav,
            og_type: "website",
            ..HeadView::default()
        }
    }
}

/// An address below a root that ends in `/`.
fn joined(root: &str, below: &str) -> Box<str> {
    let mut address = String::with_capacity(root.len() + below.len());
    address.push_str(root);
    encode_to(below, &mut address);
    address.into()
}

/// The people who speak in an article, most words first, then as they come.
pub(super) fn most_words(article: &ArticleRecord) -> Vec<PersonId> {
    let mut words: Vec<(PersonId, u32, usize)> = Vec::new();
    let mut at: rustc_hash::FxHashMap<PersonId, usize> = rustc_hash::FxHashMap::default();
    for (i, quote) in article.facts.quotes.iter().enumerate() {
        let Some(person) = u32::try_from(i).ok().and_then(|i| article.speaker(i)) else { continue };
        let place = *at.entry(person).or_insert_with(|| {
            words.push((person, 0, words.len()));
            words.len() - 1
        });
        words[place].1 += quote.words;
    }
    words.sort_by_key(|(_, words, first)| (std::cmp::Reverse(*words), *first));
    words.into_iter().map(|(person, ..)| person).collect()
}

/// "Harbour Minister of Merrow"
pub(super) fn office_words(office: &Office, words: &Words) -> Box<str> {
    match &office.of {
        Some(of) => words.fill("person.office-of", &[("office", &office.title), ("place", of)]).into(),
        None => office.title.clone(),
    }
}

/// Puts a capital at the front: "one worker" becomes "One worker".
pub(super) fn sentence_case(words: &str) -> Box<str> {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect::<String>().into(),
        None => "".into(),
    }
}

/// Whether words stand on one line with single spaces between them. Only ever says no to what it is unsure of.
fn is_one_line(words: &str) -> bool {
    let odd = |byte: u8| !(0x20..0x7f).contains(&byte);
    scan::first(words.as_bytes(), odd).is_none() && words.trim().len() == words.len() && !words.contains("  ")
}

/// Words on one line, cut at a word with " …" where they would be longer than `longest` bytes; within the first word
/// where that alone is longer.
pub fn shortened(words: &str, longest: usize) -> String {
    if words.len() <= longest && is_one_line(words) {
        return words.to_owned();
    }
    let mut out = String::new();
    for word in words.split_whitespace() {
        if out.len() + word.len() > longest && !out.is_empty() {
            out.push_str(" …");
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        if word.len() > longest {
            // The first, and alone too long; in some languages a sentence is one word.
            let end = (0..=longest).rev().find(|end| word.is_char_boundary(*end)).unwrap_or(0);
            out.push_str(&word[..end]);
            out.push('…');
            break;
        }
        out.push_str(word);
    }
    out
}
