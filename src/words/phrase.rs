//! A sentence of the theme with places that are filled in.

/// Words with places: "{n} reports", "Go to {people:People} or {dates:dates}."
///
/// Pieces stand in the order of the sentence; no two texts stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Phrase(Box<[Piece]>);

/// A stretch of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Text(Box<str>),
    /// `{name}`: a place for what the page knows.
    Slot(Box<str>),
    /// `{name:words}`: words that a template puts into an element of its own, a link for most.
    Stretch(Box<str>, Box<str>),
}

impl Phrase {
    /// Reads a phrase.
    ///
    /// Errors, in words: a brace without its other, and a place without a name in small letters, digits and `-`.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            if !before.is_empty() {
                pieces.push(Piece::Text(before.into()));
            }
            let inside = brace.strip_prefix('{').ok_or("a `}` has no `{` before it")?;
            let (inside, after) = inside.split_once('}').ok_or("a `{` is never closed")?;
            let (name, words) = inside.split_once(':').map_or((inside, None), |(name, words)| (name, Some(words)));
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if name.is_empty() || !name.chars().all(is_name) {
                return Err("a place in `{}` has no name in small letters");
            }
            pieces.push(match words {
                None => Piece::Slot(name.into()),
                Some(words) if words.contains('{') => return Err("a place in `{}` stands within another"),
                Some(words) => Piece::Stretch(name.into(), words.into()),
            });
            rest = after;
        }
        if !rest.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(rest.into()));
        }
        Ok(Self(pieces.into()))
    }

    /// Its pieces, at least one.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The words of a phrase without places; of one with places the words before the first.
    pub fn text(&self) -> &str {
        match self.0.first() {
            Some(Piece::Text(words)) => words,
            _ => "",
        }
    }

    /// Appends the phrase; `fill` appends what belongs into a place.
    pub fn write(&self, out: &mut String, mut fill: impl FnMut(&str, &mut String)) {
        for piece in &self.0 {
            match piece {
                Piece::Text(words) | Piece::Stretch(_, words) => out.push_str(words),
                Piece::Slot(name) => fill(name, out),
            }
        }
    }

    /// The names of its places, each with whether it is a stretch; sorted, none twice.
    pub(super) fn places(&self) -> Vec<(&str, bool)> {
        let mut places: Vec<(&str, bool)> = self
            .0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(_) => None,
                Piece::Slot(name) => Some((&**name, false)),
                Piece::Stretch(name, _) => Some((&**name, true)),
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&[Piece], &str>) {
        assert_eq!(Phrase::read(text).as_ref().map(Phrase::pieces).map_err(|why| *why), expected, "{text}");
    }

    #[test]
    fn places_are_told_from_words() {
        let (text, slot) = (|words: &str| Piece::Text(words.into()), |name: &str| Piece::Slot(name.into()));
        check("", Ok(&[text("")]));
        check("{n} reports", Ok(&[slot("n"), text(" reports")]));
        check("A{a}{b-2}.", Ok(&[text("A"), slot("a"), slot("b-2"), text(".")]));
        check(
            "To {people:the people}.",
            Ok(&[text("To "), Piece::Stretch("people".into(), "the people".into()), text(".")]),
        );
        check("{n", Err("a `{` is never closed"));
        check("n}", Err("a `}` has no `{` before it"));
        check("{}", Err("a place in `{}` has no name in small letters"));
        check("{N}", Err("a place in `{}` has no name in small letters"));
        check("{a:{b}}", Err("a place in `{}` stands within another"));
    }
}
