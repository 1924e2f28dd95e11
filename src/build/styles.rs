//! The style sheet that pages hold themselves, where the settings ask for it.

use super::find::Found;
use super::load;
use crate::config::Css;
use crate::diag::Diagnostic;
use crate::render::theme;
use crate::text::digest::{base64, sha256};

/// The theme's style sheet and then the site's own, each the site's where `static/` has it.
///
/// None where a sheet refers to other files, whose addresses would be others within a page, or cannot stand in one: it
/// then stays linked. Errors with `file-unreadable`.
pub(super) fn css(statics: &[Found]) -> Result<Option<Css>, Diagnostic> {
    let mut rules = String::new();
    for name in ["theme.css", "site.css"] {
        let own = statics.iter().find(|file| file.path.strip_prefix("static/") == Some(name));
        let bytes = match own {
            Some(file) => load::bytes(file)?,
            None => theme::static_files()
                .into_iter()
                .find(|(path, _)| *path == name)
                .map_or_else(Vec::new, |(_, bytes)| bytes.to_vec()),
        };
        let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
        rules += &short(&text);
    }
    let refers =
        ["url(", "@import", "@charset", "</", "<!--"].iter().any(|sign| rules.to_ascii_lowercase().contains(sign));
    if refers {
        return Ok(None);
    }
    let hash = format!("sha256-{}", base64(&sha256(rules.as_bytes())));
    Ok(Some(Css { rules: rules.into(), hash: hash.into() }))
}

/// A style sheet without its comments and the white space that begins its lines.
fn short(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Words between quotation marks are left as they are.
    while let Some(at) = rest.find(['"', '\'', '/', '\n']) {
        out.push_str(&rest[..at]);
        let here = &rest[at..];
        let mark = here.as_bytes()[0];
        let len = match mark {
            b'/' if here.starts_with("/*") => {
                rest = here.find("*/").map_or("", |end| &here[end + 2..]);
                continue;
            }
            b'\n' => {
                rest = here.trim_start();
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                continue;
            }
            b'/' => 1,
            _ => quoted(here),
        };
        out.push_str(&here[..len]);
        rest = &here[len..];
    }
    out.push_str(rest);
    out
}

/// Bytes of a string with its marks; one that its line does not close ends there.
fn quoted(css: &str) -> usize {
    let bytes = css.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return at,
            byte if *byte == bytes[0] => return at + 1,
            _ => at += 1,
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indents_go_and_strings_stay() {
        let check = |css: &str, expected: &str| assert_eq!(short(css), expected, "{css:?}");
        check("/* a */\n\na {\n  color: red;\n}\n", "a {\ncolor: red;\n}\n");
        check("a::before { content: \"/* \\\" */\" } /* b */", "a::before { content: \"/* \\\" */\" } ");
        check("a { content: '\u{201c}\n  b/c", "a { content: '\u{201c}\nb/c");
        check("/* never closed", "");
        check("a { b: \"\\", "a { b: \"\\");
    }

    #[test]
    fn the_theme_s_own_can_stand_in_a_page() {
        let css = css(&[]).expect("the theme is there").expect("it refers to nothing");
        assert!(css.rules.len() > 20_000 && !css.rules.contains("/*"), "{}", css.rules.len());
        assert_eq!(css.hash.len(), 51);
        // The digest of nothing, as `openssl dgst -sha256 -binary /dev/null | base64` has it.
        assert_eq!(base64(&sha256(b"")), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
