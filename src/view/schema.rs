//! The words of schema.org that our pages use, as types: what is absent is left out.

use serde::Serialize;

/// One or more things in their context.
#[derive(Serialize)]
pub(super) struct Graph<T> {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@graph")]
    pub(super) graph: T,
}

impl<T> Graph<T> {
    pub(super) fn of(graph: T) -> Self {
        Self { context: "https://schema.org", graph }
    }
}

/// `NewsArticle`; in a list of reports only its first fields.
#[derive(Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct NewsArticle<'a> {
    pub(super) headline: &'a str,
    pub(super) url: Box<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    #[serde(flatten)]
    pub(super) whole: Option<WholeArticle<'a>>,
}

/// What a report's own page says of it.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WholeArticle<'a> {
    #[serde(rename = "@id")]
    pub(super) id: &'a str,
    pub(super) main_entity_of_page: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    pub(super) in_language: &'a str,
    pub(super) article_section: &'a str,
    pub(super) word_count: u32,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) keywords: &'a [Box<str>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Author<'a>>,
    pub(super) publisher: Author<'a>,
    pub(super) is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<PersonRef<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<CorrectionComment<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) has_part: Vec<Quotation<'a>>,
}

/// A person or organisation by name.
#[derive(Default, Serialize)]
pub(super) struct Author<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
}

/// A `Person` who is told of elsewhere.
#[derive(Clone, Serialize)]
#[serde(tag = "@type", rename = "Person")]
pub(super) struct PersonRef<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<Box<str>>,
}

/// `CorrectionComment`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CorrectionComment<'a> {
    pub(super) text: &'a str,
    pub(super) date_published: String,
}

/// `Quotation`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Quotation<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) spoken_by_character: Option<PersonRef<'a>>,
    pub(super) is_part_of: Id<'a>,
}

/// A thing told of elsewhere on the page.
#[derive(Serialize)]
pub(super) struct Id<'a> {
    #[serde(rename = "@id")]
    pub(super) id: &'a str,
}

/// `ImageObject`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ImageObject<'a> {
    pub(super) content_url: Box<str>,
    pub(super) width: u32,
    pub(super) height: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) caption: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) credit_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) copyright_notice: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creator: Option<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) acquire_license_page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) main_entity_of_page: Option<Box<str>>,
}

/// `ProfilePage`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ProfilePage<'a> {
    #[serde(rename = "@id")]
    pub(super) id: &'a str,
    pub(super) url: &'a str,
    pub(super) main_entity: Person<'a>,
}

/// `Person`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Person<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) job_title: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image: Option<Box<str>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) alternate_name: &'a [Box<str>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) has_occupation: Vec<Role>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) same_as: &'a [Box<str>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) subject_of: Vec<NewsArticle<'a>>,
}

/// `Role`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Role {
    pub(super) role_name: Box<str>,
    pub(super) has_occupation: Occupation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<String>,
}

/// `Occupation`
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Occupation {
    pub(super) name: Box<str>,
}

/// `WebSite`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct WebSite<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    pub(super) url: &'a str,
    pub(super) in_language: &'a str,
}

/// `BreadcrumbList`
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BreadcrumbList<'a> {
    pub(super) item_list_element: Vec<ListItem<'a>>,
}

/// `ListItem`
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct ListItem<'a> {
    pub(super) position: usize,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<Box<str>>,
}
