//! The CSS classes of speakers' colours and lines (theme specification §5).

use crate::archive::Look;

/// The slot of speakers whom the report does not identify.
pub(super) const UNNAMED: &str = "s0";

/// The CSS class of a slot, 1 to 8: "s1".
pub(super) fn class(slot: u8) -> &'static str {
    const CLASSES: [&str; 9] = [UNNAMED, "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];
    CLASSES.get(usize::from(slot)).copied().unwrap_or(UNNAMED)
}

/// The CSS classes of a look: `s1`, or `s1 l2` where the colour has another line than its own.
pub(super) fn classes(look: &Look) -> Box<str> {
    let Look { slot, line, .. } = *look;
    if line == slot { class(slot).into() } else { format!("s{slot} l{line}").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_where_it_is_not_the_colours_own() {
        let check = |slot, line, expected: &str| {
            assert_eq!(&*classes(&Look { slot, line, initials: "IM".into() }), expected);
        };
        check(0, 0, UNNAMED);
        check(3, 3, "s3");
        check(1, 2, "s1 l2");
        check(8, 1, "s8 l1");
    }
}
