//! What every page knows of the site.

use super::SiteView;
use crate::archive::Archive;
use crate::config::Settings;

/// Languages written from right to left, by primary subtag.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// Makes the site's view, once for all pages.
pub fn site(archive: &Archive, settings: &Settings) -> SiteView {
    let site = &settings.site;
    let (lead, last) = site.title.trim().rsplit_once(' ').unwrap_or(("", &site.title));
    let language = site.language.split('-').next().unwrap_or_default().to_lowercase();
    SiteView {
        title: site.title.clone(),
        title_lead: lead.into(),
        title_last: last.into(),
        description: site.description.clone(),
        base_url: site.base_url.clone(),
        root: site.root.clone(),
        language: site.language.clone(),
        locale: site.language.replace('-', "_").into(),
        dir: if RIGHT_TO_LEFT.contains(&&*language) { "rtl" } else { "ltr" },
        rights: site.rights.clone(),
        has_topics: !archive.topics.is_empty(),
        has_photos: !archive.photos.is_empty(),
        has_sources: !archive.origins.is_empty(),
        has_search: site.search,
    }
}
