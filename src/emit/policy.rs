use super::{Emitter, OutFile, SiteInput};
use crate::config::SiteSettings;
use crate::diag::Noted;

/// What pages of the default theme need, and nothing else: a host that can send it should.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                          media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                          frame-ancestors 'none'";

/// The policy of a site: [`POLICY`], with the hash of the style sheet where pages hold it.
pub(super) fn policy(site: &SiteSettings) -> String {
    match &site.css {
        Some(css) => POLICY.replace("style-src 'self'", &format!("style-src 'self' '{}'", css.hash)),
        None => POLICY.to_owned(),
    }
}

/// `policy.txt`: the content security policy that pages with a style sheet of their own need from their host.
pub(super) struct Policy;

impl Emitter for Policy {
    fn name(&self) -> &'static str {
        "policy"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        if input.site.css.is_none() {
            return Noted::default();
        }
        let text = format!("{}\n", policy(input.site));
        Noted::clean(vec![OutFile { path: "policy.txt".into(), bytes: text.into_bytes() }])
    }
}
