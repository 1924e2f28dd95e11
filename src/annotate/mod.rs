//! Floor 3: [`Article`](crate::model::Article) to [`Annotations`](crate::model::Annotations): who said what.
