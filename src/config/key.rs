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
}

impl Key {
    /// A key with its spellings, an example of its value, and what it is for.
    pub const fn new(names: &'static [&'static str], example: &'static str, about: &'static str) -> Self {
        Self { names, example, about }
    }

    /// Our own spelling.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}
