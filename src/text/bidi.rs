//! Signs that turn the direction of text until another ends them.

use std::borrow::Cow;

/// Whether a sign turns the direction of what follows it, or ends such a turn: the embeddings, overrides and isolates of
/// Unicode’s bidirectional algorithm (UAX #9, 2.1, 2.2, 2.4).
///
/// LRM, RLM and ALM are none: they are invisible letters, and reach no further than their neighbours.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether some text holds such a sign.
pub fn is_turned(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The first byte of all of them begins curly quotes too.
    memchr::memchr_iter(0xe2, bytes).any(|at| match bytes.get(at + 1..at + 3) {
        Some([0x80, last]) => (0xaa..=0xae).contains(last),
        Some([0x81, last]) => (0xa6..=0xa9).contains(last),
        _ => false,
    })
}

/// Text without such signs; borrows where there are none.
pub fn unturned(text: &str) -> Cow<'_, str> {
    if is_turned(text) { text.replace(turns, "").into() } else { text.into() }
}

/// What becomes of the turns of one line of copy: their places in bytes, in order, and what stands there instead.
///
/// An embedding or isolate that ends within the line becomes a mark of its direction at either end (LRM, RLM): words keep
/// their order, and whatever the line is cut into, no mark can reach out of its piece. Overrides, which set letters
/// backwards, and turns that are never ended, or never begun, become nothing, and so does an isolate without a direction.
pub fn marked(line: &str) -> Vec<Turn> {
    let mut found: Vec<Turn> = Vec::new();
    // The turns that are open, innermost last.
    let mut open: Vec<(usize, Kind)> = Vec::new();
    let mut isolates = 0_usize;
    for (at, c) in line.char_indices().filter(|(_, c)| turns(*c)) {
        let here = found.len();
        found.push(Turn { at, mark: None, is_lost: true });
        let ended = match c {
            '\u{202c}' => open.pop_if(|(_, kind)| !kind.is_isolate),
            '\u{2069}' if isolates > 0 => {
                isolates -= 1;
                // It ends whatever began within the isolate.
                while open.pop_if(|(_, kind)| !kind.is_isolate).is_some() {}
                open.pop()
            }
            '\u{2069}' => None,
            _ => {
                let kind = kind(c);
                isolates += usize::from(kind.is_isolate);
                open.push((here, kind));
                None
            }
        };
        if let Some((begun, kind)) = ended {
            for turn in [begun, here] {
                if let Some(turn) = found.get_mut(turn) {
                    (turn.mark, turn.is_lost) = (kind.mark, kind.is_override);
                }
            }
        }
    }
    found
}

/// A turn of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Where it stands, in bytes of the line; it is three bytes long.
    pub at: usize,
    /// The mark of direction that does as well.
    pub mark: Option<char>,
    /// Whether something the sign did is not done any more.
    pub is_lost: bool,
}

#[derive(Clone, Copy)]
struct Kind {
    mark: Option<char>,
    is_isolate: bool,
    is_override: bool,
}

/// What a sign begins.
fn kind(c: char) -> Kind {
    let mark = match c {
        '\u{202a}' | '\u{2066}' => Some('\u{200e}'),
        '\u{202b}' | '\u{2067}' => Some('\u{200f}'),
        _ => None,
    };
    Kind { mark, is_isolate: c > '\u{202e}', is_override: matches!(c, '\u{202d}' | '\u{202e}') }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with its turns as they come out: `<` for LRM, `>` for RLM, and how many are lost.
    fn shown(line: &str) -> (String, usize) {
        let line: String = line
            .chars()
            .map(|c| match c {
                'l' => '\u{202a}',
                'r' => '\u{202b}',
                ')' => '\u{202c}',
                'O' => '\u{202e}',
                'i' => '\u{2066}',
                'j' => '\u{2067}',
                'f' => '\u{2068}',
                ']' => '\u{2069}',
                other => other,
            })
            .collect();
        let turns = marked(&line);
        let mut out = String::new();
        for (at, c) in line.char_indices() {
            match turns.iter().find(|turn| turn.at == at) {
                Some(turn) => out.extend(turn.mark.map(|mark| if mark == '\u{200e}' { '<' } else { '>' })),
                None => out.push(c),
            }
        }
        (out, turns.iter().filter(|turn| turn.is_lost).count())
    }

    #[test]
    fn pairs_become_marks_and_the_rest_nothing() {
        let check = |line: &str, expected: &str, lost: usize| {
            assert_eq!(shown(line), (expected.to_owned(), lost), "{line}");
        };
        check("a", "a", 0);
        check("la)b", "<a<b", 0);
        check("ra)b", ">a>b", 0);
        check("ia]jb]fc]", "<a<>b>c", 0);
        check("raib]c)", ">a<b<c>", 0);
        check("Oa)b", "ab", 2);
        check("Oa", "a", 1);
        check("a)b]", "ab", 2);
        check("rab", "ab", 1);
        check("jab", "ab", 1);
        // The end of an isolate ends what began in it, and an embedding’s end ends no isolate.
        check("jarb]c)", ">ab>c", 2);
        check("ia)b]", "<ab<", 1);
        check("lOa))", "<a<", 2);
    }

    #[test]
    fn signs_that_only_mark_stay() {
        assert_eq!(unturned("\u{5d0}\u{200f} 5\u{200e}\u{61c}"), "\u{5d0}\u{200f} 5\u{200e}\u{61c}");
        assert_eq!(unturned("Ola \u{202e}Brandt\u{2069}"), "Ola Brandt");
        assert!(!is_turned("“Merrow”…\u{2060}"));
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_turned(&format!("a{c}")), turns(c), "{c:?}");
        }
    }

    #[test]
    fn ten_thousand_turns_are_no_more_than_their_number() {
        let line = "\u{2067}\u{202b}".repeat(100_000) + &"\u{2069}".repeat(50_000);
        assert_eq!(marked(&line).iter().filter(|turn| turn.is_lost).count(), 150_000);
    }
}
