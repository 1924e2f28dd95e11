//! Half-open byte ranges that know which text they measure.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// The decoded text of a file as it lies on disk.
///
/// For UTF-8 these are the file's own bytes, counted after a byte order mark; for other encodings
/// they are the bytes of its UTF-8 form, so that lines and columns stay true.
#[derive(Debug)]
pub enum InFile {}

/// The reading text of an article: its words without markup.
#[derive(Debug)]
pub enum InText {}

/// A half-open range of bytes, `start <= end`, in one kind of text.
///
/// Eight bytes. The marker keeps spans of a file and spans of a reading text apart at compile time;
/// [`Run`](crate::model::Run) is the only bridge.
pub struct Span<In> {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    of: PhantomData<fn() -> In>,
}

/// A span of a file's decoded text.
pub type FileSpan = Span<InFile>;
/// A span of an article's reading text.
pub type TextSpan = Span<InText>;

impl<In> Span<In> {
    /// Makes a span; a reversed pair is put in order rather than refused.
    pub fn new(start: usize, end: usize) -> Self {
        let (start, end) = (clamp(start), clamp(end));
        Self { start: start.min(end), end: start.max(end), of: PhantomData }
    }

    /// An empty span at one place.
    pub fn at(place: usize) -> Self {
        Self::new(place, place)
    }

    /// The span as a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `place` belongs to this span.
    pub fn holds(self, place: u32) -> bool {
        self.start <= place && place < self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), of: PhantomData }
    }

    /// The words at this span of `text`; empty where the span is not on character boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// Files over 4 GiB are refused long before; saturating keeps the arithmetic total.
fn clamp(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

// Derives would ask the same of the marker, which is never a value.
impl<In> Default for Span<In> {
    fn default() -> Self {
        Self::at(0)
    }
}
impl<In> Clone for Span<In> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<In> Copy for Span<In> {}
impl<In> PartialEq for Span<In> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<In> Eq for Span<In> {}
impl<In> PartialOrd for Span<In> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<In> Ord for Span<In> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<In> Hash for Span<In> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<In> fmt::Debug for Span<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
impl<In> Serialize for Span<In> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Start and length: most spans are short, and short numbers take fewer bytes.
        (self.start, self.end - self.start).serialize(serializer)
    }
}
impl<'de, In> Deserialize<'de> for Span<In> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, len) = <(u32, u32)>::deserialize(deserializer)?;
        Ok(Self { start, end: start.saturating_add(len), of: PhantomData })
    }
}
