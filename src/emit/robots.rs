use super::{Emitter, OutFile, SiteInput};
use crate::diag::Noted;

/// `robots.txt`: everything may be read, and the sitemap tells where it is.
pub(super) struct Robots;

impl Emitter for Robots {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let text = format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", input.site.base_url);
        Noted::clean(vec![OutFile { path: "robots.txt".into(), bytes: text.into_bytes() }])
    }
}
