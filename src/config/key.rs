/// One setting as a person types it.
///
/// Kept as data so that a message can show how the key is written, and so that the page of all
/// settings can be made from the same rows.
#[derive(Debug)]
pub struct Key {
    /// The spellings that mean it, ours first; at least one. Two of them in one table are a fault.
    pub names: &'static [&'static str],
    /// What may stand to the right of the `=`: `"The Calder Record"`.
    pub example: &'static str,
    /// What it is for, as half a sentence.
    pub about: &'static str,
    /// How many characters a text may have: what stands on many pages would be many times the file otherwise.
    pub most: usize,
    /// How many texts or tables a list may have: every report that names a person may look at all of them.
    pub many: usize,
}

impl Key {
    /// A key with its spellings, an example of its value, and what it is for.
    pub const fn new(names: &'static [&'static str], example: &'static str, about: &'static str) -> Self {
        Self { names, example, about, most: usize::MAX, many: usize::MAX }
    }

    /// The same key for a text, or texts, of no more than so many characters.
    pub const fn of_at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The same key for a list of no more than so many texts or tables.
    pub const fn with_at_most(self, many: usize) -> Self {
        Self { many, ..self }
    }

    /// Our own spelling.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}

/// Characters of a name, a title or the like.
pub const LONGEST_NAME: usize = 300;
/// Characters of a sentence or two, and of an address.
pub const LONGEST_LINE: usize = 2_000;
/// Names of one person, and offices.
pub const MOST_NAMES: usize = 500;
