//! Words, numbers and signs.

use super::is_alphanumeric;

/// One token: a word, a number, or a sign. Never empty; on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text that was cut.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and an abbreviation's full stop: "Port-side", "O’Dell", "Mr.", "U.S.".
    Word,
    /// Begins with a digit: "1,200", "3.5", "52-year-old".
    Number,
    /// The end of a shortened word: "’s", "n’t", "’ll".
    Clitic,
    /// A handle, a tag or an address on the web.
    Handle,
    /// Anything else: one sign, or a run of one ("...", "--").
    Sign,
}

impl Token {
    /// The words at this token of the text that was cut.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Longest stretch between `<` and `>` that is taken for markup and skipped, in bytes.
const LONGEST_TAG: usize = 200;

/// Cuts `text[from..to]` into tokens and appends them to `out`; sorted, disjoint, white space left out.
///
/// `is_abbreviation` says whether a word before a full stop keeps it ("Mr", "Sen"). Linear time.
pub fn tokens(text: &str, from: usize, to: usize, is_abbreviation: impl Fn(&str) -> bool, out: &mut Vec<Token>) {
    let Some(block) = text.get(..to).filter(|t| t.is_char_boundary(from.min(t.len()))) else { return };
    let bytes = block.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        // Nearly all copy is ASCII; the rest of this loop is for signs and other alphabets.
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => {
                at = match plain_end(bytes, at) {
                    Some(end) => {
                        push(out, at, end, if byte.is_ascii_digit() { TokenKind::Number } else { TokenKind::Word });
                        end
                    }
                    None => word(block, at, &is_abbreviation, out),
                };
                continue;
            }
            0..=b' ' | 0x7f => {
                at += 1;
                continue;
            }
            _ => {}
        }
        let Some(c) = char_at(block, at) else { return };
        let rest = &block[at..];
        let end = if is_sign(c) {
            at + run(rest, c)
        } else if c.is_whitespace() || is_invisible(c) {
            at += c.len_utf8();
            continue;
        } else if c.is_alphabetic() || c.is_numeric() {
            at = word(block, at, &is_abbreviation, out);
            continue;
        } else if let Some(end) = tag_end(rest) {
            at += end;
            continue;
        } else if let Some(len) = clitic(block, at) {
            push(out, at, at + len, TokenKind::Clitic);
            at += len;
            continue;
        } else if matches!(c, '@' | '#') && rest[1..].starts_with(|n: char| is_alphanumeric(n)) {
            let len = rest[1..].find(|n: char| !is_alphanumeric(n) && n != '_').map_or(rest.len(), |i| i + 1);
            push(out, at, at + len, TokenKind::Handle);
            at += len;
            continue;
        } else {
            at + run(rest, c)
        };
        push(out, at, end, TokenKind::Sign);
        at = end;
    }
}

/// Whether a character is a sign and nothing else: the common ones, told without a look into the tables of Unicode.
fn is_sign(c: char) -> bool {
    matches!(c, ',' | '.' | '"' | ';' | ':' | '(' | ')' | '-' | '?' | '!' | '\u{2010}'..='\u{2018}' | '\u{201a}'..='\u{2027}')
}

/// The length of a sign at the head of `rest`, in bytes; of some, a run is one sign.
fn run(rest: &str, c: char) -> usize {
    match c {
        '.' | '-' => rest.find(|n| n != c).unwrap_or(rest.len()),
        // Two at most: a longer run is not looked through once for each two of it.
        '\'' | '`' | '’' | '‘' | '—' => c.len_utf8() * (1 + usize::from(rest[c.len_utf8()..].starts_with(c))),
        _ => c.len_utf8(),
    }
}

/// Which bytes belong to a word wherever they stand in it.
static WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b'_' as usize;
        byte += 1;
    }
    table
};

/// How many bytes from `at` belong to a word wherever they stand in it.
fn plain(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|b| WORD[usize::from(**b)]).count()
}

/// Where the word at `at` ends, if it is of letters and figures, and what follows has no part in it: most are so.
fn plain_end(bytes: &[u8], at: usize) -> Option<usize> {
    let end = at + plain(bytes, at);
    match bytes.get(end) {
        Some(b'-' | b'&' | b'\'' | b':' | b'.' | 0x80..) => None,
        Some(b',') if bytes[at].is_ascii_digit() => None,
        _ => Some(end),
    }
}

