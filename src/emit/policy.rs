use super::{Emitter, OutFile, SiteInput};
use crate::diag::Noted;

/// `policy.txt`: the content security policy that pages with a style sheet of their own need from their host.
pub(super) struct Policy;

impl Emitter for Policy {
    fn name(&self) -> &'static str {
        "policy"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let Some(css) = &input.site.css else { return Noted::default() };
        let text = format!(
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' '{}'; img-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'\n",
            css.hash
        );
        Noted::clean(vec![OutFile { path: "policy.txt".into(), bytes: text.into_bytes() }])
    }
}
