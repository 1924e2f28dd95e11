use super::policy::policy;
use super::redirects::{accepted, old_addresses};
use super::{Emitter, OutFile, SiteInput};
use crate::config::Host;
use crate::diag::Noted;
use crate::text::percent;
use std::fmt::Write as _;

/// What the host understands beside the pages: old addresses that lead on with status 301, withdrawn reports with 410,
/// the policy of what pages may do.
///
/// Everything works without: there is a page at each of these addresses, and no page asks for more than the policy
/// lets.
pub(super) struct Hosts;

/// What every answer should say.
fn answers(input: &SiteInput<'_>) -> [(&'static str, String); 3] {
    [
        ("Content-Security-Policy", policy(input.site)),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
    ]
}

/// Names of the files that a host reads in the output folder; no old address may need a folder there.
pub(super) fn names(host: Host) -> &'static [&'static str] {
    match host {
        Host::Plain => &[],
        Host::Github => &[".nojekyll"],
        Host::Gitlab => &["_redirects"],
        Host::Cloudflare | Host::Netlify => &["_redirects", "_headers"],
        Host::Apache => &[".htaccess"],
    }
}

/// Rules that Cloudflare Pages reads of a file, and that GitLab Pages does.
const MOST: [(Host, usize); 2] = [(Host::Cloudflare, 2000), (Host::Gitlab, 1000)];

impl Emitter for Hosts {
    fn name(&self) -> &'static str {
        "hosts"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let file = |path: &str, text: String| OutFile { path: path.into(), bytes: text.into_bytes() };
        Noted::clean(match input.site.host {
            Host::Plain => Vec::new(),
            // Without it GitHub runs the pages through a generator of its own, which hides names that begin with `_`.
            Host::Github => vec![file(".nojekyll", String::new())],
            Host::Gitlab => rules(input).map(|rules| file("_redirects", rules)).into_iter().collect(),
            Host::Cloudflare | Host::Netlify => {
                let rules = rules(input).map(|rules| file("_redirects", rules));
                rules.into_iter().chain([file("_headers", headers(input))]).collect()
            }
            Host::Apache => vec![file(".htaccess", htaccess(input))],
        })
    }
}

/// One rule of what leads where.
struct Rule {
    from: String,
    to: String,
    gone: bool,
}

fn rules_of(input: &SiteInput<'_>) -> Vec<Rule> {
    let all = old_addresses(input);
    let address = |path: &str| format!("{}{}", input.site.root, percent::encode(path));
    let withdrawn = input.archive.withdrawn.iter().map(|gone| {
        let here = address(&gone.address);
        Rule { to: format!("{here}index.html"), from: here, gone: true }
    });
    let old = accepted(input, &all).value.into_iter().map(|(path, at)| {
        let to = address(&all[at].leads_to);
        Rule { from: address(path.strip_suffix("index.html").unwrap_or(&path)), to, gone: false }
    });
    withdrawn.chain(old).collect()
}

/// `_redirects`: old address, new address, status. None where nothing moved.
fn rules(input: &SiteInput<'_>) -> Option<String> {
    let host = input.site.host;
    let mut out = String::new();
    let most = MOST.iter().find(|(other, _)| *other == host).map_or(usize::MAX, |(_, most)| *most);
    // Only Netlify answers with any status; the others read no more rules than they must.
    let understood = rules_of(input).into_iter().filter(|rule| !rule.gone || host == Host::Netlify);
    for Rule { from, to, gone } in understood.take(most) {
        let status = if gone { "410!" } else { "301" };
        let _ = writeln!(out, "{from} {to} {status}");
    }
    (!out.is_empty()).then_some(out)
}

/// `_headers`: an address, and below it what answers say.
fn headers(input: &SiteInput<'_>) -> String {
    let root = &input.site.root;
    let mut out = format!("{root}*\n");
    for (name, value) in answers(input) {
        let _ = writeln!(out, "  {name}: {value}");
    }
    // Their addresses are made of their bytes.
    let _ = write!(out, "{root}img/sizes/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    for gone in input.archive.withdrawn.iter() {
        let _ = write!(out, "{root}{}\n  X-Robots-Tag: noindex\n", percent::encode(&gone.address));
    }
    out
}

/// Apache's own settings of a folder.
fn htaccess(input: &SiteInput<'_>) -> String {
    let mut out = format!("ErrorDocument 404 {}404.html\n<IfModule mod_headers.c>\n", input.site.root);
    for (name, value) in answers(input) {
        let _ = writeln!(out, "Header set {name} \"{value}\"");
    }
    out += "</IfModule>\n";
    for Rule { from, to, gone } in rules_of(input) {
        // The whole address and nothing below it: encoded, it holds no sign that a pattern would obey but these.
        let pattern = percent::decode(&from)
            .replace(['.', '(', ')', '[', ']', '+', '$', '^', '{', '}', '|', '"', '\\', '*', '?'], ".");
        let _ = match gone {
            true => write!(
                out,
                "RedirectMatch 410 \"^{pattern}$\"\n<If \"%{{REQUEST_URI}} == '{from}'\">\nErrorDocument 410 {to}\n</If>\n"
            ),
            false => writeln!(out, "RedirectMatch 301 \"^{pattern}$\" \"{to}\""),
        };
    }
    out
}
