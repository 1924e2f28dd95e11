//! Floor 3: bytes to [`Article`](crate::model::Article). Reading never fails: damaged copy still becomes an article.
