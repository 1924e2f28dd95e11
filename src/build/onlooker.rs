use super::Finished;

/// Somebody who looks on while a site is built.
pub trait Onlooker: Send {
    /// The pages that somebody waits for, by their paths below the site's root, whoever waits most first.
    fn waits_for(&mut self) -> Vec<Box<str>> {
        Vec::new()
    }

    /// Shows one of these as it will be, before the others are made; nothing is published yet, and may never be.
    fn first(&mut self, _path: &str, _html: String) {}

    /// Whether the finished site is to be shown: all that it was made of is held until then.
    fn looks_back(&self) -> bool {
        false
    }

    /// Shows the site as soon as it stands, where [`looks_back`](Self::looks_back) says so, with all that it was made of.
    ///
    /// Where the cache says that nothing has changed since the last build there is nothing to show: whoever must see
    /// the site asks for the [`whole`](super::BuildOptions::whole) of it.
    fn finished(&mut self, _site: &Finished<'_>) {}
}

/// Nobody looks on.
pub(super) struct Nobody;

impl Onlooker for Nobody {}

/// Somebody who wants to see the finished site only.
pub(super) struct Look<F>(pub(super) F);

impl<F: FnMut(&Finished<'_>) + Send> Onlooker for Look<F> {
    fn looks_back(&self) -> bool {
        true
    }

    fn finished(&mut self, site: &Finished<'_>) {
        self.0(site);
    }
}
