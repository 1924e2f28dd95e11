//! What the archive's lists are indexed by.

use crate::model::index;

index! {
    /// Which of [`Archive::articles`](super::Archive::articles); older articles have smaller ids.
    ArticleId
}
index! {
    /// Which of [`Archive::people`](super::Archive::people); sorted by surname.
    PersonId
}
index! {
    /// Which of [`Archive::sections`](super::Archive::sections); sorted by name.
    SectionId
}
index! {
    /// Which of [`Archive::topics`](super::Archive::topics); sorted by name.
    TopicId
}
index! {
    /// Which of [`Archive::photos`](super::Archive::photos); sorted by first use, oldest first.
    PhotoId
}

index! {
    /// Which of [`Archive::origins`](super::Archive::origins); sorted by name.
    OriginId
}

/// One quotation of one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct QuoteRef {
    /// The article.
    pub article: ArticleId,
    /// Which of its `Facts::quotes`.
    pub quote: u32,
}
