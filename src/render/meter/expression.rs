//! Where an expression of a template makes values that are weighed: joined texts, and elements of lists made by loops.

/// What is put into an expression, and where: bytes of it, sorted.
pub(super) type Inserts = Vec<(usize, &'static str)>;

const OPEN: &str = " _keep(of=";
const CLOSE: &str = ")";

/// Finds what is to be put into an expression, so that whatever `~` joins and `[… for …]` gathers goes through `_keep`.
///
/// An expression that is none gets something or other: the engine has refused it as it was written.
pub(super) fn keeps(text: &str) -> Inserts {
    let mut found: Vec<(usize, u8, &'static str)> = Vec::new();
    let mut frames = vec![Frame::default()];
    // Whether the sign before was the end of an operand, so that `-` takes something from it.
    let mut after_operand = false;
    // Whether the word before was `is`: what follows is the name of a test.
    let mut after_is = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(frame) = frames.last_mut() else { break };
        match c {
            '"' | '\'' | '`' => {
                let _ = chars.by_ref().find(|(_, end)| *end == c);
                after_operand = true;
            }
            '(' | '[' | '{' => {
                let list = (c == '[').then_some(at + 1);
                let argument = (c == '{' && text[..at].ends_with('=')).then_some(at + 1);
                frames.push(Frame { start: at + 1, tested: at + 1, list, argument, joins: Vec::new() });
                after_operand = false;
            }
            ')' | ']' | '}' => {
                frame.end(at, &mut found);
                // What a component is given, where it is made here.
                if let Some(open) = frame.argument.filter(|open| !is_path(&text[*open..at])) {
                    found.extend([(open, 2, OPEN), (at, 1, CLOSE)]);
                }
                if frames.len() > 1 {
                    frames.pop();
                }
                after_operand = true;
            }
            '~' => {
                frame.joins.push(at);
                after_operand = false;
            }
            '-' if !after_operand => {}
            ',' | ':' | '=' | '!' | '<' | '>' | '+' | '-' | '?' => {
                frame.end(at, &mut found);
                frame.start = at + 1;
                let compares = text[at + 1..].starts_with('=') || text[..at].ends_with(['=', '!', '<', '>']);
                // It is a map.
                frame.argument.take_if(|_| c == ':');
                if matches!(c, ',' | ':' | '=') && !compares {
                    frame.tested = at + 1;
                }
                after_operand = false;
            }
            '.' if text[at..].starts_with("...") => {
                (frame.start, frame.tested, frame.argument) = (at + 3, at + 3, None);
                chars.next();
                chars.next();
            }
            '.' | '|' | '*' | '/' | '%' => after_operand = false,
            c if c.is_alphanumeric() || c == '_' => {
                while chars.next_if(|(_, c)| c.is_alphanumeric() || *c == '_').is_some() {}
                let end = chars.peek().map_or(text.len(), |(end, _)| *end);
                let word = &text[at..end];
                let parts = ["and", "or", "not", "in", "is", "if", "elif", "else", "for"].contains(&word);
                // A field may be called so.
                let parts = parts && !text[..at].ends_with('.');
                if parts && !(after_is && word == "not") {
                    frame.end(at, &mut found);
                    if let Some(open) = frame.list.take_if(|_| word == "for") {
                        found.extend([(open, 2, OPEN), (at, 1, CLOSE)]);
                    }
                    // What a test says of all before it may be joined too.
                    after_is = word == "is";
                    let goes_on = after_is || word == "in" || (word == "not" && after_operand);
                    frame.tested = if goes_on { frame.tested } else { end };
                    frame.start = if after_is { frame.tested } else { end };
                } else if !parts {
                    after_is = false;
                }
                after_operand = !parts;
            }
            _ => {}
        }
    }
    if let Some(frame) = frames.last_mut() {
        frame.end(text.len(), &mut found);
    }
    // At one place what ends comes before what begins, and the outer before the inner.
    found.sort_by_key(|(at, rank, _)| (*at, *rank));
    found.into_iter().map(|(at, _, put)| (at, put)).collect()
}

/// Whether an expression makes nothing: it is a name and its fields, or a number, or empty.
pub(super) fn is_path(text: &str) -> bool {
    text.trim().chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
}

/// What stands between a pair of brackets, or in the whole.
#[derive(Default)]
struct Frame {
    /// Where the operands that may be joined begin.
    start: usize,
    /// Where that begins of which a test by `is` would speak.
    tested: usize,
    /// Where the elements of a list begin, of which no loop is known yet.
    list: Option<usize>,
    /// Where what a component is given begins; none in a map.
    argument: Option<usize>,
    /// Where operands are joined.
    joins: Vec<usize>,
}

impl Frame {
    /// Here ends what is joined: `a ~ b ~ c` becomes `_keep(of=_keep(of=a ~ b) ~ c)`.
    fn end(&mut self, at: usize, found: &mut Vec<(usize, u8, &'static str)>) {
        let joins = std::mem::take(&mut self.joins);
        found.extend(joins.iter().map(|_| (self.start, 3, OPEN)));
        let ends = joins.iter().copied().skip(1).chain([at]);
        found.extend(joins.iter().zip(ends).map(|(_, end)| (end, 0, CLOSE)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_or_gathered_is_kept() {
        let check = |written: &str, expected: &str| {
            let (mut out, mut from) = (String::new(), 0);
            for (at, put) in keeps(written) {
                out.push_str(&written[from..at]);
                out.push_str(put);
                from = at;
            }
            out.push_str(&written[from..]);
            assert_eq!(out.replace(" _keep(of=", " K("), expected, "{written}");
        };
        check("a", "a");
        check("a ~ b", " K(a ~ b)");
        check("a ~ b ~ \"~\" ~ c", " K( K( K(a ~ b )~ \"~\" )~ c)");
        check("(a ~ b) ~ (c ~ d)", " K(( K(a ~ b)) ~ ( K(c ~ d)))");
        check("f(a=b ~ c, d=e ~ -1)", "f(a= K(b ~ c), d= K(e ~ -1))");
        check("a ~ b if c ~ d else e ~ f", " K(a ~ b )if K( c ~ d )else K( e ~ f)");
        check("a ~ b == c ~ d and e", " K(a ~ b )== K( c ~ d )and e");
        check("a.if ~ b | upper(x=c ~ d)", " K(a.if ~ b | upper(x= K(c ~ d)))");
        check("[a for a in b if a]", "[ K(a )for a in b if a]");
        check("[a ~ b for a in [c ~ d, e]]", "[ K( K(a ~ b ))for a in [ K(c ~ d), e]]");
        check("[[a for a in b] for c in d]", "[ K([ K(a )for a in b] )for c in d]");
        check("{\"a\": b ~ c, ...d}", "{\"a\": K( b ~ c), ...d}");
        check("<c a={b.c} d={[b, b]} />", "<c a={b.c} d={ K([b, b])} />");
        check("<c a={b ~ c} />", "<c a={ K( K(b ~ c))} />");
        check("f(a={\"b\": c}, d={...e})", "f(a={\"b\": c}, d={...e})");
        check("elif a ~ b", "elif K( a ~ b)");
        check("a is string ~ \"y\"", " K(a is string ~ \"y\")");
        check("a ~ b is not string ~ c", " K( K(a ~ b )is not string ~ c)");
        check("c and a == b is string ~ d", "c and K( a == b is string ~ d)");
        check("f(a=b is string ~ d)", "f(a= K(b is string ~ d))");
        check("1 - a ~ b", "1 - K( a ~ b)");
        // Of what is no expression anything may come, but no panic.
        for text in ["~", ")~)", "]", "[for", "'", "a ~", "...~", "é~é", "-"] {
            keeps(text);
        }
    }
}
