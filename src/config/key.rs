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
    /// How many characters a text may have, and how many tables a list of them: what stands on many pages would be many
    /// times the file otherwise.
    pub most: usize,
}

impl Key {
    /// A key with its spellings, an example of its value, and what it is for.
    pub const fn new(names: &'static [&'static str], example: &'static str, about: &'static str) -> Self {
        Self { names, example, about, most: usize::MAX }
    }

    /// The same key for a text, or texts, of no more than so many characters; for no more than so many tables.
    pub const fn of_at_most(self, most: usize) -> Self {
        Self { most, ..self }
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
