//! Pages that are shown before the build they belong to is over, because somebody reads them just now.

use hyper::body::Bytes;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Pages that count as being read: as many as were asked for last.
const READ: usize = 8;

/// What is read, and what is known of it ahead of the rest of the site.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Files of pages in the site, those asked for last first; distinct.
    read: Mutex<VecDeque<Box<str>>>,
    /// Pages of the build that is under way, by their files.
    pages: Mutex<HashMap<Box<str>, Bytes>>,
}

impl Ahead {
    /// Takes down that somebody asked for the page in this file.
    pub(super) fn ask(&self, file: &str) {
        let mut read = held(&self.read);
        read.retain(|other| **other != *file);
        read.truncate(READ - 1);
        read.push_front(file.into());
    }

    /// The pages that were asked for last.
    pub(super) fn read(&self) -> Vec<Box<str>> {
        held(&self.read).iter().cloned().collect()
    }

    /// Shows a page in the place of its file until the build is over.
    pub(super) fn show(&self, file: &str, page: String) {
        held(&self.pages).insert(file.into(), page.into());
    }

    /// The page that is shown in the place of a file.
    pub(super) fn page(&self, file: &str) -> Option<Bytes> {
        held(&self.pages).get(file).cloned()
    }

    /// The build is over, and the files are what there is; says whether anything was shown in their place.
    pub(super) fn end(&self) -> bool {
        let mut pages = held(&self.pages);
        let shown = !pages.is_empty();
        pages.clear();
        shown
    }
}

/// Both are whole after every change, so a thread that broke down spoils nothing.
fn held<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_asked_for_last_are_read() {
        let ahead = Ahead::default();
        for file in ["a", "b", "a"] {
            ahead.ask(file);
        }
        assert_eq!(ahead.read(), ["a".into(), "b".into()] as [Box<str>; 2]);
        (0..20).for_each(|n| ahead.ask(&format!("{n}")));
        assert_eq!(ahead.read().len(), READ);
        assert_eq!(&*ahead.read()[0], "19");
    }

    #[test]
    fn pages_stand_in_for_files_until_the_build_is_over() {
        let ahead = Ahead::default();
        assert!(!ahead.end());
        ahead.show("a", "new".to_owned());
        assert_eq!((ahead.page("a"), ahead.page("b")), (Some(Bytes::from_static(b"new")), None));
        assert!(ahead.end());
        assert_eq!(ahead.page("a"), None);
    }
}
