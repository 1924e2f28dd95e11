//! Addresses: percent-encoding, and the letter that questions a mark.

/// Encodes an address below the site's root for a page: letters, digits, `-._~/#` and the like stay (RFC 3986).
pub(super) fn page(address: &str) -> String {
    encode(address, |b| matches!(b, b'/' | b'#' | b'-' | b'.' | b'_' | b'~' | b'!' | b'(' | b')' | b',' | b'@'))
}

/// Encodes an address of a file, whose name may hold `#` and `?`.
pub(super) fn file(address: &str) -> String {
    encode(address, |b| matches!(b, b'/' | b'-' | b'.' | b'_' | b'~' | b'!' | b'(' | b')' | b',' | b'@'))
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
    let unreserved = |b: u8| matches!(b, b'-' | b'.' | b'_' | b'~');
    let (subject, text) = (encode(subject, unreserved), encode(&text.replace('\n', "\r\n"), unreserved));
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("{to}{join}{key}={subject}&body={text}{hash}{fragment}").into()
}

fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || keep(b) {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(b >> 4)]));
            out.push(char::from(HEX[usize::from(b & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_keep_their_anchor_and_files_do_not() {
        assert_eq!(page("2031/11/14/calder-tunnel/#q-uoq6fc"), "2031/11/14/calder-tunnel/#q-uoq6fc");
        assert_eq!(page("people/пётр/"), "people/%D0%BF%D1%91%D1%82%D1%80/");
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