/// Takes the word or number at `at` and returns where the text goes on.
fn word(block: &str, at: usize, is_abbreviation: &impl Fn(&str) -> bool, out: &mut Vec<Token>) -> usize {
    let bytes = block.as_bytes();
    let rest = &block[at..];
    if rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.") {
        let len =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '’')).unwrap_or(rest.len());
        let len = rest[..len].trim_end_matches(['.', ',', ')', ';', ':', '!', '?']).len();
        push(out, at, at + len, TokenKind::Handle);
        return at + len;
    }
    let number = rest.starts_with(|c: char| c.is_numeric());
    let mut end = at;
    let mut letters = 0usize;
    let mut dotted = false;
    loop {
        let n = plain(bytes, end);
        (end, letters) = (end + n, letters + n);
        match bytes.get(end) {
            None => break,
            Some(b'-' | b'&' | b'\'' | b',' | b':' | b'.' | 0x80..) => {}
            Some(_) => break,
        }
        let Some(c) = char_at(block, end) else { break };
        let next = char_at(block, end + c.len_utf8());
        let goes_on = match c {
            '-' | '‐' | '‑' | '&' => next.is_some_and(is_alphanumeric),
            '\'' | '’' => next.is_some_and(char::is_alphabetic) && clitic(block, end).is_none(),
            ',' => number && next.is_some_and(|n| n.is_ascii_digit()) && bytes[end - 1].is_ascii_digit(),
            ':' => number && next.is_some_and(|n| n.is_ascii_digit()),
            '.' if number => next.is_some_and(|n| n.is_ascii_digit()),
            // "U.S." and "p.m.": single letters, each with its full stop.
            '.' if letters == 1 && next.is_some_and(char::is_alphabetic) && one_letter(block, end + 1) => {
                letters = 0;
                dotted = true;
                true
            }
            _ if !is_sign(c) && (is_alphanumeric(c) || is_joining(c)) => {
                letters += 1;
                true
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += c.len_utf8();
    }
    let before = char_at(block, end);
    if before == Some('.') && !number {
        let initial = letters == 1
            && !dotted
            && rest.starts_with(char::is_uppercase)
            && block[end + 1..].trim_start_matches(' ').starts_with(char::is_uppercase);
        if dotted || initial || is_abbreviation(&block[at..end]) {
            end += 1;
        }
    } else if matches!(before, Some('\'' | '’')) {
        // "don’t" is "do" and "n’t".
        let quote = before.map_or(1, char::len_utf8);
        let tail = &block[end + quote..];
        let is_not = tail.starts_with(['t', 'T']) && !tail[1..].starts_with(is_alphanumeric);
        if is_not && end > at + 1 && block[..end].ends_with(['n', 'N']) {
            push(out, at, end - 1, TokenKind::Word);
            push(out, end - 1, end + quote + 1, TokenKind::Clitic);
            return end + quote + 1;
        }
    }
    push(out, at, end, if number { TokenKind::Number } else { TokenKind::Word });
    end
}

/// The length of a clitic ("’s") that stands at `at` behind a letter or digit.
fn clitic(block: &str, at: usize) -> Option<usize> {
    let rest = &block[at..];
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?.len_utf8();
    if !block[..at].ends_with(is_alphanumeric) {
        return None;
    }
    let tail = &rest[mark..];
    let len = tail.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
    let known = matches!(
        tail.get(..len)?,
        "s" | "S" | "ll" | "LL" | "re" | "RE" | "ve" | "VE" | "d" | "D" | "m" | "M" | "t" | "T"
    );
    (known && !tail[len..].starts_with(is_alphanumeric)).then_some(mark + len)
}

/// Whether one letter stands at `at`, with a full stop behind it.
fn one_letter(block: &str, at: usize) -> bool {
    let mut chars = block[at..].chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some('.')
}

fn tag_end(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix('<')?;
    if !tail.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
        return None;
    }
    let end = tail.bytes().take(LONGEST_TAG).position(|b| matches!(b, b'<' | b'>' | b'\n'))?;
    (tail.as_bytes()[end] == b'>').then_some(end + 2)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte @ 0..0x80 => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

fn is_joining(c: char) -> bool {
    matches!(c, '_' | '\u{ad}' | '\u{200c}' | '\u{200d}') || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn push(out: &mut Vec<Token>, start: usize, end: usize, kind: TokenKind) {
    let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    if start < end {
        out.push(Token { start: clamp(start), end: clamp(end), kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_belongs_to_them() {
        let check = |text: &str, expected: &str| {
            let mut out = Vec::new();
            tokens(text, 0, text.len(), |w| matches!(w, "Mr" | "Sen"), &mut out);
            let words: Vec<&str> = out.iter().map(|t| t.of(text)).collect();
            assert_eq!(words.join("|"), expected);
        };
        check("Mr. Renn said.", "Mr.|Renn|said|.");
        check("Mr Renn’s ferry", "Mr|Renn|’s|ferry");
        check("Seán O’Dell won’t", "Seán|O’Dell|wo|n’t");
        check("the U.S. and 7 p.m. on", "the|U.S.|and|7|p.m.|on");
        check("A. J. Quill, 52-year-old", "A.|J.|Quill|,|52-year-old");
        check("$1,200.50, or 3.5%", "$|1,200.50|,|or|3.5|%");
        check("“Well…” ''so'' -- no...", "“|Well|…|”|''|so|''|--|no|...");
        check("the Ansels’ boat at 10:30", "the|Ansels|’|boat|at|10:30");
        check("<b class=\"x\">bold</b> a < b", "bold|a|<|b");
        check("see https://calder.example/a, @renn #ferry", "see|https://calder.example/a|,|@renn|#ferry");
        check("AT&T and R&D", "AT&T|and|R&D");
        check("I’m sure they’ll", "I|’m|sure|they|’ll");
        check("", "");
    }
}
