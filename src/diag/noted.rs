use super::Diagnostic;

/// A value and what was noted on the way to it.
///
/// What every stage returns: damaged copy still becomes an article.
#[derive(Clone, Debug, Default)]
pub struct Noted<T> {
    /// The result, always usable.
    pub value: T,
    /// In the order of finding; may be empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Noted<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// A value with its diagnostics.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Moves the diagnostics into `into` and returns the value.
    pub fn into_value(self, into: &mut Vec<Diagnostic>) -> T {
        into.extend(self.diagnostics);
        self.value
    }

    /// Carries the diagnostics over to another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Noted<U> {
        Noted { value: f(self.value), diagnostics: self.diagnostics }
    }
}
