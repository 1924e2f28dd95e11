//! What every page knows of the site.

use super::SiteView;
use crate::archive::Archive;
use crate::config::Settings;

/// Makes the site's view, once for all pages.
pub fn site(archive: &Archive, settings: &Settings) -> SiteView {
    let site = &settings.site;
    let (lead, last) = site.title.trim().rsplit_once(' ').unwrap_or(("", &site.title));
    SiteView {
        title: site.title.clone(),
        title_lead: lead.into(),
        title_last: last.into(),
        description: site.description.clone(),
        base_url: site.base_url.clone(),
        root: site.root.clone(),
        language: site.language.clone(),
        words: site.words.language().into(),
        locale: site.language.replace('-', "_").into(),
        dir: site.words.locale().dir,
        css: site.css.as_ref().map(|css| (*css.rules).into()),
        has_style: site.style,
        rights: site.rights.clone(),
        has_topics: !archive.topics.is_empty(),
        has_photos: !archive.photos.is_empty(),
        has_sources: !archive.origins.is_empty(),
        has_search: site.search,
    }
}
