//! Addresses of files, and the letter that questions a mark.

use crate::text::percent::encode;

/// Encodes the address of a file, whose name may hold `#`.
pub(super) fn file(address: &str) -> String {
    encode(address).replace('#', "%23")
}

/// Fills the site's address for questions, `mailto:` or `https:`, with a subject and a text.
///
/// A mail gets `subject` and `body` (RFC 6068), a form `title` and `body` as the issue forms of code hosts
/// read them. Text beyond 1,200 characters is left out: servers refuse addresses of some thousand bytes.
pub(super) fn question(to: &str, subject: &str, text: &str) -> Box<str> {
    let (to, fragment) = to.split_once('#').map_or((to, ""), |(to, fragment)| (to, fragment));
    let key = if to.starts_with("mailto:") { "subject" } else { "title" };
    let join = if to.contains('?') { '&' } else { '?' };
    let text: String = text.chars().take(1200).collect();
    let (subject, text) = (file(subject), file(&text.replace('\n', "\r\n")));
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("{to}{join}{key}={subject}&body={text}{hash}{fragment}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_no_anchor() {
        assert_eq!(file("img/2031/quay #2 (night)?.jpg"), "img/2031/quay%20%232%20(night)%3F.jpg");
        assert_eq!(file("img/\"><script>"), "img/%22%3E%3Cscript%3E");
    }

    #[test]
    fn questions_are_filled_in() {
        let check = |to: &str, expected: &str| assert_eq!(&*question(to, "Quotation a&b", "“Dry”?\nNow"), expected);
        check(
            "mailto:desk@record.example",
            "mailto:desk@record.example?subject=Quotation%20a%26b&body=%E2%80%9CDry%E2%80%9D%3F%0D%0ANow",
        );
        check("https://host/new", "https://host/new?title=Quotation%20a%26b&body=%E2%80%9CDry%E2%80%9D%3F%0D%0ANow");
        check(
            "https://host/new?form=q#f",
            "https://host/new?form=q&title=Quotation%20a%26b&body=%E2%80%9CDry%E2%80%9D%3F%0D%0ANow#f",
        );
    }
}
